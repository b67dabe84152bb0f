using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Ndt.Tests.Measurement;

/// <summary>
/// Manifolds of the benchmark set of Campadelli, Casiraghi, Ceruti and Rozza, "Intrinsic dimension estimation: relevant techniques and a benchmark framework",
/// Mathematical Problems in Engineering 2015, 759567, section 4, whose dimension follows from how they are made.
/// </summary>
internal static class BenchmarkManifolds
{
    /// <summary>Points of a manifold in row order, and how many coordinates each has.</summary>
    public static (double[] Cloud, int Features) Make(string name, int points, int seed)
    {
        var random = new MersenneTwister(seed);
        double[] Uniform(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        double[] Gaussian(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal.Sample(random, 0, 1))];
        Func<double[]> point = name switch
        {
            "M1" => () => OnSphere(Gaussian(11)),
            "M3" => () => Bent(Uniform(4)),
            "M4" => () => Waves(Uniform(4), times: 1),
            "M6" => () => Waves(Uniform(6), times: 3),
            "M8" => () => Waves(Uniform(12), times: 3),
            "M9" => () => Uniform(20),
            "M10a" => () => Face(Uniform(11)),
            "M10b" => () => Face(Uniform(18)),
            "M12" => () => Gaussian(20),
            _ => throw new ArgumentException($"no manifold {name} here", nameof(name)),
        };
        var cloud = Enumerable.Range(0, points).Select(_ => point()).ToArray();
        return ([.. cloud.SelectMany(x => x)], cloud[0].Length);

        // One of the cube's faces.
        double[] Face(double[] x)
        {
            x[random.Next(x.Length)] = random.Next(2);
            return x;
        }
    }

    private static double[] OnSphere(double[] x)
    {
        var norm = Math.Sqrt(x.Sum(value => value * value));
        return Array.ConvertAll(x, value => value / norm);
    }

    private static double[] Bent(double[] p)
    {
        var (angle, a, b, c, d) = (2 * Math.PI * p[0], p[0], p[1], p[2], p[3]);
        return
        [
            b * b * Math.Cos(angle), b * b * Math.Sin(angle), b + (c * c) + ((b - d) * (b - d)), b - (2 * c) + ((a - d) * (a - d)),
            -b - (2 * c) + ((c - d) * (c - d)), (a * a) - (b * b) + (c * c) - (d * d),
        ];
    }

    // Each coordinate turned by the one before it, several times over.
    private static double[] Waves(double[] p, int times)
    {
        var once = p.SelectMany((value, j) => new[] { p[(j + 1) % p.Length] * Math.Cos(2 * Math.PI * value), p[(j + 1) % p.Length] * Math.Sin(2 * Math.PI * value) });
        return [.. Enumerable.Repeat(once, times).SelectMany(x => x)];
    }
}
