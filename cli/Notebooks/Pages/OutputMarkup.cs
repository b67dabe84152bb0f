using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ndt.Cli.Notebooks.Display;

namespace Ndt.Cli.Notebooks.Pages;

/// <summary>A cell's stored outputs as HTML: of each the richest form that a page may show.</summary>
internal sealed partial class OutputMarkup(MarkdownRenderer markdown)
{
    private const double LargestHeight = 10_000;
    private int figures;

    /// <summary>Whether a figure was among them.</summary>
    public bool HasFigures => figures > 0;

    /// <summary>One output.</summary>
    public string Of(JsonNode output) => output["output_type"]?.ToString() switch
    {
        "stream" => Preformatted(MultilineText.Read(output["text"]), output["name"]?.ToString() == "stderr" ? "stderr" : "stream"),
        "error" => Preformatted(ErrorText(output), "error"),
        "display_data" or "execute_result" when output["data"] is JsonObject data => Richest(data),
        _ => "",
    };

    private string Richest(JsonObject data)
    {
        string? Text(string mimeType) => data[mimeType] is { } content ? MultilineText.Read(content) : null;

        if (data[ChartData.MimeType] is JsonObject figure)
        {
            return Figure(figure, Text("image/png"));
        }

        foreach (var mimeType in (string[])["image/png", "image/jpeg", "image/gif"])
        {
            if (Text(mimeType) is { } image)
            {
                return $"<figure>{Image(mimeType, image, "Figure")}</figure>";
            }
        }

        if (Text("image/svg+xml") is { } svg)
        {
            // As an image, an SVG can run no script.
            return $"<figure>{Image("image/svg+xml", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg)), "Figure")}</figure>";
        }

        if (Text("text/html") is { } html)
        {
            return $"<div class=\"table\">{HtmlSanitizer.Clean(html)}</div>";
        }

        return Text("text/markdown") is { } text
            ? markdown.Render(text)
            : Preformatted(Text("text/plain") ?? data.FirstOrDefault().Value?.ToString() ?? "", "value");
    }

    private string Figure(JsonObject figure, string? png)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"figure-{++figures}");
        var alt = ChartData.AlternativeText(figure);
        var height = ChartData.Layout(figure)?["height"] is JsonValue value && value.TryGetValue<double>(out var h) && h is > 0 and < LargestHeight ? h : 500;
        var still = png is null ? $"<p class=\"still\">{WebUtility.HtmlEncode(alt)}</p>" : Image("image/png", png, alt);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <figure data-figure="{id}"><div class="plot" role="img" aria-label="{WebUtility.HtmlEncode(alt)}" style="height:{height:0}px"></div>{still}</figure>
            <script type="application/json" id="{id}">{FigureMarkup.ForScript(NotebookJson.WriteCompact(figure))}</script>
            """);
    }

    private static string Image(string mimeType, string base64, string alt) =>
        $"<img class=\"still\" alt=\"{WebUtility.HtmlEncode(alt)}\" src=\"data:{mimeType};base64,{WebUtility.HtmlEncode(base64.ReplaceLineEndings(""))}\">";

    private static string Preformatted(string text, string style) =>
        $"<pre class=\"{style}\">{WebUtility.HtmlEncode(TerminalColours().Replace(text, "").TrimEnd('\n'))}</pre>";

    private static string ErrorText(JsonNode output) => output["traceback"] is JsonArray { Count: > 0 } trace
        ? string.Join('\n', trace.Select(line => line?.ToString()))
        : $"{output["ename"]}: {output["evalue"]}";

    // A whole sequence (ECMA-48: colours and the like, titles and links), or any control character but a tab or the end of a line.
    [GeneratedRegex("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\))|[\0-\b\v-\u001f\u007f-\u009f]")]
    private static partial Regex TerminalColours();
}
