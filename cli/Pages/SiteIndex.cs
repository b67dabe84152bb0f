using System.Net;
using Ndt.Cli.Documentation;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>
/// The first page of the results: the question as README asks it, what the notebooks found, in one picture and by the cells that say so, then each notebook's verdict (else the
/// text below its title) and first figure, the tables that were written, and how to cite.
/// </summary>
internal static class SiteIndex
{
    /// <summary>The page's file.</summary>
    public const string FileName = "index.html";

    /// <summary>Writes <c>index.html</c> into <paramref name="folder"/>, where the notebooks' pages are, for their executed copies in <paramref name="results"/>.</summary>
    /// <param name="root">The checkout, with README.md and CITATION.cff; what is not there is left out.</param>
    /// <param name="results">Where executed notebooks and tables are.</param>
    /// <param name="folder">Where the pages are.</param>
    /// <param name="pages">The page of each notebook, by full paths.</param>
    public static void Write(string root, string results, string folder, IReadOnlyDictionary<string, string> pages)
    {
        PageAssets.Write(folder);
        var notebooks = pages.Keys.Order(StringComparer.Ordinal).Select(notebook => (Path: Path.Combine(results, Path.GetFileName(notebook)), Page: pages[notebook], Links: new PageLinks(notebook, pages, isQuoted: true))).ToArray();
        var cards = string.Concat(notebooks.Select(one => Card(one.Path, one.Page, one.Links)));
        var findings = string.Concat(notebooks.SelectMany(one => FoundText.Findings(one.Path).Select(finding => $"<li>{new MarkdownRenderer(one.Links).Render(finding)}</li>\n")));
        var body = $"<div class=\"page single\">\n<main>\n{Question(root, folder)}{Found(findings, results)}<h2>The notebooks</h2>\n<ul class=\"cards\">\n{cards}</ul>\n{Tables(results, folder)}{Citation(root)}</main>\n</div>";
        AtomicFile.WriteText(Path.Combine(folder, FileName), PageFrame.Of("Ndt: results", body, hasFigures: false));
    }

    /// <summary>README up to its first section: the name, the question, and what this is.</summary>
    private static string Question(string root, string folder)
    {
        var readme = Path.Combine(root, "README.md");
        if (!File.Exists(readme))
        {
            return "<h1>Results</h1>\n";
        }

        var text = File.ReadAllText(readme);
        var links = new PageLinks(readme, new Dictionary<string, string> { [Path.GetFullPath(readme)] = Path.GetFullPath(Path.Combine(folder, FileName)) });
        return new MarkdownRenderer(links).Render(text.Split("\n## ")[0]);
    }

    private static string Found(string findings, string results) =>
        findings.Length == 0 ? "" : $"<h2>What was found</h2>\n{Picture(results)}<ol class=\"findings\">\n{findings}</ol>\n";

    /// <summary>The figure that tells what was found; nothing where no notebook has it, or not as an image.</summary>
    private static string Picture(string results)
    {
        if (!File.Exists(Path.Combine(results, StoredFigure.Found.Notebook)))
        {
            return "";
        }

        try
        {
            var (image, description) = StoredFigure.Found.Read(results);
            return $"<figure><img src=\"data:image/webp;base64,{Convert.ToBase64String(image)}\" alt=\"{WebUtility.HtmlEncode(description)}\"></figure>\n";
        }
        catch (InputException)
        {
            return ""; // no Chromium drew it
        }
    }

    private static string Citation(string root) =>
        Path.Combine(root, "CITATION.cff") is var file && File.Exists(file) ? $"<h2>How to cite</h2>\n<pre>{WebUtility.HtmlEncode(File.ReadAllText(file))}</pre>\n" : "";

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
