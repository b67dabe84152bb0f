using Ndt.Analysis.Nulls;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Figures.Reassessment;

/// <summary>How the early share of events depends on the threshold z and on the metric.</summary>
public static class SensitivityFigure
{
    /// <summary>The metrics that it is shown for.</summary>
    public static IReadOnlyList<Metric> Metrics { get; } =
        [Metric.StableRank, Metric.ParticipationRatio, Metric.EffectiveRank, Metric.CentredStableRank, Metric.RecordedStableRank];

    /// <summary>A line a metric with its 95 % interval, and the null's range.</summary>
    public static GenericChart Of(IReadOnlyList<EventSensitivity> rows)
    {
        var byMetric = rows.GroupBy(row => row.AgainstNull.Metric).ToArray();
        var traces = byMetric.Select((metric, i) => PlotlyParts.Trace(
            "scatter",
            ("mode", "lines+markers"), ("name", Name(metric.Key)), ("x", metric.Select(row => row.Threshold + (0.04 * (i - (byMetric.Length / 2)))).ToArray()),
            ("y", PlotlyParts.Round(metric.Select(row => 100 * row.EarlyShare.Estimate))),
            ("line", PlotlyParts.Of(("color", Palette.Series[i]), ("width", 2))), ("marker", PlotlyParts.Of(("symbol", i), ("size", 8))),
            ("error_y", PlotlyParts.Of(
                ("type", "data"), ("symmetric", false), ("thickness", 1),
                ("array", PlotlyParts.Round(metric.Select(row => 100 * (row.EarlyShare.High - row.EarlyShare.Estimate)))),
                ("arrayminus", PlotlyParts.Round(metric.Select(row => 100 * (row.EarlyShare.Estimate - row.EarlyShare.Low)))))),
            ("hovertemplate", $"z > %{{x:.1f}}: %{{y:.1f}} %<extra>{Name(metric.Key)}</extra>"))).ToList();
        var chance = 100 * rows[0].AgainstNull.Comparison.NullMean;
        var interval = rows[0].EarlyShare;
        var test = rows[0].AgainstNull;
        var note = $"Share of events before 10 % of training. {Words.Count(test.Runs, "run")}, {Words.Count(test.Layers, "layer")}; bars: 95 % BCa over {Words.Count(interval.Clusters, "cell")}, {Words.Count(interval.Replicates, "resample")}, seed {interval.Seed}. Dashed: mean of the {test.Null.Name}, {Words.Count(test.Comparison.Draws, "draw")}.";
        return new FigureFrame
        {
            Title = "Early events by threshold (exploratory)",
            Note = note,
            Alt = $"Lines of the share of early events over the threshold z, one a metric; random moments give {Phrase.Number(chance)} %. {note}",
            Bottom = 130,
        }.Around(
            traces,
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "threshold z"))))),
            ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "early share (%)"))), ("rangemode", "tozero"))),
            ("shapes", new object[] { FigureFrame.Level(chance) }));
    }

    private static string Name(Metric metric) => metric.Name().Replace('_', ' ');
}
