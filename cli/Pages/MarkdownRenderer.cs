using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Ndt.Charts;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>
/// The Markdown of one notebook as HTML, cleaned: what could act is left out, images come from the notebook or from files beside it,
/// mathematics is set. Collects the headings on its way.
/// </summary>
/// <param name="links">Where its links and images lead; null where nobody knows where the page will stand: they stay as they are.</param>
internal sealed partial class MarkdownRenderer(PageLinks? links = null)
{
    private const long LargestImage = 20 << 20;
    private const string Code = "code, pre, kbd, samp";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseEmphasisExtras()
        .UseAutoLinks()
        .UseTaskLists()
        .UseFootnotes()
        .Build();

    private const int HeadsInLabel = 3;

    private readonly List<PageHeading> headings = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private int tables;

    /// <summary>The headings so far.</summary>
    public IReadOnlyList<PageHeading> Headings => headings;

    /// <summary>The HTML of a text; <paramref name="attachments"/> are the cell's own images.</summary>
    public string Render(string markdown, JsonNode? attachments = null)
    {
        var math = new MathSource(markdown);
        if (Parse(math.Text) is not { } document)
        {
            return $"<pre class=\"value\">{WebUtility.HtmlEncode(markdown)}</pre>\n";
        }

        foreach (var node in document.Descendants().ToArray())
        {
            switch (node)
            {
                case HeadingBlock heading:
                    Name(heading, math);
                    break;
                case HtmlInline html when Element().Match(html.Tag) is { Success: true } tag && HtmlCleaner.IsShownAsText(tag.Groups[1].Value.ToLowerInvariant()):
                    // List<int> in a sentence is no element.
                    html.ReplaceBy(new LiteralInline(html.Tag));
                    break;
                case AutolinkInline { IsEmail: false } link when !HtmlCleaner.IsHarmlessLink(link.Url):
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
        return math.Set(HtmlCleaner.Clean(writer.ToString(), page => Finish(page, math, attachments)));
    }

    /// <summary>HTML of a cell or an output that is not Markdown, cleaned in the same way.</summary>
    public string Clean(string html) => HtmlCleaner.Clean(html, page => Finish(page, null, null));

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

    private void Name(HeadingBlock heading, MathSource math)
    {
        var text = heading.Inline is null ? "" : math.Restore(string.Concat(heading.Inline.Descendants().Select(Text)));
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
        _ => "",
    };

    private void Finish(IHtmlDocument page, MathSource? math, JsonNode? attachments)
    {
        foreach (var element in page.Body!.QuerySelectorAll("*").ToArray())
        {
            if (math is not null)
            {
                RestoreAttributes(element, math);
            }

            if (element.Id is { } id && (!ids.Add(id) || OwnId().IsMatch(id)))
            {
                // Its name is taken: by an element above, or by the page's own.
                element.RemoveAttribute("id");
            }

            switch (element.LocalName)
            {
                case "img" when element.GetAttribute("src") is { } source && (Attached(source, attachments) ?? Embedded(source)) is { } data:
                    element.SetAttribute("src", data);
                    break;
                case "img" when links is not null && element.GetAttribute("src") is { } source:
                    element.SetAttribute("src", links.Of(source));
                    break;
                case "a" when links is not null && element.GetAttribute("href") is { } target:
                    element.SetAttribute("href", links.Of(target));
                    break;
                case "table" when element.ParentElement?.ClassName != "table":
                    // A wide table scrolls by itself instead of widening the page.
                    var around = page.CreateElement("div");
                    around.ClassName = "table";
                    element.Replace(around);
                    around.AppendChild(element);
                    Label(around, element);
                    break;
                case "table":
                    Label(element.ParentElement!, element);
                    break;
                case "th" when !element.HasAttribute("scope"):
                    element.SetAttribute("scope", element.Closest("thead") is null ? "row" : "col");
                    break;
                default:
                    break;
            }
        }

        foreach (var text in page.Body!.QuerySelectorAll("td, p, li").SelectMany(part => part.GetDescendants().OfType<IText>()).Where(text => text.ParentElement!.Closest(Code) is null).ToArray())
        {
            text.TextContent = Words.Unbroken(text.TextContent);
        }

        foreach (var text in math is null ? [] : page.Body!.QuerySelectorAll(Code).SelectMany(code => code.GetDescendants().OfType<IText>()).ToArray())
        {
            // Code is shown as it was written.
            text.TextContent = math!.Restore(text.TextContent);
        }
    }

    /// <summary>Puts formulas' sources back into attributes. The cleaner saw marks in their place: what it would not let through goes.</summary>
    private static void RestoreAttributes(IElement element, MathSource math)
    {
        foreach (var attribute in element.Attributes.ToArray())
        {
            var value = math.Restore(attribute.Value);
            if (value == attribute.Value)
            {
                continue;
            }

            if (attribute.Name is "style" || (attribute.Name is "href" or "src" && !HtmlCleaner.MayHold(element, value)))
            {
                element.RemoveAttribute(attribute.Name);
            }
            else
            {
                attribute.Value = value;
            }
        }
    }

    /// <summary>What scrolls has a name for those who do not see it, and page.js lets keys reach it: the table's first column heads.</summary>
    private void Label(IElement around, IElement table)
    {
        var heads = table.QuerySelectorAll("th").Take(HeadsInLabel).Select(head => head.TextContent.Trim()).Where(text => text.Length > 0);
        around.SetAttribute("role", "region");
        around.SetAttribute("aria-label", string.Join(": ", [string.Create(CultureInfo.InvariantCulture, $"Table {++tables}"), .. new[] { string.Join(", ", heads) }.Where(text => text.Length > 0)]));
    }

    private static string? Attached(string url, JsonNode? attachments)
    {
        if (!url.StartsWith(HtmlCleaner.AttachmentScheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Front ends differ in which of the two they encode: the name in the text, or the one it is kept under.
        var name = url[HtmlCleaner.AttachmentScheme.Length..];
        var bundle = (attachments as JsonObject)?.FirstOrDefault(kept => kept.Key == name || Uri.UnescapeDataString(kept.Key) == Uri.UnescapeDataString(name)).Value as JsonObject;
        var (mimeType, content) = (bundle ?? []).FirstOrDefault(form => form.Key.StartsWith("image/", StringComparison.Ordinal));
        return mimeType is null ? null : $"data:{mimeType};base64,{MultilineText.Read(content).ReplaceLineEndings("")}";
    }

    /// <summary>An image file of the notebook's, as part of the page.</summary>
    private string? Embedded(string url)
    {
        if (links is null || links.IsBeside || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith('/') || links.FileOf(url.Split('?', '#')[0]) is not { } path)
        {
            return null;
        }

        try
        {
            var file = new FileInfo(path);
            var mimeType = file.Extension.ToLowerInvariant() switch
            {
                ".png" => "image/png",
                ".jpg" or ".jpeg" => "image/jpeg",
                ".gif" => "image/gif",
                ".webp" => "image/webp",
                ".svg" => "image/svg+xml",
                _ => null,
            };
            return mimeType is not null && file.Exists && file.Length <= LargestImage ? $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(file.FullName))}" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("^</?([a-zA-Z][^\\s/>]*)")]
    private static partial Regex Element();

    // The elements that page.js looks for.
    [GeneratedRegex("^figure-[0-9]+$")]
    private static partial Regex OwnId();
}
