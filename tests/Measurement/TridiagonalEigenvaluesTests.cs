using Ndt.Measurement;
using TorchSharp;

namespace Ndt.Tests.Measurement;

public sealed class TridiagonalEigenvaluesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    [InlineData(161)]
    public void Eigenvalues_of_the_second_difference_matrix_have_their_closed_form(int n)
    {
        var (first, firstOff) = (Filled(n, 2), Filled(n - 1, -1));
        var (second, secondOff) = (Filled(n, -5), Filled(n - 1, 3));
        TridiagonalEigenvalues.Find([new(first, firstOff), new(second, secondOff)]);
        Array.Sort(first);
        Array.Sort(second);
        for (var k = 1; k <= n; k++)
        {
            var cosine = 2 * Math.Cos(k * Math.PI / (n + 1));
            Assert.Equal(2 - cosine, first[k - 1], 1e-13);
            Assert.Equal(-5 - (3 * cosine), second[k - 1], 1e-12);
        }
    }

    [Fact]
    public void Problems_that_split_at_different_places_do_not_disturb_each_other()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 200; trial++)
        {
            var n = 2 + random.Next(20);
            var (d, e) = (Random(random, n), Random(random, n - 1));
            var (other, otherOff) = (Random(random, n), Random(random, n - 1));
            for (var i = 0; i < n - 1; i++)
            {
                e[i] = random.Next(3) == 0 ? 0 : e[i];
                otherOff[i] = random.Next(3) == 0 ? 0 : otherOff[i];
            }

            var (together, beside) = ((double[])d.Clone(), (double[])other.Clone());
            TridiagonalEigenvalues.Find([new(together, e), new(beside, otherOff)]);
            var alone = (double[])d.Clone();
            TridiagonalEigenvalues.Find([new(alone, e)]);
            Array.Sort(together);
            Array.Sort(alone);
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(alone[i], together[i], 1e-12);
            }

            // Trace and sum of squares are kept.
            Assert.Equal(other.Sum(), beside.Sum(), 1e-11);
            Assert.Equal(other.Sum(x => x * x) + (2 * otherOff.Sum(x => x * x)), beside.Sum(x => x * x), 1e-10);
        }
    }

    [Fact]
    public void A_value_that_is_not_finite_spoils_its_own_problem_only()
    {
        var (bad, good) = (new[] { 1.0, double.NaN, 3.0 }, new[] { 3.0, 2.0, 1.0 });
        TridiagonalEigenvalues.Find([new(bad, [0.5, 0.5]), new(good, [0, 0])]);
        Assert.All(bad, value => Assert.Equal(double.NaN, value));
        Assert.Equal([1, 2, 3], good.Order());
    }

    [Fact]
    public void Every_size_up_to_200_agrees_with_a_dense_solver_whatever_goes_beside_it()
    {
        var random = new Random(11);
        var matrices = Enumerable.Range(1, 200).Select(n => new TridiagonalMatrix(Random(random, n), Random(random, n - 1))).ToArray();
        var together = Array.ConvertAll(matrices, Copy);
        TridiagonalEigenvalues.Find(together);
        for (var i = 0; i < matrices.Length; i++)
        {
            AssertEigenvalues(matrices[i], together[i].Diagonal, 2e-14);
            var alone = Copy(matrices[i]);
            TridiagonalEigenvalues.Find([alone]);
            Assert.Equal(alone.Diagonal, together[i].Diagonal); // bit for bit: a lane does not depend on the others
        }
    }

    [Theory]
    [InlineData(1e-70)]
    [InlineData(1e-30)]
    [InlineData(1)]
    [InlineData(1e30)]
    [InlineData(1e70)]
    public void Degenerate_matrices_of_any_scale_are_solved(double scale)
    {
        const int N = 40;
        TridiagonalMatrix[] matrices =
        [
            new(Filled(N, 0), Filled(N - 1, 0)),
            new(Filled(N, scale), Filled(N - 1, 0)),
            new(Filled(N, 0), Filled(N - 1, scale)),
            new([scale, .. Filled(N - 1, 0)], Filled(N - 1, 0)),
            new([.. Filled(N - 1, 0), scale], Filled(N - 1, 0)),
            // Rank one: the outer product of (1, 1, 0, …) with itself.
            new([scale, scale, .. Filled(N - 2, 0)], [scale, .. Filled(N - 2, 0)]),
            // Wilkinson's W₂₁⁺ and its like: pairs of eigenvalues that agree to many digits.
            new([.. Enumerable.Range(0, N).Select(i => scale * Math.Abs(i - 20))], Filled(N - 1, scale)),
            // Clusters at 1 and 1e-12, weakly coupled.
            new([.. Enumerable.Range(0, N).Select(i => scale * (i % 2 == 0 ? 1 : 1e-12))], Filled(N - 1, 1e-9 * scale)),
            // Graded over forty decades, both ways.
            new([.. Enumerable.Range(0, N).Select(i => scale * Math.Pow(10, -i))], [.. Enumerable.Range(0, N - 1).Select(i => 0.1 * scale * Math.Pow(10, -i))]),
            new([.. Enumerable.Range(0, N).Select(i => scale * Math.Pow(10, i - N))], [.. Enumerable.Range(0, N - 1).Select(i => 0.1 * scale * Math.Pow(10, i - N))]),
        ];
        var solved = Array.ConvertAll(matrices, Copy);
        TridiagonalEigenvalues.Find(solved);
        for (var i = 0; i < matrices.Length; i++)
        {
            AssertEigenvalues(matrices[i], solved[i].Diagonal, 1e-14);
        }
    }

    private static TridiagonalMatrix Copy(TridiagonalMatrix matrix) => new((double[])matrix.Diagonal.Clone(), matrix.OffDiagonal);

    // Against LAPACK's dense solver, in units of the largest entry.
    private static void AssertEigenvalues(TridiagonalMatrix matrix, double[] actual, double tolerance)
    {
        var scale = matrix.Diagonal.Concat(matrix.OffDiagonal).Max(Math.Abs);
        scale = scale == 0 ? 1 : scale;
        var n = matrix.Size;
        var dense = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            dense[(i * n) + i] = matrix.Diagonal[i] / scale;
            if (i < n - 1)
            {
                dense[((i + 1) * n) + i] = dense[(i * n) + i + 1] = matrix.OffDiagonal[i] / scale;
            }
        }

        using var scope = torch.NewDisposeScope();
        var expected = torch.linalg.eigvalsh(torch.tensor(dense, [n, n])).data<double>().ToArray();
        var sorted = actual.Select(value => value / scale).Order().ToArray();
        for (var i = 0; i < n; i++)
        {
            Assert.Equal(expected[i], sorted[i], tolerance * Math.Max(1, n / 4.0));
        }
    }

    private static double[] Filled(int n, double value) => [.. Enumerable.Repeat(value, n)];

    private static double[] Random(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => (random.NextDouble() * 4) - 2)];
}
