using BenchmarkDotNet.Attributes;
using MathNet.Numerics.Random;
using Ndt.Analysis.ChangePoints;

namespace Ndt.Benchmarks.Parts;

/// <summary>Change points of one series as long as a run's: 400 values, noise about three levels.</summary>
public class ChangePoints
{
    private readonly PeltDetector pelt = new();
    private readonly EdPeltDetector edPelt = new();
    private double[] series = [];

    /// <summary>The series.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var random = new MersenneTwister(1, threadSafe: false);
        series = [.. Enumerable.Range(0, 400).Select(i => (i < 40 ? 0 : i < 200 ? 2 : 3) + random.NextDouble())];
    }

    /// <summary>PELT with the L2 cost.</summary>
    [Benchmark(Description = "PELT (L2)")]
    public int Pelt() => pelt.Detect(series).Length;

    /// <summary>Perfolizer's ED-PELT.</summary>
    [Benchmark(Description = "ED-PELT")]
    public int EdPelt() => edPelt.Detect(series).Length;
}
