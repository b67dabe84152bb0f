using Ndt.Analysis.Nulls;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Analysis;

/// <summary>A figure of one run that is compared between training as the study did it and a control.</summary>
/// <param name="Name">Its name for readers.</param>
/// <param name="Of">The figure of a run in a metric; NaN where it has none.</param>
public sealed record ControlFigure(string Name, Func<RunRecord, Metric, double> Of)
{
    /// <summary>Share of the run's events (z &gt; 2) in the first 10 % of training.</summary>
    public static ControlFigure EarlyShare { get; } = new("early share of events", (record, metric) => Quotient.Pooled([new EarlyEventShare().Take(RunSeries.Of(record, metric))]));

    /// <summary>Share of a layer's path in the first 10 % of training, mean over layers.</summary>
    public static ControlFigure EarlyPath { get; } = new("early share of the path", (record, metric) => Mean(record, metric, layer => layer.EarlyPath));

    /// <summary>Path length in units of a layer's level, mean over layers.</summary>
    public static ControlFigure Path { get; } = new("path length", (record, metric) => Mean(record, metric, layer => layer.Path));

    /// <summary>Net change in units of a layer's level, mean over layers.</summary>
    public static ControlFigure Net { get; } = new("net change", (record, metric) => Mean(record, metric, layer => layer.Net));

    /// <summary>Spearman's ρ between depth and settling point; NaN where layers do not settle at different moments.</summary>
    public static ControlFigure SettlingOrder { get; } = new("ρ of depth and settling", (record, metric) =>
    {
        var run = RunAnalysis.Analyse(record, metric);
        return SettlingSummary.HasOrder(run) ? run.DepthOrder.Rho : double.NaN;
    });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ControlFigure> All { get; } = [EarlyShare, EarlyPath, Path, Net, SettlingOrder];

    private static double Mean(RunRecord record, Metric metric, Func<LayerMotion, double> value)
    {
        var values = LayerMotion.Of(record, metric).Select(value).Where(double.IsFinite).ToArray();
        return values.Length == 0 ? double.NaN : values.Average();
    }
}
