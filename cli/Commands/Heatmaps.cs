using System.Net;
using Ndt.Analysis;
using Ndt.Charts.PhaseOne;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Cli.Commands;

/// <summary>One heatmap a run and view as a page of its own, beside one copy of plotly.js, so that they open without a network.</summary>
internal static class Heatmaps
{
    /// <summary>The folder under <c>--out</c>.</summary>
    public const string Folder = "heatmaps";

    private const string Script = "plotly.min.js";

    /// <summary>Writes the pages of record files.</summary>
    public static void Write(string folder, IEnumerable<string> files, Metric metric, string view)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, Script), PlotlyScript.Read());
        foreach (var file in files)
        {
            var record = RecordFile.Read(file);
            foreach (var one in ViewChoice.Of(record, view))
            {
                var run = RunSeries.Of(record, metric, one);
                AtomicFile.WriteText(Path.Combine(folder, $"{run.Name}.html"), Page(run));
            }
        }
    }

    private static string Page(RunSeries run)
    {
        var figure = ChartData.Figure(RunHeatmap.Of(run));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(run.Name)}</title><script src="{Script}"></script></head>
            <body>{FigureMarkup.Of(figure, null)}</body>
            </html>

            """;
    }
}
