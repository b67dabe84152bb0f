using System.Net;
using System.Text.RegularExpressions;

namespace Ndt.Tests.Fuzzing;

/// <summary>Looks at a page as a browser's tokeniser would, and finds what could act in it. It shares nothing with the sanitizer: what starts a tag is a bracket before a letter.</summary>
internal static partial class HtmlAudit
{
    private static readonly string[] Acting =
        ["iframe", "frame", "object", "embed", "applet", "svg", "math", "form", "button", "base", "style", "template", "noscript", "xmp", "plaintext", "textarea", "video", "audio", "source", "portal"];

    /// <summary>What could act in the page; null where nothing could.</summary>
    public static string? Complaint(string html)
    {
        // The content of a script element ends at the first </script, whatever stands in it.
        foreach (Match tag in Tag().Matches(Data().Replace(html, "")))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            var attributes = Attribute().Matches(tag.Groups["rest"].Value)
                .Select(attribute => (Name: attribute.Groups["name"].Value.ToLowerInvariant(), Value: WebUtility.HtmlDecode(attribute.Groups["value"].Value.Trim('"', '\'')))).ToArray();
            var isOwn = tag.Value is "<meta charset=\"utf-8\">" || tag.Value.StartsWith("<meta name=\"viewport\"", StringComparison.Ordinal)
                || tag.Value.StartsWith("<meta http-equiv=\"Content-Security-Policy\"", StringComparison.Ordinal)
                || tag.Value is "<link rel=\"icon\" href=\"data:,\">" or "<link rel=\"stylesheet\" href=\"assets/page.css\">" or "<script src=\"assets/plotly.min.js\">" or "<script src=\"assets/page.js\">"
                or "<math class=\"tex\">" or "<math class=\"tex\" display=\"block\">";
            if (isOwn)
            {
                continue;
            }

            if (Acting.Contains(name) || name is "script" or "meta" or "link" || (name == "input" && !attributes.Contains(("type", "checkbox"))))
            {
                return $"holds {tag.Value}";
            }

            if (attributes.FirstOrDefault(attribute => IsBad(name, attribute.Name, attribute.Value)) is { Name: { } bad })
            {
                return $"holds {tag.Value} ({bad})";
            }
        }

        return null;
    }

    private static bool IsBad(string element, string name, string value)
    {
        var url = string.Concat(value.Where(c => c > ' ')).Replace('\\', '/').ToLowerInvariant();
        return name.StartsWith("on", StringComparison.Ordinal)
            || name is "srcdoc" or "srcset" or "formaction" or "action" or "background" or "ping" or "xlink:href"
            || (name == "href" && (url.StartsWith("javascript:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("vbscript:", StringComparison.Ordinal) || url.StartsWith("//", StringComparison.Ordinal)))
            || (name == "src" && element == "img" && !url.StartsWith("data:image/", StringComparison.Ordinal) && (url.Contains(':', StringComparison.Ordinal) || url.StartsWith("//", StringComparison.Ordinal)))
            || (name == "style" && (url.Contains("url(", StringComparison.Ordinal) || url.Contains("position", StringComparison.Ordinal)));
    }

    [GeneratedRegex("""<script type="application/json" id="figure-[0-9]+">.*?</script""", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("""<(?<name>[a-zA-Z][^\s/>]*)(?<rest>(?:"[^"]*"|'[^']*'|[^"'>])*)>?""", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[^\s"'>/=]+)(?:\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"'>]+))?""", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Attribute();
}
