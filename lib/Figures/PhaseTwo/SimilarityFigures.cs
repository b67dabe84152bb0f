using Ndt.PhaseTwo;
using Ndt.Similarity;
using Plotly.NET;

namespace Ndt.Figures.PhaseTwo;

/// <summary>How alike the states of runs are, with floor and ceiling drawn in.</summary>
public static class SimilarityFigures
{
    private const string Study = "study";

    /// <summary>Every layer of an architecture: its states after fewer updates against the last one, and the controls at the last one.</summary>
    /// <param name="rows">The summary table.</param>
    /// <param name="architecture">Which architecture.</param>
    /// <param name="measure">Name of the measure.</param>
    /// <exception cref="InputException">The table has nothing of them.</exception>
    public static GenericChart ByLayer(IReadOnlyList<SimilarityRow> rows, string architecture, string measure = "debiased_cka")
    {
        var own = Of(rows, measure).Where(row => row.Architecture == architecture && row.Layer != SimilarityValue.HiddenLayers).ToArray();
        if (own.Length == 0)
        {
            throw new InputException($"no comparisons of {architecture} by {measure}");
        }

        var title = SimilarityMeasure.Find(measure).Title;
        var last = own.Max(row => row.To);
        var traces = new List<Trace>
        {
            Line(own, ComparisonKind.Permuted, last, last, "ceiling: units permuted", Palette.Black, "solid", "line-ns-open"),
            Line(own, ComparisonKind.OtherSeed, last, last, "floor: other seeds, same step", Palette.Chance, "dash", "square"),
            Line(own, ComparisonKind.ShuffledLabels, last, last, "control: trained on shuffled labels", Palette.Purple, "dot", "x"),
            Line(own, ComparisonKind.Untrained, last, 0, "control: random features", Palette.Orange, "dot", "diamond-open"),
            Line(own, ComparisonKind.Noise, last, last, "chance: Gaussian noise", Palette.SkyBlue, "dot", "cross-thin-open"),
        };
        string[] colours = [Palette.Blue, Palette.Vermilion, Palette.Green];
        string[] markers = ["circle", "triangle-up", "diamond"];
        foreach (var (from, i) in own.Where(row => row.Kind == ComparisonKind.OverTime && row.To == last).Select(row => row.From).Distinct().Order().Select((from, i) => (from, i)))
        {
            traces.Add(Line(own, ComparisonKind.OverTime, from, last, $"{from} → {last} updates", colours[i % 3], "solid", markers[i % 3]));
        }

        traces.RemoveAll(trace => ((double?[])trace.GetPropertyValue("y")!).Length == 0);
        var seeds = own.Where(row => row.Kind == ComparisonKind.OverTime && row.Protocol == Study).Max(row => row.Seeds);
        var floor = own.Where(row => row.Kind == ComparisonKind.OtherSeed && row.Protocol == Study).Select(row => row.Seeds).DefaultIfEmpty(0).Max();
        return ChartStyle.Apply(
            Traces.Chart(traces, ("legend", Legend())),
            title: $"{architecture}: {title} with the state after {last} updates<br><sub>{SeedsText(seeds)}; {(floor == 0 ? "no floor: no other seed is here" : $"floor from {floor} seeds")}; bars: 95 % over seeds; {NetworkFeatures.ProbeSize} examples</sub>",
            x: "layer, in order of the forward pass", y: title,
            alt: $"Lines over the layers of {architecture}: {title} of earlier states with the state after {last} updates, the ceiling of a permuted copy at 1, the floor of other seeds and the controls.",
            height: 620);
    }

    /// <summary>The mean over hidden layers of all architectures: every state against the last one, each with its floor.</summary>
    public static GenericChart Overview(IReadOnlyList<SimilarityRow> rows, string measure = "debiased_cka")
    {
        var hidden = Of(rows, measure).Where(row => row.Layer == SimilarityValue.HiddenLayers && row.Protocol == Study).ToArray();
        var title = SimilarityMeasure.Find(measure).Title;
        var last = hidden.Max(row => row.To);
        var traces = new List<Trace>();
        foreach (var group in hidden.GroupBy(row => row.Architecture))
        {
            var colour = Palette.OfFamily(group.Key.Split('_')[0]);
            var over = group.Where(row => row.Kind == ComparisonKind.OverTime && row.To == last).OrderBy(row => row.From).ToArray();
            traces.Add(Points([.. over.Select(row => Step(row.From)), Step(last)], [.. over, .. group.Where(row => row.Kind == ComparisonKind.Permuted && row.From == last)], $"{group.Key} ({SeedsText(over[0].Seeds)})", colour, "solid", "circle"));
            var floor = group.Where(row => row.Kind == ComparisonKind.OtherSeed).OrderBy(row => row.From).ToArray();
            if (floor.Length > 0)
            {
                traces.Add(Points([.. floor.Select(row => Step(row.From))], floor, $"{group.Key}: floor, other seeds at the same step", colour, "dash", "square-open"));
            }
        }

        return ChartStyle.Apply(
            Traces.Chart(traces, ("legend", Legend()), ("xaxis", Traces.Categories())),
            title: $"How alike the state is to the one after {last} updates<br><sub>Mean over hidden layers; bars: 95 % over seeds; at {last} the state with its own units permuted</sub>",
            x: "updates done", y: title,
            alt: $"One line per architecture: {title} of the states with the last one, rising to the ceiling of 1, and dashed the similarity of different seeds at the same step.",
            height: 560);
    }

    private static IEnumerable<SimilarityRow> Of(IEnumerable<SimilarityRow> rows, string measure) => rows.Where(row => row.Measure == measure);

    private static Trace Line(IEnumerable<SimilarityRow> rows, ComparisonKind kind, int from, int to, string name, string colour, string dash, string marker)
    {
        var own = rows.Where(row => row.Kind == kind && row.Protocol == Study && row.From == from && row.To == to).OrderBy(row => row.Depth).ToArray();
        return Points([.. own.Select(row => LayerNames.Short(row.Layer))], own, name, colour, dash, marker);
    }

    private static Trace Points(string[] x, SimilarityRow[] rows, string name, string colour, string dash, string marker) => PlotlyParts.Trace(
        "scatter",
        ("x", x),
        ("y", Traces.Numbers(rows.Select(row => row.Similarity.Estimate))),
        ("mode", "lines+markers"),
        ("name", name),
        ("line", PlotlyParts.Of(("color", colour), ("dash", dash), ("width", 2))),
        ("marker", PlotlyParts.Of(("symbol", marker), ("size", 8), ("color", colour))),
        ("error_y", rows.Any(row => double.IsFinite(row.Similarity.High))
            ? PlotlyParts.Of(("type", "data"), ("array", Traces.Numbers(rows.Select(row => row.Similarity.High - row.Similarity.Estimate))), ("thickness", 1), ("color", colour))
            : null));

    private static string Step(int step) => step.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string SeedsText(int seeds) => seeds == 1 ? "one seed" : $"{seeds} seeds";

    private static DynamicObj.DynamicObj Legend() => PlotlyParts.Of(("orientation", "h"), ("yref", "container"), ("y", 0), ("yanchor", "bottom"), ("x", 0), ("xanchor", "left"));
}
