using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ndt.Cli.Documentation;

/// <summary>A docstring's XML as Markdown, with links between pages, to DOIs and to arXiv.</summary>
/// <param name="from">The page that it stands on.</param>
internal sealed partial class DocstringMarkdown(PartPage from)
{
    /// <summary>The text of an element in one paragraph; empty for null.</summary>
    public string Text(XElement? element) => element is null ? "" : Blank().Replace(string.Concat(element.Nodes().Select(Inline)), " ").Trim();

    /// <summary>The paragraphs of remarks: a paragraph that begins with a word in bold and a full stop is a section of that name, the others have none.</summary>
    public IEnumerable<(string? Section, string Text)> Paragraphs(XElement? remarks)
    {
        if (remarks is null)
        {
            yield break;
        }

        var paragraphs = remarks.Elements("para").ToArray();
        foreach (var paragraph in paragraphs.Length == 0 ? [remarks] : paragraphs)
        {
            var first = paragraph.Nodes().FirstOrDefault(node => node is not XText { Value: var text } || !string.IsNullOrWhiteSpace(text));
            if (first is XElement { Name.LocalName: "b" } title && title.Value.EndsWith('.'))
            {
                var rest = new XElement(paragraph);
                rest.Element("b")!.Remove();
                yield return (title.Value.TrimEnd('.'), Text(rest));
            }
            else
            {
                yield return (null, Text(paragraph));
            }
        }
    }

    private string Inline(XNode node) => node switch
    {
        XText text => Plain(text.Value),
        XElement { Name.LocalName: "see" or "seealso" } see => See(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => $"`{reference.Attribute("name")?.Value}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "b" } bold => $"**{Text(bold)}**",
        XElement { Name.LocalName: "em" or "i" } slanted => $"*{Text(slanted)}*",
        XElement other => Text(other),
        _ => "",
    };

    private string See(XElement see)
    {
        if (see.Attribute("cref")?.Value is not { } reference)
        {
            return $"`{see.Attribute("langword")?.Value ?? Text(see)}`";
        }

        // T:Namespace.Type or M:Namespace.Type.Member(arguments): enough of a name for a reader is the last part, or the last two.
        var path = reference[2..].Split('(')[0].Split('.');
        var page = PartCatalogue.Pages.FirstOrDefault(page => page.Method is { } method && string.Join('.', path) == $"{page.Type.FullName}.{method}")
            ?? PartCatalogue.Pages.FirstOrDefault(page => page.Method is null && (string.Join('.', path) == page.Type.FullName || string.Join('.', path[..^1]) == page.Type.FullName));
        var isOfOwnType = reference[0] == 'T' || string.Join('.', path[..^1]) == from.Type.FullName;
        var name = isOfOwnType || page is { Method: not null } ? path[^1] : $"{path[^2]}.{path[^1]}";
        return page is null || page == from ? $"`{name}`" : $"[`{name}`]({Path.GetRelativePath(from.Folder.Length == 0 ? "." : from.Folder, page.Path).Replace('\\', '/')})";
    }

    private static string Plain(string text)
    {
        var result = new StringBuilder();
        var start = 0;
        foreach (Match source in Source().Matches(text))
        {
            result.Append(Escape(text[start..source.Index]));
            result.Append(source.Groups["doi"] is { Success: true, Value: var doi }
                ? $"[doi:{Escape(doi)}](https://doi.org/{doi.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)})"
                : $"[{source.Value}](https://arxiv.org/abs/{source.Groups["arxiv"].Value})");
            start = source.Index + source.Length;
        }

        return result.Append(Escape(text[start..])).ToString();
    }

    private static string Escape(string text) => Link().Replace(Special().Replace(text, @"\$0"), @"\[").Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    // A DOI may hold brackets, as long as they close; the full stop of a sentence is not its own.
    [GeneratedRegex(@"doi:(?<doi>10\.\d{4,9}/(?:[^\s,;()]|\([^\s()]*\))*[^\s,;().])|arXiv:(?<arxiv>\d{4}\.\d{4,5})")]
    private static partial Regex Source();

    [GeneratedRegex(@"[\\`*_]")]
    private static partial Regex Special();

    [GeneratedRegex(@"\[(?=[^\]]*\][:(\[])")]
    private static partial Regex Link();
}
