using Ndt.Analysis;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Charts.PhaseOne;

/// <summary>One run and metric as a heatmap of its own: training to the right, layers upward by depth, colour for the logarithm of the metric.</summary>
public static class RunHeatmap
{
    /// <summary>The figure of a run; values that are not above 0 are left out.</summary>
    public static GenericChart Of(RunSeries run)
    {
        string[] names = [.. run.Layers.Select(layer => $"{layer.Depth} {layer.Name}")];
        var metric = run.Metric.Name().Replace('_', ' ');
        var note = $"{Words.Count(run.Layers.Count, "layer")}, {Words.Count(run.Steps.Length, "measurement")} from step {run.Steps[0]} to {run.Steps[^1]}. Layers upward by depth; colour: the logarithm of the {metric}.";
        return new FigureFrame
        {
            Title = $"{run.Name}: {metric}",
            Note = note,
            Alt = $"Heatmap of the {metric} of {run.Name}, a row a layer. {note}",
            PlotHeight = 80 + (22 * run.Layers.Count),
            Bottom = 70,
            Left = 220,
            Legend = false,
        }.Around(
            [
                PlotlyParts.Trace(
                    "heatmap",
                    ("x", run.Steps), ("y", names), ("z", run.Series.Select(series => PlotlyParts.Round(series.Select(value => value > 0 ? Math.Log10(value) : double.NaN))).ToArray()),
                    ("colorbar", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "log₁₀")))))),
            ],
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "optimiser step"))))));
    }
}
