using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Statistics;
using Plotly.NET;

namespace Ndt.Figures.Reassessment;

/// <summary>How much of the change is over by some share of training.</summary>
public static class ProgressFigure
{
    /// <summary>Medians over layers by family, with the middle half; path length above, net change below. Our records begin with the initial state.</summary>
    public static GenericChart Of(ReassessmentSet set, Metric metric = Metric.StableRank)
    {
        var layers = set.Records.SelectMany(record => LayerProgress.Of(record, metric, ChangeProgress.Fractions)).ToArray();
        double[] axis = [.. ChangeProgress.Fractions.Select(fraction => 100 * fraction)];
        var families = layers.GroupBy(layer => layer.Run.Family).OrderBy(family => family.Key, StringComparer.Ordinal).ToArray();
        var traces = families.SelectMany((family, i) => new[]
        {
            Line(family.Key, [.. family], i, "", progress => progress.PathShare),
            Line(family.Key, [.. family], i, "2", progress => progress.NetShare),
        });
        var note = $"{metric.Name().Replace('_', ' ')}; {Words.Count(layers.Length, "layer")} of {Words.Count(set.Records.Count, "run")}, from the first measurement on. Medians over layers; bars hold the middle half. Dotted: change in step with time.";
        var median = Percentiles.Quantile([.. layers.Select(layer => layer.Progress[2].PathShare).Where(double.IsFinite)], 0.5);
        return new FigureFrame
        {
            Title = "How much of the change is over",
            Note = note,
            Alt = $"Two panels over the share of training done, a line a family. At 10 % of training the median layer has covered {Words.Percent(median)} of its path. {note}",
            PlotHeight = 460,
        }.Around(
            [
                .. traces,
                .. new[] { "", "2" }.Select(panel => PlotlyParts.Trace(
                    "scatter",
                    ("mode", "lines"), ("x", axis), ("y", axis), ("yaxis", $"y{panel}"), ("showlegend", false), ("hoverinfo", "skip"),
                    ("line", PlotlyParts.Of(("color", Palette.Chance), ("dash", "dot"))))),
            ],
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "training done (%)"))), ("type", "log"), ("tickvals", axis), ("anchor", "y2"))),
            ("yaxis", PlotlyParts.Of(("domain", new[] { 0.55, 1.0 }), ("anchor", "x"), ("title", PlotlyParts.Of(("text", "path length (%)"))))),
            ("yaxis2", PlotlyParts.Of(("domain", new[] { 0, 0.45 }), ("anchor", "x"), ("title", PlotlyParts.Of(("text", "net change (%)"))))));

        Trace Line(string family, LayerProgress[] members, int place, string panel, Func<ChangeProgress, double> share)
        {
            double[][] quantiles = [.. new[] { 0.25, 0.5, 0.75 }.Select(q => ChangeProgress.Fractions.Select((_, f) =>
                100 * Percentiles.Quantile([.. members.Select(layer => share(layer.Progress[f])).Where(double.IsFinite)], q)).ToArray())];
            return PlotlyParts.Trace(
                "scatter",
                ("mode", "lines+markers"), ("name", family), ("legendgroup", family), ("showlegend", panel.Length == 0), ("yaxis", $"y{panel}"),
                ("x", axis.Select(x => x * (1 + (0.05 * (place - 1)))).ToArray()), ("y", PlotlyParts.Round(quantiles[1])),
                ("line", PlotlyParts.Of(("color", Palette.OfFamily(family)), ("width", 2))), ("marker", PlotlyParts.Of(("symbol", place), ("size", 8))),
                ("error_y", PlotlyParts.Of(
                    ("type", "data"), ("symmetric", false), ("thickness", 1),
                    ("array", PlotlyParts.Round(quantiles[2].Zip(quantiles[1], (high, middle) => high - middle))),
                    ("arrayminus", PlotlyParts.Round(quantiles[1].Zip(quantiles[0], (middle, low) => middle - low))))));
        }
    }
}
