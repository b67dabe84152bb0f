using Ndt.Analysis;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Charts.PhaseOne;

/// <summary>One run as a heatmap: training steps to the right, layers upward in order of depth, colour for the logarithm of the metric; with the layers' settling points.</summary>
internal sealed class LayerHeatmap
{
    private static readonly double[] ColourTicks = [0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 6, 10, 20, 50, 100, 200, 500];

    private LayerHeatmap(StudiedRun run, Metric metric, int measurementsPerColumn)
    {
        var analysis = run[metric];
        Run = run;
        Layers = analysis.Layers;
        LogValues = [.. run.Series(metric).Select(series => PlotlyParts.Round(Blocks(series, measurementsPerColumn).Select(value => Math.Round(Math.Log10(value), 2))))];
        Steps = [.. Blocks([.. analysis.Steps.Select(step => (double)step)], measurementsPerColumn)];
        var settled = analysis.Layers.Where(layer => layer.StabilisationPoint != Convergence.Never).ToArray();
        SettlingSteps = [.. settled.Select(layer => analysis.Steps[layer.StabilisationPoint])];
        SettlingLayers = [.. settled.Select(layer => layer.Depth)];
    }

    /// <summary>The run.</summary>
    public StudiedRun Run { get; }

    /// <summary>Its layers, by depth.</summary>
    public IReadOnlyList<LayerAnalysis> Layers { get; }

    /// <summary>log₁₀ of the metric [layer][column], to two decimals: more than a colour can show.</summary>
    public double?[][] LogValues { get; }

    /// <summary>Middle step of each column.</summary>
    public double[] Steps { get; }

    /// <summary>Step of each settling point.</summary>
    public int[] SettlingSteps { get; }

    /// <summary>Depth of the layer that settles there.</summary>
    public int[] SettlingLayers { get; }

    /// <summary>Depths, the vertical axis.</summary>
    public int[] Depths => [.. Layers.Select(layer => layer.Depth)];

    /// <summary>Layers' names without the part that all of a family share.</summary>
    public string[] LayerNames => [.. Layers.Select(layer => layer.Layer.Replace("transformer.", "", StringComparison.Ordinal))];

    /// <summary>The heatmaps of the lowest seed of each cell, each column the mean of as many measurements as give about <paramref name="columns"/> columns.</summary>
    public static IReadOnlyList<LayerHeatmap> Of(IReadOnlyList<StudiedRun> runs, Metric metric, int columns) =>
    [
        .. runs
            .GroupBy(run => run.Run.Experiment)
            .Select(cell => cell.MinBy(run => run.Run.Seed)!)
            .Select(run => new LayerHeatmap(run, metric, Math.Max(1, run[metric].Steps.Length / columns))),
    ];

    /// <summary>The heatmap itself.</summary>
    public Trace Colours(string axis, Metric metric) => PlotlyParts.Trace(
        "heatmap",
        ("x", Steps), ("y", Depths), ("z", LogValues), ("coloraxis", "coloraxis"), ("xaxis", $"x{axis}"), ("yaxis", $"y{axis}"),
        ("hovertemplate", $"step %{{x}}<br>layer %{{y}}<br>{Name(metric)} 10<sup>%{{z}}</sup><extra>{Run.Name}</extra>"));

    /// <summary>The settling points, drawn over it.</summary>
    public Trace SettlingPoints(string axis, int size) => PlotlyParts.Trace(
        "scatter",
        ("mode", "markers"), ("x", SettlingSteps), ("y", SettlingLayers), ("xaxis", $"x{axis}"), ("yaxis", $"y{axis}"), ("showlegend", false), ("cliponaxis", false),
        ("marker", PlotlyParts.Of(("symbol", "diamond"), ("size", size), ("color", "#ffffff"), ("line", PlotlyParts.Of(("color", Palette.Black), ("width", 1))))),
        ("hovertemplate", $"settled from step %{{x}} on<br>layer %{{y}}<extra>{Run.Name}</extra>"));

    /// <summary>One colour scale for all of the heatmaps, below the drawing.</summary>
    public static DynamicObj.DynamicObj ColourAxis(IReadOnlyList<LayerHeatmap> maps)
    {
        var values = maps.SelectMany(map => map.LogValues).SelectMany(row => row).OfType<double>().ToArray();
        var ticks = ColourTicks.Where(tick => Math.Log10(tick) >= values.Min() - 0.01 && Math.Log10(tick) <= values.Max()).ToArray();
        return PlotlyParts.Of(
            ("colorscale", Palette.Sequential), ("cmin", values.Min()), ("cmax", values.Max()),
            ("colorbar", PlotlyParts.Of(
                ("orientation", "h"), ("thickness", 12), ("len", 0.9), ("x", 0.5), ("yref", "container"), ("y", 0.005), ("yanchor", "bottom"),
                ("tickvals", ticks.Select(tick => Math.Log10(tick)).ToArray()),
                ("ticktext", ticks.Select(tick => tick.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray()))));
    }

    /// <summary>A metric's name for readers.</summary>
    public static string Name(Metric metric) => metric.Name().Replace('_', ' ');

    private static IEnumerable<double> Blocks(double[] values, int size) => values.Chunk(size).Select(block => block.Average());
}
