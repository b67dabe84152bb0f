using Ndt.Analysis;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Charts.PhaseOne;

/// <summary>A figure of the study's protocol beside the same cells, seeds and initial states under its controls.</summary>
public static class ControlFigures
{
    private static readonly (string Name, string Colour, string Symbol)[] Marks =
    [
        ("true labels", Palette.Blue, "circle"), ("shuffled labels", Palette.Vermilion, "square"), ("fresh probe", Palette.Green, "triangle-up"),
    ];

    /// <summary>A row for each cell and metric, a mark for the study's protocol and one for each control.</summary>
    /// <param name="comparisons">Of one figure.</param>
    /// <param name="chance">Where random moments would put it; NaN for no such line.</param>
    public static GenericChart Of(IReadOnlyList<ControlComparison> comparisons, double chance = double.NaN)
    {
        var figure = comparisons[0].Figure.Name;
        var rows = comparisons.GroupBy(one => (one.Cell, one.Metric)).ToArray();
        string[] names = [.. rows.Select(row => Label(row.Key.Cell, row.Key.Metric))];
        var traces = Marks.Select((mark, i) =>
        {
            var shown = rows.Select(row => i == 0 ? row.First().Study : row.FirstOrDefault(one => one.Control == mark.Name.Replace(' ', '_'))?.Controlled).ToArray();
            return PlotlyParts.Trace(
                "scatter",
                ("mode", "markers"), ("name", mark.Name), ("y", names), ("x", PlotlyParts.Round(shown.Select(interval => interval?.Estimate ?? double.NaN))),
                ("marker", PlotlyParts.Of(("color", mark.Colour), ("symbol", mark.Symbol), ("size", 10))),
                ("error_x", PlotlyParts.Bars(
                    shown.Select(interval => interval is null ? double.NaN : interval.High - interval.Estimate),
                    shown.Select(interval => interval is null ? double.NaN : interval.Estimate - interval.Low))),
                ("hovertemplate", $"%{{y}}: %{{x}}<extra>{mark.Name}</extra>"));
        });
        var seeds = comparisons.Max(one => one.Study.Units);
        var note = $"{Capital(figure)}, by cell and metric: {Words.Count(seeds, "run")} each (seeds), the same initial states in all three. Bars: 95 % BCa over seeds.{(double.IsNaN(chance) ? "" : " Dashed: random moments.")}";
        return new FigureFrame
        {
            Title = $"{Capital(figure)}, true and shuffled labels",
            Note = note,
            Alt = $"For each of {rows.Length} pairs of cell and metric three marks. {note}",
            PlotHeight = 30 * rows.Length,
            Left = 265,
            Bottom = 120,
        }.Around(
            traces,
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", figure))))),
            ("yaxis", PlotlyParts.WordAxis(names)),
            ("shapes", double.IsNaN(chance) ? Array.Empty<object>() : [Upright(chance)]));
    }

    private static DynamicObj.DynamicObj Upright(double x) => PlotlyParts.Of(
        ("type", "line"), ("yref", "paper"), ("y0", 0), ("y1", 1), ("x0", x), ("x1", x), ("line", PlotlyParts.Of(("color", Palette.Chance), ("dash", "dash"), ("width", 2))));

    private static string Label(string cell, Metric metric) => $"{RunGroup.CellName(cell)}, {metric.Name().Replace('_', ' ')}";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
