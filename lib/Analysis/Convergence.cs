using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>When layers settle, and in which order (study, phase 1).</summary>
public static class Convergence
{
    /// <summary>The stabilisation point of a series that does not settle.</summary>
    public const int Never = -1;

    /// <summary>The study's window, in measurements.</summary>
    public const int StudyWindow = 20;

    /// <summary>The study's share of a series' mean.</summary>
    public const double StudyFraction = 0.1;

    /// <summary>With fewer layers that settle, ρ is set to 0.</summary>
    public const int FewestLayersForOrder = 3;

    /// <summary>
    /// The start of the first window that is quiet beside the series' own level: the first i from <paramref name="window"/> on for
    /// which the population variance of x[i − window .. i − 1] is strictly below (<paramref name="fraction"/> · mean(x))², as
    /// i − window; <see cref="Never"/> where there is none, and for a series no longer than the window.
    /// </summary>
    /// <remarks>
    /// A measurement index, not an optimiser step. The last window of a series is never looked at, as in the study, where i ends at
    /// n − 1. A series that is identically 0, or holds NaN, never settles.
    /// </remarks>
    public static int StabilisationPoint(ReadOnlySpan<double> series, int window = StudyWindow, double fraction = StudyFraction)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var level = fraction * Descriptive.Mean(series);
        var bound = level * level;
        for (var start = 0; start + window < series.Length; start++)
        {
            if (Descriptive.PopulationVariance(series.Slice(start, window)) < bound)
            {
                return start;
            }
        }

        return Never;
    }

    /// <summary>
    /// Spearman's ρ between layer index and stabilisation point over the layers that settle. The index may be the published one
    /// (<see cref="LayerIndex.Published"/>) or the true depth; a pair of spans, one value per layer, in any common order.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static SettlingOrder Order(ReadOnlySpan<int> layerIndices, ReadOnlySpan<int> stabilisationPoints)
    {
        if (layerIndices.Length != stabilisationPoints.Length)
        {
            throw new ArgumentException($"{layerIndices.Length} layer indices cannot be paired with {stabilisationPoints.Length} points", nameof(stabilisationPoints));
        }

        var indices = new List<double>(layerIndices.Length);
        var points = new List<double>(layerIndices.Length);
        for (var layer = 0; layer < layerIndices.Length; layer++)
        {
            if (stabilisationPoints[layer] != Never)
            {
                indices.Add(layerIndices[layer]);
                points.Add(stabilisationPoints[layer]);
            }
        }

        var correlation = points.Count < FewestLayersForOrder
            ? new RankCorrelation(0, 1)
            : Spearman.Correlate(indices.ToArray(), points.ToArray());
        return new SettlingOrder(correlation.Rho, correlation.PValue, points.Count, PatternOf(correlation));
    }

    private static SettlingPattern PatternOf(RankCorrelation correlation) => correlation switch
    {
        { Rho: > 0.6, PValue: < 0.05 } => SettlingPattern.BottomUp,
        { Rho: < -0.6, PValue: < 0.05 } => SettlingPattern.TopDown,
        { Rho: > -0.3 and < 0.3 } => SettlingPattern.Simultaneous,
        _ => SettlingPattern.Unclear,
    };
}
