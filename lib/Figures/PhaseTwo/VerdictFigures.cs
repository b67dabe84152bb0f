using Ndt.Claims;
using Ndt.Similarity;
using Plotly.NET;

namespace Ndt.Figures.PhaseTwo;

/// <summary>The figures that the decision rule decides on.</summary>
public static class VerdictFigures
{
    /// <summary>Every quantity with its interval and the threshold that its whole interval has to lie beyond, relative to that threshold.</summary>
    public static GenericChart Quantities(PhaseTwoVerdict verdict)
    {
        var known = verdict.Quantities.Where(quantity => double.IsFinite(quantity.Value.Estimate)).ToArray();
        var measures = known.Select(quantity => quantity.Measure).Distinct().ToArray();
        var traces = measures.Select((measure, i) =>
        {
            var own = known.Where(quantity => quantity.Measure == measure).Reverse().ToArray();
            return PlotlyParts.Trace(
                "scatter",
                ("x", Traces.Numbers(own.Select(q => q.Value.Estimate - q.Threshold))),
                ("y", Array.ConvertAll(own, q => $"{q.Architecture} (n = {q.Value.Count})<br>{q.Quantity}")),
                ("mode", "markers"),
                ("name", SimilarityMeasure.Find(measure).Title),
                ("marker", PlotlyParts.Of(("symbol", i == 0 ? "circle" : "diamond-open"), ("size", 10), ("color", Palette.Series[i]))),
                ("error_x", PlotlyParts.Of(("type", "data"), ("array", Traces.Numbers(own.Select(q => q.Value.High - q.Value.Estimate))), ("color", Palette.Series[i]), ("width", own.Any(q => double.IsNaN(q.Value.High)) ? 0 : 4))));
        });
        return ChartStyle.Apply(
            Traces.Chart(traces, ("yaxis", PlotlyParts.Of(("tickfont", PlotlyParts.Of(("size", 11)))))),
            title: "What the rule decides on<br><sub>Mean over hidden layers; bars: 95 % over seeds; no bars: too few; no point: no floor</sub>",
            x: "estimate − threshold of the rule", y: "",
            alt: "Dots with intervals for every quantity of the decision rule, by architecture and measure, relative to the rule's threshold at zero.",
            height: 140 + (46 * known.Select(q => (q.Architecture, q.Quantity)).Distinct().Count()));
    }
}
