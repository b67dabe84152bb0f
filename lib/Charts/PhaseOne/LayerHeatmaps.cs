using System.Globalization;
using Ndt.Analysis;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Charts.PhaseOne;

/// <summary>All runs' layers over training, with their settling points: small ones beside each other, or one at a time.</summary>
public static class LayerHeatmaps
{
    // Enough to see when colours change; a notebook holds a figure's text twice, once with every value on a line of its own.
    private const int ColumnsOfGrid = 40;
    private const int ColumnsOfSelector = 50;
    private const int RowHeight = 84;
    private const double RowGap = 0.3;
    private const double ColumnGap = 0.04;

    /// <summary>A grid of the runs of one group: a row for each architecture, a column for each dataset, the lowest seed of each. Colours mean the same in all panels.</summary>
    public static GenericChart Grid(RunGroup group, Metric metric = Metric.StableRank)
    {
        var maps = LayerHeatmap.Of(group.Runs, metric, ColumnsOfGrid);
        var rows = maps.Select(map => map.Run.Run.Architecture).Distinct().ToArray();
        var columns = maps.Select(map => map.Run.Run.Dataset).Distinct().Order(StringComparer.Ordinal).ToArray();
        var lastStep = maps.Max(map => map.Run.Run.Steps);
        var traces = new List<Trace>();
        var annotations = new List<object>();
        var members = new List<(string, object?)>();
        foreach (var (i, map) in maps.Index())
        {
            var axis = i == 0 ? "" : (i + 1).ToString(CultureInfo.InvariantCulture);
            var row = Array.IndexOf(rows, map.Run.Run.Architecture);
            var isLowest = !maps.Any(other => other.Run.Run.Dataset == map.Run.Run.Dataset && Array.IndexOf(rows, other.Run.Run.Architecture) > row);
            traces.Add(map.Colours(axis, metric));
            traces.Add(map.SettlingPoints(axis, 5));
            members.Add(($"xaxis{axis}", StepAxis(Stretch(Array.IndexOf(columns, map.Run.Run.Dataset), columns.Length, ColumnGap), $"y{axis}", lastStep, isLowest)));
            members.Add(($"yaxis{axis}", PlotlyParts.Of(
                ("domain", RowStretch(row, rows.Length)), ("anchor", $"x{axis}"), ("showticklabels", false), ("ticks", ""), ("showgrid", false), ("zeroline", false))));
        }

        foreach (var (row, architecture) in rows.Index())
        {
            var layers = maps.First(map => map.Run.Run.Architecture == architecture).Layers.Count;
            annotations.Add(Label($"{RunGroup.ArchitectureName(architecture)}, {Words.Count(layers, "layer")}", 0, "left", RowStretch(row, rows.Length)[1], 0));
        }

        foreach (var (column, dataset) in columns.Index())
        {
            var stretch = Stretch(column, columns.Length, ColumnGap);
            annotations.Add(Label(RunGroup.DatasetName(dataset), (stretch[0] + stretch[1]) / 2, "center", 1, 2));
        }

        members.Add(("annotations", annotations.ToArray()));
        members.Add(("coloraxis", LayerHeatmap.ColourAxis(maps)));
        var settled = maps.Sum(map => map.SettlingSteps.Length);
        var layersInAll = maps.Sum(map => map.Layers.Count);
        return new FigureFrame
        {
            Title = $"{group.Name}: {LayerHeatmap.Name(metric)} of every layer",
            Note = $"{Words.Count(maps.Count, "run")}, {Words.Count(layersInAll, "layer")}{SeedNote(group.Runs, maps)}; first layer at the bottom. Colour: {LayerHeatmap.Name(metric)}, logarithmic. White diamonds: where the study's rule calls a layer settled ({settled} of {layersInAll}).",
            Alt = $"Heatmaps of {LayerHeatmap.Name(metric)} for {maps.Count} {group.Name} runs. {maps.Sum(map => map.SettlingSteps.Count(step => step == 0))} of {layersInAll} settling points lie at the first measurement, though the colours go on changing after it.",
            PlotHeight = rows.Length * RowHeight,
            Above = 24,
            Left = 24,
            Bottom = 95,
            Legend = false,
        }.Around(traces, members.ToArray());
    }

    /// <summary>One run at a time, in large, chosen from a list of all; the run with the most layers is shown first, and in the still image.</summary>
    public static GenericChart Selector(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        var maps = LayerHeatmap.Of(runs, metric, ColumnsOfSelector);
        var shown = Enumerable.Range(0, maps.Count).MaxBy(i => maps[i].Layers.Count);
        var buttons = maps.Select(map => PlotlyParts.Of(
            ("label", RunGroup.CellName(map.Run.Run.Experiment)),
            ("method", "update"),
            ("args", new object[]
            {
                // The second trace, the points, has no z.
                PlotlyParts.Of(
                    ("x", new object[] { map.Steps, map.SettlingSteps }),
                    ("y", new object[] { map.Depths, map.SettlingLayers }),
                    ("z", new object?[] { map.LogValues, null })),
                PlotlyParts.Of(("yaxis.tickvals", map.Depths), ("yaxis.ticktext", map.LayerNames)),
                new[] { 0, 1 },
            })));
        return new FigureFrame
        {
            Title = $"One run: {LayerHeatmap.Name(metric)} of its layers",
            Note = $"Choose any of {Words.Count(maps.Count, "run")}{SeedNote(runs, maps)}; the still image shows {RunGroup.CellName(maps[shown].Run.Run.Experiment)}. White diamonds: settling points by the study's rule. Colour: {LayerHeatmap.Name(metric)}, logarithmic, the same scale for every run.",
            Alt = $"A heatmap of {LayerHeatmap.Name(metric)}, layer by layer over training, for one of {maps.Count} runs that a list offers; first {RunGroup.CellName(maps[shown].Run.Run.Experiment)}.",
            PlotHeight = 380,
            Above = 54,
            Bottom = 110,
            Legend = false,
        }.Around(
            [maps[shown].Colours("", metric), maps[shown].SettlingPoints("", 9)],
            ("xaxis", PlotlyParts.Of(
                ("title", PlotlyParts.Of(("text", "optimiser step"))), ("range", StepRange(maps.Max(map => map.Run.Run.Steps))), ("showgrid", false), ("zeroline", false))),
            ("yaxis", PlotlyParts.Of(
                ("tickvals", maps[shown].Depths), ("ticktext", maps[shown].LayerNames), ("tickfont", PlotlyParts.Of(("size", 11))), ("showgrid", false), ("zeroline", false))),
            ("coloraxis", LayerHeatmap.ColourAxis(maps)),
            ("updatemenus", new object[]
            {
                PlotlyParts.Of(
                    ("buttons", buttons.ToArray()), ("active", shown), ("showactive", true), ("x", 1), ("xanchor", "right"), ("y", 1), ("yanchor", "bottom"),
                    ("pad", PlotlyParts.Of(("b", 8)))),
            }));
    }

    private static string SeedNote(IReadOnlyList<StudiedRun> runs, IReadOnlyList<LayerHeatmap> maps) => maps.Count == runs.Count
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" (the lowest seed of each cell, of {runs.Count} runs in all)");

    private static DynamicObj.DynamicObj StepAxis(double[] domain, string anchor, int lastStep, bool labelled) => PlotlyParts.Of(
        ("domain", domain), ("anchor", anchor), ("range", StepRange(lastStep)), ("tickvals", new[] { 0, lastStep / 2 }),
        ("showticklabels", labelled), ("ticks", labelled ? "outside" : ""), ("showgrid", false), ("zeroline", false), ("tickfont", PlotlyParts.Of(("size", 11))),
        ("title", labelled ? PlotlyParts.Of(("text", "step"), ("font", PlotlyParts.Of(("size", 12))), ("standoff", 4)) : null));

    /// <summary>From a little before the first step, so that markers there are whole.</summary>
    private static double[] StepRange(int lastStep) => [-0.02 * lastStep, lastStep];

    private static DynamicObj.DynamicObj Label(string text, double x, string xAnchor, double y, int shift) => PlotlyParts.Of(
        ("text", text), ("x", x), ("xref", "paper"), ("xanchor", xAnchor), ("y", y), ("yref", "paper"), ("yanchor", "bottom"), ("yshift", shift),
        ("showarrow", false), ("font", PlotlyParts.Of(("size", 11))));

    /// <summary>Place of one of <paramref name="count"/> panels beside each other, as shares of the drawing.</summary>
    private static double[] Stretch(int index, int count, double gap)
    {
        var width = (1 + gap) / count;
        return [index * width, Math.Min(1, ((index + 1) * width) - gap)];
    }

    /// <summary>The same for rows, from the top down; the gap, above each row, holds its label.</summary>
    private static double[] RowStretch(int row, int count) => [1 - ((row + 1.0) / count), 1 - ((row + RowGap) / count)];
}
