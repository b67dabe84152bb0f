using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Ndt.Measurement;

namespace Ndt.Cli.Documentation;

/// <summary>A page on one estimator, detector or measure of similarity: its docstrings, in the order that a reader asks.</summary>
internal sealed class PartPageText(LibrarySymbols library)
{
    private const string Reference = "Reference";

    /// <summary>What every page says, beside what the thing is.</summary>
    internal static readonly string[] Sections = ["When to use", "What fools it", Reference];

    /// <summary>The page as Markdown; what it measures, it measures on the checkout <paramref name="root"/>.</summary>
    public string Of(PartPage page, string root)
    {
        var type = library.Type(page.Type);
        var markdown = new DocstringMarkdown(page);
        var subject = page.Method is null ? type : LibrarySymbols.Members(type).Single(member => member.Name == page.Method);
        var docstring = LibrarySymbols.Docstring(subject) ?? throw new InvalidOperationException($"{subject} has no docstring");
        var paragraphs = markdown.Paragraphs(docstring.Element("remarks")).ToArray();
        var text = new StringBuilder($"<!-- Written by `ndt docs` from the docstring of {page.Type.Name}{(page.Method is null ? "" : $".{page.Method}")} in lib/; change it there. -->\n# {page.Title}\n\n");
        Paragraph(text, markdown.Text(docstring.Element("summary")));
        foreach (var (_, paragraph) in paragraphs.Where(one => one.Section is null))
        {
            Paragraph(text, paragraph);
        }

        foreach (var (section, paragraph) in paragraphs.Where(one => one.Section is not (null or Reference)))
        {
            Paragraph(text, $"## {section}");
            Paragraph(text, paragraph);
        }

        Place(text, page, root);
        Paragraph(text, "## In C#");
        Paragraph(text, $"`using {page.Type.Namespace};`");
        if (page.Method is null)
        {
            Figures(text, type, markdown);
            Members(text, type, markdown);
        }
        else
        {
            Member(text, subject, markdown, withText: false);
            Paragraph(text, markdown.Text(LibrarySymbols.Docstring(type)?.Element("summary")));
            foreach (var (_, paragraph) in markdown.Paragraphs(LibrarySymbols.Docstring(type)?.Element("remarks")))
            {
                Paragraph(text, paragraph);
            }
        }

        foreach (var (_, paragraph) in paragraphs.Where(one => one.Section is Reference))
        {
            Paragraph(text, $"## {Reference}");
            Paragraph(text, paragraph);
        }

        return $"{text.ToString().TrimEnd()}\n";
    }

    /// <summary>The first sentence of what the page says, for the index.</summary>
    public string Gist(PartPage page)
    {
        var type = library.Type(page.Type);
        var subject = page.Method is null ? type : LibrarySymbols.Members(type).Single(member => member.Name == page.Method);
        var text = new DocstringMarkdown(new PartPage("", page.Title, page.Type, page.Method)).Text(LibrarySymbols.Docstring(subject)?.Element("summary"));
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    // Where the thing meets the rest of the project.
    private static void Place(StringBuilder text, PartPage page, string root)
    {
        if (page.Bench is not null)
        {
            Paragraph(text, "## On the bench");
            Paragraph(text, page.Bench(root));
        }
        else if (page.Folder == PartCatalogue.DetectorFolder)
        {
            Paragraph(text, "## On the bench");
            Paragraph(text, "What it reports on series whose truth is known (noise, drift, steps), and whether its detections may be called jumps, is measured in [notebook 04](../../notebooks/04_honest_reassessment.ipynb) under *Jumps or drift?*; the numbers are there and not here.");
        }
        else if (page.Method is not null && Enum.TryParse<Metric>(page.Method, out var metric))
        {
            Paragraph(text, "## In records");
            Paragraph(text, Enum.TryParse<Metric>($"Centred{page.Method}", out var centred)
                ? $"`{metric.Name()}`, and of the centred matrix `{centred.Name()}`."
                : $"`{metric.Name()}`.");
        }
    }

    private static void Figures(StringBuilder text, INamedTypeSymbol type, DocstringMarkdown markdown)
    {
        if (LibrarySymbols.HoldsFigures(type))
        {
            Paragraph(text, $"`{type.Name}` holds:");
            Parameters(text, LibrarySymbols.Docstring(type)!, markdown);
        }
    }

    private static void Members(StringBuilder text, INamedTypeSymbol type, DocstringMarkdown markdown)
    {
        foreach (var member in LibrarySymbols.Members(type))
        {
            // A primary constructor repeats the type's docstring; only its parameters are news.
            Member(text, member, markdown, withText: member is not IMethodSymbol { MethodKind: MethodKind.Constructor });
        }
    }

    private static void Member(StringBuilder text, ISymbol member, DocstringMarkdown markdown, bool withText)
    {
        var docstring = LibrarySymbols.Docstring(member)!;
        Paragraph(text, $"```csharp\n{LibrarySymbols.Signature(member)}\n```");
        if (withText)
        {
            Paragraph(text, markdown.Text(docstring.Element("summary")));
            foreach (var (_, paragraph) in markdown.Paragraphs(docstring.Element("remarks")))
            {
                Paragraph(text, paragraph);
            }
        }

        Parameters(text, docstring, markdown);
        foreach (var error in docstring.Elements("exception"))
        {
            Paragraph(text, $"Throws `{error.Attribute("cref")!.Value.Split('.')[^1]}`: {markdown.Text(error)}");
        }
    }

    private static void Parameters(StringBuilder text, XElement docstring, DocstringMarkdown markdown) =>
        Paragraph(text, string.Join('\n', docstring.Elements("param").Select(parameter => $"- `{parameter.Attribute("name")!.Value}`: {markdown.Text(parameter)}")));

    private static void Paragraph(StringBuilder text, string paragraph)
    {
        if (paragraph.Length > 0)
        {
            text.Append(paragraph).Append("\n\n");
        }
    }
}
