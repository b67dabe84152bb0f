using Ndt.PhaseTwo;
using Ndt.Statistics;
using Plotly.NET;

namespace Ndt.Figures.PhaseTwo;

/// <summary>Dimensionality beside similarity.</summary>
public static class DimensionFigures
{
    /// <summary>For every layer and step: how far its dimensionality is from the last one's, and how unlike its representation is.</summary>
    public static GenericChart AgainstChange(IReadOnlyList<DimensionRow> rows)
    {
        string[] symbols = ["circle", "square", "diamond", "x"];
        var traces = rows.GroupBy(row => row.Architecture).SelectMany(architecture => architecture.GroupBy(row => row.Step).Select((step, i) => PlotlyParts.Trace(
            "scatter",
            ("x", Traces.Numbers(step.Select(row => row.DimensionChange))),
            ("y", Traces.Numbers(step.Select(row => row.ChangeToLast))),
            ("mode", "markers"),
            ("name", $"{architecture.Key}, {step.Key} updates"),
            ("marker", PlotlyParts.Of(("symbol", symbols[i % symbols.Length]), ("size", 9), ("opacity", 0.75), ("color", Palette.OfFamily(architecture.Key.Split('_')[0])))))));
        var rho = Spearman.Correlate([.. rows.Select(row => row.DimensionChange)], [.. rows.Select(row => row.ChangeToLast)]).Rho;
        return ChartStyle.Apply(
            Traces.Chart(traces),
            title: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Change of dimensionality and change of representation<br><sub>{rows.Count} points of {rows.Select(row => (row.Architecture, row.Seed)).Distinct().Count()} runs, not independent; Spearman ρ = {rho:F2} over all</sub>"),
            x: "|ln(participation ratio / its last value)|", y: "1 − debiased CKA with the last state",
            alt: "Points for layers at a step: change of the participation ratio across, change of the representation upwards.",
            height: 560);
    }
}
