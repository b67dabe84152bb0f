using Ndt.Measurement;
using Ndt.Records;
using Plotly.NET;
using static Ndt.Charts.PlotlyParts;

namespace Ndt.Charts;

/// <summary>A metric of records over training, a line per layer; several records lie over each other, told apart by dash.</summary>
public static class RecordChart
{
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];

    /// <summary>The chart of layers of records, each with the name under which it is shown.</summary>
    public static GenericChart Of(IReadOnlyList<(string Name, RunRecord Record, IReadOnlyList<LayerSeries> Layers)> shown, Metric metric)
    {
        var layers = shown.SelectMany(one => one.Layers).Select(layer => layer.Name).Distinct().ToArray();
        var traces = shown.SelectMany((one, i) => one.Layers.Select(layer => Trace(
            "scatter",
            ("mode", one.Record.Points.Count == 1 ? "markers" : "lines"),
            ("name", shown.Count == 1 ? layer.Name : $"{layer.Name} · {one.Name}"),
            ("x", one.Record.Points.Select(point => point.Updates).ToArray()),
            ("y", Round(layer[metric], 5)),
            ("line", PlotlyParts.Of(
                ("color", Palette.Series[Array.IndexOf(layers, layer.Name) % Palette.Series.Count]),
                ("dash", Dashes[(shown.Count == 1 ? Array.IndexOf(layers, layer.Name) / Palette.Series.Count : i) % Dashes.Length]),
                ("width", 2))))));
        var names = string.Join(", ", shown.Select(one => one.Name));
        var title = metric.Name().Replace('_', ' ');
        return ChartStyle.Apply(
            PlotlyParts.Chart(traces),
            title: $"{title}: {names}",
            x: "update",
            y: title,
            alt: $"The {title} of {layers.Length} layers over training: {names}.",
            showLegend: true);
    }
}
