using System.Net;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>The first page of the results: each notebook's verdict (else the text below its title) and first figure, and the tables that were written.</summary>
internal static class SiteIndex
{
    /// <summary>The page's file.</summary>
    public const string FileName = "index.html";

    /// <summary>Writes <c>index.html</c> into <paramref name="pages"/> for executed notebooks; links to the tables below <paramref name="results"/>.</summary>
    public static void Write(string results, string pages, IReadOnlyList<string> notebooks)
    {
        PageAssets.Write(pages);
        var cards = string.Concat(notebooks.Select(Card));
        var body = $"<div class=\"page single\">\n<main>\n<h1>Results</h1>\n<ul class=\"cards\">\n{cards}</ul>\n{Tables(results, pages)}</main>\n</div>";
        AtomicFile.WriteText(Path.Combine(pages, FileName), PageFrame.Of("Results", body, hasFigures: false));
    }

    private static string Card(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var document = NotebookDocument.Read(path);
        var page = WebUtility.HtmlEncode(Uri.EscapeDataString(name) + ".html");
        var summary = NotebookPage.Summary(document) is { Length: > 0 } verdict ? verdict : FirstParagraph(document) + NotebookPage.FirstFigure(document);
        return $"<li><h2><a href=\"{page}\">{WebUtility.HtmlEncode(document.Title ?? name)}</a></h2>\n{summary}</li>\n";
    }

    private static string FirstParagraph(NotebookDocument document)
    {
        var paragraphs = document.Cells.Where(c => c.Type == "markdown").SelectMany(c => c.Source.Split("\n\n"));
        return paragraphs.FirstOrDefault(p => p.Trim().Length > 0 && !p.TrimStart().StartsWith('#')) is { } first ? new MarkdownRenderer().Render(first) : "";
    }

    private static string Tables(string results, string pages)
    {
        string[] tables = [.. Directory.GetFiles(results, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        if (tables.Length == 0)
        {
            return "";
        }

        var items = tables.Select(path =>
        {
            var link = string.Join('/', Path.GetRelativePath(pages, path).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
            var text = Path.GetRelativePath(results, path).Replace(Path.DirectorySeparatorChar, '/');
            return $"<li><a href=\"{WebUtility.HtmlEncode(link)}\">{WebUtility.HtmlEncode(text)}</a></li>";
        });
        return $"<h2>Tables</h2>\n<ul>\n{string.Join('\n', items)}\n</ul>\n";
    }
}
