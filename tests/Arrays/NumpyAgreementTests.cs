using System.Text.Json;
using Ndt.Arrays;

namespace Ndt.Tests.Arrays;

[Trait("Category", "Integration")]
public sealed class NumpyAgreementTests
{
    // Fifty matrices, odd in shape, rank, scale, offset, type and order, and what NumPy and SciPy make of them in double precision.
    private const string Script = """
        import json, sys
        import numpy as np
        folder, seed = sys.argv[1], int(sys.argv[2])
        r = np.random.default_rng(seed)
        normal = lambda *shape: r.normal(size=shape)
        def ranked(n, p, k, noise=0.0): return normal(n, k) @ normal(k, p) + noise * normal(n, p)
        spread = lambda n, p, decades: np.linalg.qr(normal(n, p))[0] * 10.0 ** -np.linspace(0, decades, p)
        odd = [normal(n, p) for n, p in [(1, 7), (2, 3), (3, 2), (7, 1), (13, 31), (33, 49), (49, 33), (160, 10), (160, 160), (160, 300), (300, 160), (5, 1000), (1000, 5)]]
        odd += [ranked(60, 40, k) for k in (1, 2, 5, 39)] + [ranked(60, 40, 1, 1e-8), ranked(40, 60, 3, 1e-6)]
        odd += [spread(80, 20, d) for d in (2, 6, 12)]
        odd += [np.maximum(normal(100, 30) - t, 0) for t in (0, 1, 1.5)]
        odd += [normal(50, 20) + 1e3, normal(50, 20) + np.linspace(0, 1e5, 20), normal(50, 20) * 1e-3 + 1e3]
        odd += [normal(50, 20) * s for s in (1e-12, 1e12, 1e-30, 1e30)]
        odd += [np.vstack([normal(20, 8)] * 3), np.hstack([normal(20, 8)] * 3), np.eye(12) + 0.0, np.diag(np.arange(1.0, 12)), np.tril(np.ones((9, 9)))]
        odd += [np.pad(normal(30, 10), ((0, 0), (0, 15))), np.pad(normal(30, 10), ((0, 10), (0, 0)))]
        odd += [np.asfortranarray(normal(30, 12)), normal(30, 12).astype('>f8'), normal(60, 24)[::2, ::2], (normal(30, 12) * 50).astype('i4'), (normal(30, 12) * 50).astype('i8')]
        odd += [r.standard_t(2, size=(120, 25)), r.integers(0, 2, size=(64, 16)).astype('u1'), normal(20, 6).astype('f2'), np.abs(normal(80, 40)), normal(1, 1), normal(200, 2), normal(64, 64)]
        def figures(x):
            s = np.linalg.svd(x, compute_uv=False)
            l, total = s * s, (s * s).sum()
            p = s / s.sum()
            p = p[p > 0]
            return dict(frobenius_squared=total, stable_rank=total / l[0], participation_ratio=s.sum() ** 2 / total, participation_ratio_eigen=total ** 2 / (l * l).sum(),
                        nuclear_norm_ratio=s.sum() / s[0], effective_rank=np.exp(-(p * np.log(p)).sum()), effective_rank_90=float(np.searchsorted(np.cumsum(l), 0.9 * total) + 1))
        wanted = {}
        for i, a in enumerate(odd):
            for kind in ('f4', 'own'):
                a_ = a.astype('f4') if kind == 'f4' else a
                name = f'm{i:02d}_{kind}'
                np.save(f'{folder}/{name}.npy', a_)
                x = np.asarray(a_, dtype='f8')
                c = x - x.mean(0)
                wanted[name] = dict(figures(x), type=a_.dtype.str)
                if len(x) > 1 and np.abs(c).max() > 1e-10 * np.abs(x).max():
                    wanted[name].update({'centred_' + k: v for k, v in figures(c).items()})
        print(json.dumps(wanted))
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_figure_of_fifty_odd_matrices_is_NumPys(int seed)
    {
        var python = PythonTool.WithModules("numpy");
        using var folder = new TemporaryFolder();
        var (code, text) = PythonTool.Run(python, ["-W", "ignore", "-c", Script, folder.Root, $"{seed}"], jupyterData: null);
        Assert.True(code == 0, text);
        using var wanted = JsonDocument.Parse(text);
        Assert.True(wanted.RootElement.EnumerateObject().Count() >= 2 * 50, "fewer than fifty matrices");
        foreach (var matrix in wanted.RootElement.EnumerateObject())
        {
            var measured = Assert.Single(MeasuredFile.Of(folder.PathOf($"{matrix.Name}.npy")).Arrays).All().ToDictionary(figure => figure.Name, figure => figure.Value);
            var single = matrix.Value.GetProperty("type").GetString()![1..] == "f4";
            foreach (var figure in matrix.Value.EnumerateObject().Where(figure => figure.Value.ValueKind == JsonValueKind.Number))
            {
                var expected = figure.Value.GetDouble();
                var found = measured[figure.Name];
                Assert.True(
                    Math.Abs(found - expected) <= (single ? 1e-6 : 1e-10) * Math.Abs(expected),
                    $"{matrix.Name} {figure.Name}: {found:R}, NumPy has {expected:R}");
            }
        }
    }
}
