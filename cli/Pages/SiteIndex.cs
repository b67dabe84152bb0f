using System.Net;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>The first page of the results: each notebook's verdict (else the text below its title) and first figure, and the tables that were written.</summary>
internal static class SiteIndex
{
    /// <summary>The page's file.</summary>
    public const string FileName = "index.html";

    /// <summary>
    /// Writes <c>index.html</c> into <paramref name="folder"/>, where the notebooks' pages are, for their executed copies in <paramref name="results"/>; links to the
    /// tables there.
    /// </summary>
    public static void Write(string results, string folder, IReadOnlyDictionary<string, string> pages)
    {
        PageAssets.Write(folder);
        var cards = string.Concat(pages.Keys.Order(StringComparer.Ordinal).Select(notebook => Card(Path.Combine(results, Path.GetFileName(notebook)), pages[notebook], new PageLinks(notebook, pages, isQuoted: true))));
        var body = $"<div class=\"page single\">\n<main>\n<h1>Results</h1>\n<ul class=\"cards\">\n{cards}</ul>\n{Tables(results, folder)}</main>\n</div>";
        AtomicFile.WriteText(Path.Combine(folder, FileName), PageFrame.Of("Results", body, hasFigures: false));
    }

    private static string Card(string path, string page, PageLinks links)
    {
        var document = NotebookDocument.Read(path);
        var summary = NotebookPage.Summary(document, links) is { Length: > 0 } verdict ? verdict : FirstParagraph(document, links) + NotebookPage.FirstFigure(document);
        var link = WebUtility.HtmlEncode(Uri.EscapeDataString(Path.GetFileName(page)));
        return $"<li><h2><a href=\"{link}\">{WebUtility.HtmlEncode(document.Title ?? Path.GetFileNameWithoutExtension(path))}</a></h2>\n{summary}</li>\n";
    }

    private static string FirstParagraph(NotebookDocument document, PageLinks links)
    {
        var paragraphs = document.Cells.Where(c => c.Type == "markdown").SelectMany(c => c.Source.Split("\n\n"));
        return paragraphs.FirstOrDefault(p => p.Trim().Length > 0 && !p.TrimStart().StartsWith('#')) is { } first ? new MarkdownRenderer(links).Render(first) : "";
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
            var link = PageLinks.Relative(pages, path);
            var text = Path.GetRelativePath(results, path).Replace(Path.DirectorySeparatorChar, '/');
            return $"<li><a href=\"{WebUtility.HtmlEncode(link)}\">{WebUtility.HtmlEncode(text)}</a></li>";
        });
        return $"<h2>Tables</h2>\n<ul>\n{string.Join('\n', items)}\n</ul>\n";
    }
}
