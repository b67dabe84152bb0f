using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>A cell's stored outputs as HTML: of each the richest form that a page may show.</summary>
internal sealed class OutputMarkup(MarkdownRenderer markdown)
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

        foreach (var mimeType in (string[])["image/png", "image/jpeg", "image/gif", "image/webp"])
        {
            if (Text(mimeType) is { } image)
            {
                return $"<figure>{Image(mimeType, image, "Figure")}</figure>";
            }
        }

        if (Text("image/svg+xml") is { } svg)
        {
            // As an image, an SVG can run no script.
            return $"<figure>{Image("image/svg+xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(svg)), "Figure")}</figure>";
        }

        if (Text("text/html") is { } html)
        {
            return $"<div class=\"table\">{markdown.Clean(html)}</div>";
        }

        if (Text("text/markdown") is { } text)
        {
            return markdown.Render(text);
        }

        if (Text("text/latex") is { } latex)
        {
            // With marks around its formulas it is text with mathematics; without any it is one formula.
            return MathSource.HasNone(latex) ? $"<p>{MathMarkup.Of(latex, display: true)}</p>" : markdown.Render(latex);
        }

        return Text("application/javascript") is { } script
            ? Folded("JavaScript, which this page does not run", script) + (Text("text/plain") is { } plain ? Preformatted(plain, "value") : "")
            : Text("text/plain") is { } value ? Preformatted(value, "value")
            : data.FirstOrDefault(form => form.Value is not null) is { Key: { } type, Value: { } content } ? Folded($"An output of type {type}", content is JsonObject or JsonArray && !IsLines(content) ? NotebookJson.Write(content) : MultilineText.Read(content) is { Length: > 0 } lines ? lines : content.ToJsonString())
            : "";
    }

    private static bool IsLines(JsonNode content) => content is JsonArray items && items.All(item => item?.GetValueKind() == JsonValueKind.String);

    private static string Folded(string summary, string content) =>
        $"<details class=\"code\"><summary>{WebUtility.HtmlEncode(summary)}</summary>{Preformatted(content, "value")}</details>";

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

    private static string Preformatted(string text, string style) => $"<pre class=\"{style}\">{TerminalText.ToHtml(text.TrimEnd('\n'))}</pre>";

    private static string ErrorText(JsonNode output) => output["traceback"] is JsonArray { Count: > 0 } trace
        ? string.Join('\n', trace.Select(line => line?.ToString()))
        : $"{output["ename"]}: {output["evalue"]}";
}
