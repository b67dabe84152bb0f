using MathNet.Numerics.Distributions;
using Ndt.Measurement;

namespace Ndt.Analysis;

/// <summary>The study's rule for "strong" critical periods, held against layers that know nothing of each other.</summary>
public static class StrongRule
{
    /// <summary>
    /// The probability that at some increment more than a share <paramref name="above"/> of <paramref name="layers"/> layers is critical, where
    /// each layer's critical steps are a random tenth of the increments, whatever the others do: 1 − (1 − P(X &gt; above · layers))ⁿ with
    /// X binomial and n increments. (Exact but for the increments of one layer being drawn without replacement.)
    /// </summary>
    public static double ChanceOfCoordination(int layers, int increments, double above = CriticalPeriods.StrongAbove) =>
        1 - Math.Pow(Binomial.CDF(CriticalShare, layers, MostCritical(layers, above)), increments);

    /// <summary>How many of the runs would be strong: those whose loss falls by chance at more than the rule's share, each with its <see cref="ChanceOfCoordination"/>.</summary>
    public static double ExpectedRuns(IReadOnlyList<StudiedRun> runs, Metric metric) => runs.Sum(run =>
        LossCoincidence.Of(run[metric]).Chance > CriticalPeriods.StrongAbove ? ChanceOfCoordination(run[metric].Layers.Count, run[metric].Steps.Length - 1) : 0);

    /// <summary>Mean coordination if no step is lost to ties: critical increments of a layer over the array's length, which is that of the measurements (defect C).</summary>
    public static double FixedCoordination(IReadOnlyList<StudiedRun> runs)
    {
        var measurements = runs[0][Metric.StableRank].Steps.Length;
        return Math.Ceiling(CriticalShare * (measurements - 2)) / measurements;
    }

    private static double CriticalShare => 1 - AnalysisParameters.Study.CriticalQuantile;

    // Where above · layers is whole, floating point must not count it as exceeded or not by a rounding: 0.3 · 10 is 3.
    private static int MostCritical(int layers, double above) => (int)Math.Floor((above * layers) + 1e-9);
}
