using System.Net;
using System.Text.RegularExpressions;
using Ndt.Cli.Browser;
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

    /// <summary>Writes <c>index.html</c> into <paramref name="folder"/>, where the notebooks' pages are, for their executed copies.</summary>
    /// <param name="root">The checkout, with README.md and CITATION.cff; what is not there is left out.</param>
    /// <param name="results">Where tables are.</param>
    /// <param name="folder">Where the pages are.</param>
    /// <param name="pages">The page of each notebook, by full paths.</param>
    /// <param name="executed">Where the executed notebooks are; null where they are beside the tables.</param>
    public static void Write(string root, string results, string folder, IReadOnlyDictionary<string, string> pages, string? executed = null)
    {
        PageAssets.Write(folder);
        var notebooks = pages.Keys.Order(StringComparer.Ordinal).Select(notebook => (Path: Path.Combine(executed ?? results, Path.GetFileName(notebook)), Page: pages[notebook], Links: new PageLinks(notebook, pages, isQuoted: true))).ToArray();
        var cards = string.Concat(notebooks.Select((one, i) => Card(one.Path, one.Page, one.Links, FormattableString.Invariant($"figure-{i + 1}"))));
        var findings = string.Concat(notebooks.SelectMany(one => FoundText.Findings(one.Path).Select(finding => $"<li>{new MarkdownRenderer(one.Links).Render(finding)}</li>\n")));
        var explorer = File.Exists(Path.Combine(folder, ExplorerPage.FileName)) ? $"<h2>The records</h2>\n<p><a href=\"{ExplorerPage.FileName}\">Explore the records</a>: any run, layer and metric, two at a time, with the data as CSV.</p>\n" : "";
        var citation = Citation(root);
        var body = $"<div class=\"page single\">\n<main>\n{Sections(explorer.Length > 0, citation.Length > 0)}{Question(root, folder)}{Found(findings, executed ?? results)}<h2 id=\"notebooks\">The notebooks</h2>\n<ul class=\"cards\">\n{cards}</ul>\n{explorer}{Tables(results, folder)}{citation}</main>\n</div>";
        AtomicFile.WriteText(Path.Combine(folder, FileName), PageFrame.Of("Ndt: results", body, hasFigures: body.Contains("data-figure=", StringComparison.Ordinal)));
    }

    private static string Sections(bool hasExplorer, bool hasCitation) =>
        $"<nav class=\"site\" aria-label=\"Site\"><a href=\"#notebooks\">The notebooks</a>{(hasExplorer ? $" <a href=\"{ExplorerPage.FileName}\">Explore the records</a>" : "")}{(hasCitation ? " <a href=\"#cite\">How to cite</a>" : "")}</nav>\n";

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

    private static string Found(string findings, string executed) =>
        findings.Length == 0 ? "" : $"<h2>What was found</h2>\n{Picture(executed)}<ol class=\"findings\">\n{findings}</ol>\n";

    /// <summary>The figure that tells what was found; nothing where no notebook has it.</summary>
    private static string Picture(string executed) =>
        Path.Combine(executed, StoredFigure.Found.Notebook) is var path && File.Exists(path) ? NotebookPage.FirstFigure(NotebookDocument.Read(path), "figure-0", StoredFigure.Found.Cell) : "";

    private static string Citation(string root)
    {
        var file = Path.Combine(root, "CITATION.cff");
        if (!File.Exists(file))
        {
            return "";
        }

        var text = File.ReadAllText(file);
        string Field(string name) => Regex.Match(text, $"^[ -]*{name}: *\"?(.*?)\"? *$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Groups[1].Value;
        var (title, author, year, version) = (Field("title"), Field("name"), Field("year"), Field("version"));
        var whole = new[] { title, author, year, version }.All(part => part.Length > 0);
        var words = whole ? $"<p>{WebUtility.HtmlEncode(author)} ({year}). <cite>{WebUtility.HtmlEncode(title)}</cite>. Version {WebUtility.HtmlEncode(version)}.</p>\n" : "";
        var bibtex = whole ? $"<pre>{WebUtility.HtmlEncode($"@software{{ndt,\n  title = {{{{{title}}}}},\n  author = {{{{{author}}}}},\n  year = {{{year}}},\n  version = {{{version}}}\n}}")}</pre>\n" : "";
        return $"<h2 id=\"cite\">How to cite</h2>\n{words}{bibtex}<details class=\"code\"><summary>CITATION.cff</summary>\n<pre>{WebUtility.HtmlEncode(text)}</pre></details>\n";
    }

    private static string Card(string path, string page, PageLinks links, string id)
    {
        var document = NotebookDocument.Read(path);
        var preferred = StoredFigure.All.LastOrDefault(figure => figure.Notebook == Path.GetFileName(path))?.Cell;
        var summary = NotebookPage.Summary(document, links, id, preferred) is { Length: > 0 } verdict ? verdict : FirstParagraph(document, links) + NotebookPage.FirstFigure(document, id, preferred);
        var link = WebUtility.HtmlEncode(Uri.EscapeDataString(Path.GetFileName(page)));
        return $"<li><h3><a href=\"{link}\">{WebUtility.HtmlEncode(document.Title ?? Path.GetFileNameWithoutExtension(path))}</a></h3>\n{summary}{Printed(page)}</li>\n";
    }

    /// <summary>The way to a page's PDF, where it has one.</summary>
    private static string Printed(string page) => PagePrinter.PdfOf(page) is var file && File.Exists(file)
        ? $"<p><a href=\"{WebUtility.HtmlEncode(Uri.EscapeDataString(Path.GetFileName(file)))}\">To print: {WebUtility.HtmlEncode(Path.GetFileName(file))}</a></p>\n"
        : "";

    private static string FirstParagraph(NotebookDocument document, PageLinks links)
    {
        var paragraphs = document.Cells.Where(c => c.Type == "markdown").SelectMany(c => c.Source.Split("\n\n"));
        return paragraphs.FirstOrDefault(p => p.Trim().Length > 0 && !p.TrimStart().StartsWith('#')) is { } first ? new MarkdownRenderer(links).Render(first) : "";
    }

    private static string Tables(string results, string pages)
    {
        string[] sites = [.. new[] { pages, Path.Combine(results, "html") }.Select(site => Path.GetFullPath(site) + Path.DirectorySeparatorChar)]; // figures' data have links of their own
        string[] tables = !Directory.Exists(results) ? [] : [.. Directory.GetFiles(results, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".csv" or ".json" && !sites.Any(site => Path.GetFullPath(path).StartsWith(site, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
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
