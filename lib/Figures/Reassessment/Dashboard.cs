using Ndt.Analysis.ChangePoints.Bench;
using Ndt.Analysis.Nulls;
using Ndt.Claims.Ledger;
using Plotly.NET;

namespace Ndt.Figures.Reassessment;

/// <summary>The whole reassessment on one page: what the study called its integrated report.</summary>
public static class Dashboard
{
    private static readonly string[] Headlines =
        ["events_first_10", "events_10_50", "events_last_50", "cnn_first_layer", "early_loss_improvement", "loss_correlation", "coordination", "strong_share"];

    private static readonly string[] Colours = [Palette.Green, Palette.SkyBlue, Palette.Orange, Palette.Yellow, Palette.Chance, Palette.Vermilion];

    /// <summary>Four panels: verdicts; headline shares published, corrected and by chance; nulls; detectors.</summary>
    public static GenericChart Of(ClaimsLedger ledger, IReadOnlyList<NullResult> nulls, IReadOnlyList<BenchScore> bench)
    {
        var traces = new List<Trace>();
        AddVerdicts(traces, ledger);
        AddHeadlines(traces, ledger);
        AddNulls(traces, nulls);
        AddDetectors(traces, bench);
        var figure = ledger["events"];
        var note = $"{ledger.Rows.Count} claims; {Words.Count(figure.Corrected.Runs, "run")} of the study, {Words.Count(figure.Ours.Runs, "run")} of ours. Bars on points: 95 % BCa over cells, seed {ledger.Seed}. Grey: chance; in the third panel, 95 % of the draws of the null.";
        return new FigureFrame
        {
            Title = "The reassessment on one page",
            Note = note,
            Alt = $"Four panels. Verdicts: {string.Join(", ", ledger.Counts.Select(count => $"{count.Value} {count.Key.Name()}"))}. {note}",
            PlotHeight = 1180,
            Bottom = 90,
            Left = 200,
        }.Around(
            traces,
            ("yaxis", Axis("x", 0.84, 1)), ("xaxis", Across("y", "claims")),
            ("yaxis2", Axis("x2", 0.53, 0.76)), ("xaxis2", Across("y2", "per cent")),
            ("yaxis3", Axis("x3", 0.28, 0.45)), ("xaxis3", Across("y3", "observed less chance (percentage points)")),
            ("yaxis4", Axis("x4", 0, 0.19)), ("xaxis4", Log("y4", "false alarms per 1,000 values of a noise-free drift or white noise")),
            ("annotations", new object[]
            {
                Heading("<b>Verdicts</b>", 1.0), Heading("<b>Headline shares:</b> published ◆, corrected ●, ours ■, chance │", 0.76),
                Heading("<b>More than chance?</b> Excess over the null nearest to the question", 0.45), Heading("<b>Can the detectors be believed?</b> 0.01 stands for none", 0.19),
            }));
    }

    private static void AddVerdicts(List<Trace> traces, ClaimsLedger ledger)
    {
        var counts = ledger.Counts.Reverse().ToArray();
        traces.Add(PlotlyParts.Trace(
            "bar",
            ("orientation", "h"), ("x", counts.Select(count => count.Value).ToArray()), ("y", counts.Select(count => count.Key.Name()).ToArray()),
            ("text", counts.Select(count => count.Value).ToArray()), ("textposition", "outside"), ("cliponaxis", false), ("showlegend", false),
            ("marker", PlotlyParts.Of(("color", counts.Select(count => Colours[(int)count.Key]).ToArray())))));
    }

    private static void AddHeadlines(List<Trace> traces, ClaimsLedger ledger)
    {
        var rows = Headlines.Reverse().Select(claim => ledger[claim]).ToArray();
        string[] names = [.. rows.Select(row => row.Claim.Id.Replace('_', ' '))];
        traces.Add(Points("chance", rows.Select(row => row.Corrected.Chance), null, "line-ns", Palette.Chance, 0));
        traces.Add(Points("published", rows.Select(row => row.Claim.Published), null, "diamond", Palette.Orange, 0));
        traces.Add(Points("corrected", rows.Select(row => row.Corrected.Value), [.. rows.Select(row => row.Corrected)], "circle", Palette.Blue, 0));
        traces.Add(Points("ours", rows.Select(row => row.Ours.Value), [.. rows.Select(row => row.Ours)], "square", Palette.Green, 0));

        Trace Points(string name, IEnumerable<double> values, LedgerFigure[]? figures, string symbol, string colour, int width) => PlotlyParts.Trace(
            "scatter",
            ("mode", "markers"), ("name", name), ("x", PlotlyParts.Round(values)), ("y", names), ("xaxis", "x2"), ("yaxis", "y2"),
            ("marker", PlotlyParts.Of(("symbol", symbol), ("color", colour), ("size", symbol == "line-ns" ? 16 : 9), ("line", PlotlyParts.Of(("color", colour), ("width", symbol == "line-ns" ? 3 : width))))),
            ("error_x", figures is null ? null : PlotlyParts.Of(
                ("type", "data"), ("symmetric", false), ("thickness", 1.5),
                ("array", PlotlyParts.Round(figures.Select(figure => figure.Interval is { } interval ? interval.High - figure.Value : double.NaN))),
                ("arrayminus", PlotlyParts.Round(figures.Select(figure => figure.Interval is { } interval ? figure.Value - interval.Low : double.NaN))))));
    }

    private static void AddNulls(List<Trace> traces, IReadOnlyList<NullResult> nulls)
    {
        var shown = nulls.Reverse().ToArray();
        traces.Add(PlotlyParts.Trace(
            "scatter",
            ("mode", "markers"), ("showlegend", false), ("xaxis", "x3"), ("yaxis", "y3"),
            ("x", PlotlyParts.Round(shown.Select(result => 100 * result.Comparison.Effect))),
            ("y", shown.Select(result => $"{result.Statistic.Name.Replace('_', ' ')}<br>{result.Null.Name}").ToArray()),
            ("marker", PlotlyParts.Of(("color", Palette.Vermilion), ("size", 10))),
            ("error_x", PlotlyParts.Of(
                ("type", "data"), ("symmetric", false), ("thickness", 1.5), ("color", Palette.Chance),
                ("array", PlotlyParts.Round(shown.Select(result => 100 * (result.Comparison.NullMean - result.Comparison.NullLow)))),
                ("arrayminus", PlotlyParts.Round(shown.Select(result => 100 * (result.Comparison.NullHigh - result.Comparison.NullMean))))))));
    }

    private static void AddDetectors(List<Trace> traces, IReadOnlyList<BenchScore> bench)
    {
        var detectors = bench.GroupBy(score => score.Detector).Reverse().ToArray();
        traces.Add(Bar("noise-free drift, the worst kind", score => score.Scenario.IsNoiseFreeDrift, Palette.Purple));
        traces.Add(Bar("white noise", score => score.Scenario.Name == Scenarios.WhiteNoise.Name, Palette.SkyBlue));

        Trace Bar(string name, Func<BenchScore, bool> isMeant, string colour) => PlotlyParts.Trace(
            "bar",
            ("orientation", "h"), ("name", name), ("xaxis", "x4"), ("yaxis", "y4"), ("y", detectors.Select(detector => detector.Key).ToArray()), ("marker", PlotlyParts.Of(("color", colour))),
            ("x", detectors.Select(detector => Math.Max(0.01, detector.Where(isMeant).Max(score => score.FalseAlarms.Estimate))).ToArray()));
    }

    private static DynamicObj.DynamicObj Axis(string anchor, double low, double high) =>
        PlotlyParts.Of(("anchor", anchor), ("domain", new[] { low, Math.Min(high, 1) - 0.02 }), ("tickfont", PlotlyParts.Of(("size", 12))));

    private static DynamicObj.DynamicObj Across(string anchor, string title) =>
        PlotlyParts.Of(("anchor", anchor), ("title", PlotlyParts.Of(("text", title), ("standoff", 4))));

    private static DynamicObj.DynamicObj Log(string anchor, string title) =>
        PlotlyParts.Of(("anchor", anchor), ("type", "log"), ("title", PlotlyParts.Of(("text", title), ("standoff", 4))));

    private static DynamicObj.DynamicObj Heading(string text, double y) => PlotlyParts.Of(
        ("text", text), ("xref", "container"), ("yref", "paper"), ("x", 0.015), ("y", y), ("xanchor", "left"), ("yanchor", "bottom"), ("showarrow", false), ("align", "left"));
}
