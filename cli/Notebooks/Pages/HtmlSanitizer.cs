using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Ndt.Cli.Notebooks.Pages;

/// <summary>
/// Lets through the HTML that says how text looks and nothing that acts: elements and attributes on a short list, links to
/// the web, images that are part of the text. Everything else is shown as the text it is, so that nothing vanishes unseen;
/// only scripts and style sheets go with their content.
/// </summary>
internal static partial class HtmlSanitizer
{
    private static readonly FrozenSet<string> Elements = FrozenSet.ToFrozenSet(
    [
        "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
        "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
    ]);

    private static readonly FrozenSet<string> Attributes = FrozenSet.ToFrozenSet(
        ["align", "alt", "class", "colspan", "dir", "height", "href", "lang", "open", "rowspan", "scope", "src", "start", "style", "title", "width"]);

    /// <summary>The harmless part of a piece of HTML.</summary>
    public static string Clean(string html)
    {
        html = Dropped().Replace(html, "");
        var clean = new StringBuilder(html.Length);
        var open = new OpenElements();
        var end = 0;
        foreach (Match tag in Tag().Matches(html))
        {
            AppendText(clean, html[end..tag.Index]);
            AppendTag(clean, tag, open);
            end = tag.Index + tag.Length;
        }

        AppendText(clean, html[end..]);
        open.CloseAll(clean);
        return clean.ToString();
    }

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

    private static void AppendTag(StringBuilder clean, Match tag, OpenElements open)
    {
        var name = tag.Groups["name"].Value.ToLowerInvariant();
        if (!Elements.Contains(name))
        {
            clean.Append(WebUtility.HtmlEncode(tag.Value));
            return;
        }

        if (tag.Groups["close"].Length > 0)
        {
            open.Close(name, clean);
            return;
        }

        clean.Append('<').Append(name);
        foreach (Match attribute in Attribute().Matches(tag.Groups["attributes"].Value))
        {
            AppendAttribute(clean, attribute.Groups["name"].Value.ToLowerInvariant(), WebUtility.HtmlDecode(attribute.Groups["value"].Value));
        }

        clean.Append('>');
        if (name is not ("br" or "hr" or "img"))
        {
            open.Push(name);
        }
    }

    private static void AppendAttribute(StringBuilder clean, string name, string value)
    {
        var harmless = name switch
        {
            "href" => IsHarmlessLink(value),
            "src" => IsLocalImage(value),
            "style" => Alignment().IsMatch(value),
            _ => Attributes.Contains(name),
        };
        if (harmless)
        {
            clean.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
        }
    }

    private static void AppendText(StringBuilder clean, string text) =>
        clean.Append(text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal));

    [GeneratedRegex("""<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\z)|<!--.*?(?:-->|\z)""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Dropped();

    [GeneratedRegex("""<(?<close>/?)(?<name>[a-zA-Z][a-zA-Z0-9-]*)(?<attributes>(?:\s+[a-zA-Z_:][-a-zA-Z0-9_:.]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*/?>""", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[a-zA-Z_:][-a-zA-Z0-9_:.]*)(?:\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'=<>`]+)))?""", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    [GeneratedRegex("""\A\s*(?:text-align\s*:\s*(?:left|right|center)|max-width\s*:\s*100%)\s*;?\s*\z""", RegexOptions.IgnoreCase)]
    private static partial Regex Alignment();
}
