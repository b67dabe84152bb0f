using System.Net;
using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>One figure as a page of its own: a single file with plotly.js in it, which opens without a network and can be mailed.</summary>
internal static class FigurePage
{
    /// <summary>The page of a figure.</summary>
    public static string Of(JsonObject figure)
    {
        var title = WebUtility.HtmlEncode(ChartData.AlternativeText(figure));
        figure["layout"]!.AsObject().Remove("width");
        figure["layout"]!.AsObject().Remove("height");
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:">
            <title>{{title}}</title>
            <link rel="icon" href="data:,">
            <style>html, body { height: 100%; margin: 0 } #figure { height: 100% }</style>
            </head>
            <body>
            <div id="figure" role="img" aria-label="{{title}}"></div>
            <script>{{PlotlyScript.Read()}}</script>
            <script>
            const figure = {{FigureMarkup.ForScript(NotebookJson.WriteCompact(figure))}};
            Plotly.newPlot("figure", figure.data, figure.layout, figure.config);
            </script>
            </body>
            </html>

            """;
    }
}
