using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace Ndt.Cli.Pages;

/// <summary>
/// Lets through the HTML that says how text looks and nothing that acts: elements and attributes on a list, links to the web,
/// images that are part of the text. HtmlSanitizer does the work. Other elements are shown as the text they are, so that nothing
/// vanishes unseen; only scripts, style sheets and comments go with their content.
/// </summary>
internal static partial class HtmlCleaner
{
    /// <summary>The scheme of an image that is kept in its cell.</summary>
    public const string AttachmentScheme = "attachment:";

    // The parser's work grows with what is open, and each element that is open nests the next ones deeper.
    private const int Deepest = 250;
    private const int WeightOfFormatting = 8;

    private static readonly FrozenSet<string> Elements = FrozenSet.ToFrozenSet(
    [
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
        "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "nobr", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
        "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    ]);

    private static readonly FrozenSet<string> Formatting = FrozenSet.ToFrozenSet(["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]);

    // Elements that never stay open, or that the next of their kind closes.
    private static readonly FrozenSet<string> Closed = FrozenSet.ToFrozenSet(["br", "hr", "img", "input", "wbr", "col", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"]);

    private static readonly (string Attribute, string Element)[] AddressPlaces = [("href", "a"), ("src", "img")];

    private static readonly HtmlSanitizer Sanitizer = Create();

    /// <summary>Whether an element stands on the list, or goes with its content: what does neither is shown as text.</summary>
    public static bool IsShownAsText(string element) => !Elements.Contains(element) && !IsDropped(element);

    /// <summary>The harmless part of a piece of HTML; <paramref name="finish"/> may change the document before it is written.</summary>
    public static string Clean(string html, Action<IHtmlDocument>? finish = null)
    {
        if (IsTooDeep(html))
        {
            return $"<pre>{System.Net.WebUtility.HtmlEncode(html)}</pre>";
        }

        var document = Sanitizer.SanitizeDom(html);
        foreach (var input in document.QuerySelectorAll("input").ToArray())
        {
            // Of a list of tasks; whatever else asks for input acts.
            if (input.GetAttribute("type") == "checkbox")
            {
                input.SetAttribute("disabled", "");
            }
            else
            {
                input.Remove();
            }
        }

        // An address was looked at as a link's or an image's, by its element: it stays where that has a place for it.
        foreach (var (attribute, element) in AddressPlaces)
        {
            document.QuerySelectorAll($"[{attribute}]:not({element})").ToList().ForEach(found => found.RemoveAttribute(attribute));
        }

        finish?.Invoke(document);
        foreach (var image in document.QuerySelectorAll("img").Where(image => image.GetAttribute("src")?.StartsWith(AttachmentScheme, StringComparison.OrdinalIgnoreCase) == true))
        {
            image.RemoveAttribute("src");
        }

        using var writer = new StringWriter();
        foreach (var node in document.Body!.ChildNodes)
        {
            node.ToHtml(writer, Sanitizer.OutputFormatter);
        }

        return writer.ToString();
    }

    /// <summary>Whether an element may hold an address: an image one of an image, any other one of a link.</summary>
    public static bool MayHold(IElement element, string url) => element is IHtmlImageElement
        ? IsLocalImage(url) || url.StartsWith(AttachmentScheme, StringComparison.OrdinalIgnoreCase)
        : IsHarmlessLink(url);

    /// <summary>Whether a link may stand on a page: to the web, to a mail address, or to a place relative to the page.</summary>
    public static bool IsHarmlessLink(string url)
    {
        // Browsers pass over white space and take a backslash for a slash: /\host is another machine as well.
        var trimmed = string.Concat(url.Where(c => c > ' ')).Replace('\\', '/');
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon >= 0 && trimmed.IndexOfAny(['/', '?', '#']) is var slash && (slash < 0 || colon < slash) ? trimmed[..colon] : null;
        return scheme is null
            ? !trimmed.StartsWith("//", StringComparison.Ordinal)
            : scheme.ToLowerInvariant() is "http" or "https" or "mailto";
    }

    /// <summary>Whether an image may stand on a page: part of the text, or a file beside it; nothing is fetched from elsewhere.</summary>
    public static bool IsLocalImage(string url) =>
        url.StartsWith("data:image/", StringComparison.Ordinal) || (IsHarmlessLink(url) && !url.Contains(':', StringComparison.Ordinal));

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Elements.ToHashSet(),
            AllowedAttributes = new HashSet<string>
            {
                "align", "alt", "checked", "class", "colspan", "datetime", "dir", "disabled", "height", "href", "id", "lang", "name", "open", "reversed", "rowspan", "scope", "span", "src", "start", "style", "title", "type", "valign", "value", "width",
            },
            AllowedCssProperties = new HashSet<string> { "text-align", "max-width" },
            AllowedSchemes = new HashSet<string> { "http", "https", "mailto" },
            UriAttributes = new HashSet<string> { "href", "src" },
        });
        sanitizer.FilterUrl += (_, e) => e.SanitizedUrl = MayHold(e.Tag, e.OriginalUrl) ? e.OriginalUrl : null;
        sanitizer.RemovingTag += (_, e) =>
        {
            e.Cancel = true;
            if (IsDropped(e.Tag.LocalName))
            {
                e.Tag.Remove();
                return;
            }

            var attributes = string.Concat(e.Tag.Attributes.Select(a => $" {a.Name}=\"{a.Value}\""));
            INode[] content = e.Tag.ChildNodes.Length > 0 ? [.. e.Tag.ChildNodes] : [];
            e.Tag.Replace([e.Tag.Owner!.CreateTextNode($"<{e.Tag.LocalName}{attributes}>"), .. content]);
        };
        return sanitizer;
    }

    private static bool IsDropped(string element) => element is "script" or "style";

    private static bool IsTooDeep(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var depth = 0;
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups[2].Value.ToLowerInvariant();
            if (Closed.Contains(name))
            {
                continue;
            }

            var weight = Formatting.Contains(name) ? WeightOfFormatting : 1;
            var opens = tag.Groups[1].Length == 0;
            if (opens || open.GetValueOrDefault(name) > 0)
            {
                open[name] = open.GetValueOrDefault(name) + (opens ? 1 : -1);
                depth += opens ? weight : -weight;
            }

            if (depth > Deepest)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("<(/?)([a-zA-Z][^\\s/>]*)", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
