using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Analysis;

/// <summary>A run's record with what phase 1 finds in it.</summary>
/// <param name="Record">The record.</param>
/// <param name="View">The view in which it was analysed, one of <see cref="LayerView"/>.</param>
/// <param name="Analyses">The analyses, by metric.</param>
public sealed record StudiedRun(RunRecord Record, string View, IReadOnlyDictionary<Metric, ExperimentAnalysis> Analyses)
{
    /// <summary>Who ran.</summary>
    public RunMetadata Run => Record.Metadata;

    /// <summary>The run's name in tables: <see cref="ExperimentName"/>.</summary>
    public string Name => ExperimentName.Of(Run, View);

    /// <summary>What is found in one metric.</summary>
    public ExperimentAnalysis this[Metric metric] => Analyses[metric];

    /// <summary>Mean training loss over the last window of measurements, in nats.</summary>
    public double FinalLoss => Statistics.Descriptive.Mean(this[Metric.StableRank].Loss.AsSpan(^AnalysisParameters.Study.StabilityWindow..));

    /// <summary>The series that were analysed: one for each layer, in order of depth, without the initial state.</summary>
    public IReadOnlyList<double[]> Series(Metric metric) => RunSeries.Of(Record, metric, View).Series;
}
