using Ndt.PhaseTwo;
using Plotly.NET;

namespace Ndt.Figures.PhaseTwo;

/// <summary>Attention heads over training.</summary>
public static class AttentionFigures
{
    /// <summary>Entropy of every head at every step beside that of attention to all tokens alike; one line per head, a colour per layer.</summary>
    public static GenericChart Entropy(IReadOnlyList<AttentionRow> rows)
    {
        if (rows.Count == 0)
        {
            throw new InputException("no attention heads to show");
        }

        var traces = rows.GroupBy(row => (row.Layer, row.Head)).Select(head => PlotlyParts.Trace(
            "scatter",
            ("x", head.Select(Step).ToArray()),
            ("y", Traces.Numbers(head.Select(row => row.Entropy))),
            ("mode", "lines+markers"),
            ("name", $"layer {head.Key.Layer}"),
            ("legendgroup", $"{head.Key.Layer}"),
            ("showlegend", head.Key.Head == 0),
            ("line", PlotlyParts.Of(("color", Palette.Series[head.Key.Layer % Palette.Series.Count]), ("width", 1.5))),
            ("marker", PlotlyParts.Of(("symbol", head.Key.Layer), ("size", 7))))).ToList();
        var steps = rows.Select(Step).Distinct().ToArray();
        traces.Add(PlotlyParts.Trace(
            "scatter", ("x", steps), ("y", Traces.Numbers(steps.Select(_ => rows[0].UniformEntropy))), ("mode", "lines"), ("name", "all tokens alike"),
            ("line", PlotlyParts.Of(("color", Palette.Chance), ("dash", "dash"), ("width", 2)))));
        var heads = rows.Select(row => (row.Layer, row.Head)).Distinct().Count();
        return ChartStyle.Apply(
            Traces.Chart(traces, ("xaxis", Traces.Categories())),
            title: $"How widely each head attends<br><sub>{heads} heads of one run; mean over {NetworkFeatures.ProbeSize} examples and all queries</sub>",
            x: "updates done", y: "entropy of attention (bits)",
            alt: "One line per attention head: its entropy after each number of updates, below the dashed line of attention to all tokens alike.");
    }

    private static string Step(AttentionRow row) => row.Step.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
