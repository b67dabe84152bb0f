using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>
/// One figure of one cell, in training as the study did it and under a control: the same architecture, seeds, data block and initial state, one thing changed. Intervals are 95 % BCa over
/// the seeds, the difference paired by seed; they hold for this cell, not for others.
/// </summary>
/// <param name="Cell">Architecture and dataset.</param>
/// <param name="Control">The control's protocol: <c>shuffled_labels</c>, <c>fresh_probe</c>.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Study">In training as the study did it.</param>
/// <param name="Controlled">Under the control.</param>
/// <param name="Difference">Study less control, seed by seed.</param>
/// <param name="ControlLoss">Mean training loss under the control over the last twentieth of training: whether there was anything learnt.</param>
public sealed record ControlComparison(
    string Cell, string Control, Metric Metric, ControlFigure Figure, ConfidenceInterval Study, ConfidenceInterval Controlled, ConfidenceInterval Difference, double ControlLoss)
{
    private const int Replicates = 2000;
    private const int Seed = 1;

    /// <summary>
    /// Of every cell and control that are in both, and every figure and metric, in that order. Seeds that only one of them has, or in which a figure has no value, do not count; with
    /// fewer than three left there is an estimate without an interval (its ends are NaN), with none all is NaN.
    /// </summary>
    /// <param name="study">Records of the study's protocol; those of other cells may be among them.</param>
    /// <param name="controls">Records of the controls.</param>
    /// <param name="metrics">Metrics that all of them have.</param>
    /// <param name="figures">The figures.</param>
    public static IReadOnlyList<ControlComparison> Of(
        IReadOnlyList<RunRecord> study, IReadOnlyList<RunRecord> controls, IReadOnlyList<Metric> metrics, IReadOnlyList<ControlFigure> figures)
    {
        var own = study.ToLookup(record => record.Metadata.Experiment);
        var asked = from cell in controls.GroupBy(record => record.Metadata.Experiment).OrderBy(cell => cell.Key, StringComparer.Ordinal)
                    where own.Contains(cell.Key)
                    from control in cell.GroupBy(record => record.Metadata.Protocol)
                    from figure in figures
                    from metric in metrics
                    select (cell.Key, Control: control.ToArray(), figure, metric);
        return [.. asked.AsParallel().AsOrdered().Select(one => Of([.. own[one.Key]], one.Control, one.metric, one.figure))];
    }

    private static ControlComparison Of(RunRecord[] study, RunRecord[] control, Metric metric, ControlFigure figure)
    {
        var pairs = SeedPairs.Figures(SeedPairs.Of(study, control), figure, metric);
        var loss = control.Select(record => record.Points.TakeLast(Math.Max(1, record.Points.Count / 20)).Average(point => point.Loss)).Average();
        return new ControlComparison(
            control[0].Metadata.Experiment,
            control[0].Metadata.Protocol,
            metric,
            figure,
            Over([.. pairs.Select(pair => pair.Study)]),
            Over([.. pairs.Select(pair => pair.Other)]),
            Over([.. pairs.Select(pair => pair.Study - pair.Other)]),
            loss);
    }

    private static ConfidenceInterval Over(double[] values)
    {
        const int FewestSeeds = 3;
        return values.Length < FewestSeeds
            ? new ConfidenceInterval(values.Length == 0 ? double.NaN : values.Average(), double.NaN, double.NaN, 0.95, IntervalMethod.Bca, 0, Seed, values.Length, values.Length)
            : ClusterBootstrap.DrawUnits(values, units => units.Average(), Replicates, Seed).Bca();
    }
}
