using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>When and in which order the layers of many runs settle, by the study's rule.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Layers">Layers, over all runs.</param>
/// <param name="FromStart">Share of the layers that are settled from the first measurement on.</param>
/// <param name="Never">Layers that never settle.</param>
/// <param name="Defined">Runs whose ρ by depth is a number: at least three layers settle, not all at the same moment.</param>
/// <param name="UndefinedByPublishedIndex">Runs whose ρ by the published index is NaN.</param>
/// <param name="MedianDrift">Median of <see cref="LaterDrift"/> over the layers that settle.</param>
/// <param name="DriftBeyondRule">Share of the layers that settle whose level later moves by more than the rule's own tolerance.</param>
public sealed record SettlingSummary(
    Metric Metric,
    int Runs,
    int Layers,
    Estimate FromStart,
    int Never,
    int Defined,
    int UndefinedByPublishedIndex,
    double MedianDrift,
    Estimate DriftBeyondRule)
{
    /// <summary>The summary of one metric.</summary>
    public static SettlingSummary Of(IReadOnlyList<StudiedRun> runs, Metric metric)
    {
        var analyses = runs.Select(run => run[metric]).ToArray();
        var layers = analyses.SelectMany(analysis => analysis.Layers).ToArray();
        var drifts = runs.ToDictionary(run => run, run => Drifts([run], metric));
        return new SettlingSummary(
            metric,
            runs.Count,
            layers.Length,
            Estimate.OfRatio(runs, run => run[metric].Layers.Count(layer => layer.StabilisationPoint == 0), run => run[metric].Layers.Count),
            layers.Count(layer => layer.StabilisationPoint == Convergence.Never),
            analyses.Count(HasOrder),
            analyses.Count(analysis => double.IsNaN(analysis.PublishedOrder.Rho)),
            Percentiles.Quantile([.. drifts.Values.SelectMany(values => values)], 0.5),
            Estimate.OfRatio(runs, run => drifts[run].Count(drift => drift > AnalysisParameters.Study.StabilityFraction), run => drifts[run].Length));
    }

    /// <summary>Whether a run has an order to speak of: its ρ by depth is a correlation of at least three layers.</summary>
    public static bool HasOrder(ExperimentAnalysis run) => run.DepthOrder.SettledLayers >= Convergence.FewestLayersForOrder && !double.IsNaN(run.DepthOrder.Rho);

    /// <summary><see cref="LaterDrift"/> of every layer that settles.</summary>
    public static double[] Drifts(IEnumerable<StudiedRun> runs, Metric metric) =>
    [
        .. runs
            .SelectMany(run => run.Series(metric).Zip(run[metric].Layers, (series, layer) => LaterDrift.Of(series, layer.StabilisationPoint)))
            .Where(drift => !double.IsNaN(drift)),
    ];
}
