using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>A cell's stored outputs as HTML: of each the richest form that a page may show. Counts the figures on its way.</summary>
/// <param name="markdown">Sets texts and tables.</param>
/// <param name="tables">Where figures' data will lie, as a link from the page that ends in a slash; null where nobody will write them.</param>
internal sealed class OutputMarkup(MarkdownRenderer markdown, string? tables = null)
{
    private readonly List<(string File, string Csv)> data = [];
    private int figures;

    /// <summary>Whether a figure that plotly.js draws was among them.</summary>
    public bool HasFigures { get; private set; }

    /// <summary>The data of the figures so far, by the file names that the links have.</summary>
    public IReadOnlyList<(string File, string Csv)> Tables => data;

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
                return FigureElement.OfImage(mimeType, image, Label(++figures));
            }
        }

        if (Text("image/svg+xml") is { } svg)
        {
            // As an image, an SVG can run no script.
            return FigureElement.OfImage("image/svg+xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(svg)), Label(++figures));
        }

        if (Text("text/html") is { } html)
        {
            var clean = markdown.Clean(html);
            return clean.StartsWith("<div class=\"table\"", StringComparison.Ordinal) ? clean : $"<div class=\"html\">{clean}</div>";
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
        HasFigures = true;
        var id = string.Create(CultureInfo.InvariantCulture, $"figure-{++figures}");
        string? link = null;
        if (tables is not null && FigureTable.Csv(figure) is { } csv)
        {
            data.Add((id + ".csv", csv));
            link = tables + id + ".csv";
        }

        return FigureElement.Of(figure, png, id, Label(figures), link);
    }

    private static string Label(int number) => string.Create(CultureInfo.InvariantCulture, $"Figure {number}");

    private static string Preformatted(string text, string style) => $"<pre class=\"{style}\">{TerminalText.ToHtml(text.TrimEnd('\n'))}</pre>";

    private static string ErrorText(JsonNode output) => output["traceback"] is JsonArray { Count: > 0 } trace
        ? string.Join('\n', trace.Select(line => line?.ToString()))
        : $"{output["ename"]}: {output["evalue"]}";
}
