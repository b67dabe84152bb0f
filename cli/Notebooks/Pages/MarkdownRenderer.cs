using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Ndt.Cli.Notebooks.Pages;

/// <summary>
/// The Markdown of one notebook as HTML. Raw HTML in it is shown as text, links that could act lose their address, images
/// come from the notebook or from files beside it. Collects the headings on its way.
/// </summary>
internal sealed class MarkdownRenderer
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseEmphasisExtras()
        .UseAutoLinks()
        .UseTaskLists()
        .UseFootnotes()
        .UseMathematics()
        .Build();

    private readonly List<PageHeading> headings = [];

    /// <summary>The headings so far.</summary>
    public IReadOnlyList<PageHeading> Headings => headings;

    /// <summary>The HTML of a text; <paramref name="attachments"/> are the cell's own images.</summary>
    public string Render(string markdown, JsonNode? attachments = null)
    {
        if (Parse(markdown) is not { } document)
        {
            return $"<pre class=\"value\">{WebUtility.HtmlEncode(markdown)}</pre>\n";
        }

        foreach (var node in document.Descendants().ToArray())
        {
            switch (node)
            {
                case HeadingBlock heading:
                    Name(heading);
                    break;
                case LinkInline link:
                    MakeHarmless(link, attachments);
                    break;
                case AutolinkInline { IsEmail: false } link when !HtmlSanitizer.IsHarmlessLink(link.Url):
                    link.ReplaceBy(new LiteralInline(link.Url));
                    break;
                default:
                    break;
            }
        }

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.Render(document);

        // A wide table scrolls by itself instead of widening the page. Raw HTML is text here, so every such tag is a table's own.
        return writer.ToString().Replace("<table>", "<div class=\"table\"><table>", StringComparison.Ordinal).Replace("</table>", "</table></div>", StringComparison.Ordinal);
    }

    /// <summary>Null where the text is nested deeper than the parser goes: nobody writes that, and it is shown as it stands.</summary>
    private static MarkdownDocument? Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private void Name(HeadingBlock heading)
    {
        var text = heading.Inline is null ? "" : string.Concat(heading.Inline.Descendants().Select(Text));
        var slug = LinkHelper.UrilizeAsGfm(text) is { Length: > 0 } s ? s : "section";
        var id = slug;
        for (var n = 1; headings.Any(h => h.Id == id); n++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{slug}-{n}");
        }

        heading.GetAttributes().Id = id;
        headings.Add(new PageHeading(heading.Level, text, id));
    }

    private static string Text(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        Markdig.Extensions.Mathematics.MathInline math => math.Content.ToString(),
        _ => "",
    };

    private static void MakeHarmless(LinkInline link, JsonNode? attachments)
    {
        var url = link.GetDynamicUrl?.Invoke() ?? link.Url ?? "";
        if (link.IsImage)
        {
            var source = Attached(url, attachments) ?? url;
            link.Url = HtmlSanitizer.IsLocalImage(source) ? source : "";
        }
        else if (!HtmlSanitizer.IsHarmlessLink(url))
        {
            link.Url = "";
        }
    }

    private static string? Attached(string url, JsonNode? attachments)
    {
        const string scheme = "attachment:";
        if (!url.StartsWith(scheme, StringComparison.Ordinal) || (attachments as JsonObject)?[url[scheme.Length..]] is not JsonObject { Count: > 0 } bundle)
        {
            return null;
        }

        var (mimeType, content) = bundle.First();
        return $"data:{mimeType};base64,{MultilineText.Read(content).ReplaceLineEndings("")}";
    }
}
