using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class PageLinksTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("../docs/defects.md#defect-a", "../../docs/defects.md#defect-a")]
    [InlineData("b.ipynb", "b.html")]
    [InlineData("./b.ipynb#What-we-ask-next", "b.html#what-we-ask-next")]
    [InlineData("unlisted.ipynb#Top", "../../notebooks/unlisted.ipynb#Top")]
    [InlineData("../data/a%20b.csv?x=1", "../../data/a%20b.csv?x=1")]
    [InlineData("#here", "#here")]
    [InlineData("https://example.org/a.md", "https://example.org/a.md")]
    [InlineData("mailto:a@example.org", "mailto:a@example.org")]
    [InlineData("/docs/defects.md", "/docs/defects.md")]
    [InlineData("a%00b", "a%00b")]
    public void A_link_of_the_notebook_leads_to_the_same_place_from_a_page_in_another_folder(string link, string expected)
    {
        string[] notebooks = [folder.PathOf("notebooks/a.ipynb"), folder.PathOf("notebooks/b.ipynb")];
        Assert.Equal(expected, new PageLinks(notebooks[0], PageLinks.PagesOf(notebooks, folder.PathOf("results/html"))).Of(link));
    }

    [Theory]
    [InlineData("../docs/a%20b.md", "../docs/a%20b.md")]
    [InlineData("b.ipynb#Top", "b.html#top")]
    [InlineData("sub/c.ipynb", "sub/c.html")]
    [InlineData("unlisted.ipynb", "unlisted.ipynb")]
    public void Beside_its_notebook_a_page_differs_only_in_links_to_notebooks_with_a_page(string link, string expected)
    {
        string[] notebooks = [folder.PathOf("a.ipynb"), folder.PathOf("b.ipynb"), folder.PathOf("sub/c.ipynb")];
        Assert.Equal(expected, new PageLinks(notebooks[0], PageLinks.PagesOf(notebooks, null)).Of(link));
    }

    [Fact]
    public void Links_of_text_of_HTML_and_of_what_cells_put_out_are_all_rewritten()
    {
        var document = NotebookDocument.Parse(
            """
            {"cells": [{"cell_type": "markdown", "metadata": {}, "source": "[x](d.md) <a href=\"e.md\">y</a>"},
              {"cell_type": "code", "metadata": {"tags": ["verdict"]}, "source": "", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/markdown": "[z](f.md)"}}]},
              {"cell_type": "code", "metadata": {}, "source": "", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<a href='g.md'>w</a>"}}]}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """,
            "n");
        var notebook = folder.PathOf("in/n.ipynb");
        NotebookPage.Write(document, notebook, PageLinks.PagesOf([notebook], folder.PathOf("out")));
        Assert.Equal(["../in/d.md", "../in/e.md", "../in/f.md", "../in/g.md"], Links(folder.PathOf("out/n.html")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_link_of_every_page_and_of_their_index_leads_to_a_file_and_a_place_that_are_there()
    {
        var notebooks = PublishedNotebooks.In(Path.Combine(RepositoryPaths.Root, "notebooks"));
        var (results, html) = (folder.PathOf("results"), folder.PathOf("results/html"));
        Directory.CreateDirectory(results);
        var pages = PageLinks.PagesOf(notebooks, html);
        foreach (var notebook in notebooks)
        {
            File.Copy(notebook, Path.Combine(results, Path.GetFileName(notebook)));
            NotebookPage.Write(NotebookDocument.Read(notebook), notebook, pages, SiteIndex.FileName);
        }

        SiteIndex.Write(RepositoryPaths.Root, results, html, pages);
        var links = Directory.GetFiles(html, "*.html").SelectMany(page => Links(page).Select(link => (Page: page, Link: link))).Where(one => !one.Link.StartsWith("http", StringComparison.Ordinal)).ToArray();
        Assert.Contains(links, one => one.Link.EndsWith("/docs/defects.md#defect-a", StringComparison.Ordinal));
        Assert.Contains(links, one => one.Link.EndsWith("_jumps.html", StringComparison.Ordinal));
        Assert.All(links, one =>
        {
            var parts = one.Link.Split('#', 2);
            var file = parts[0].Length == 0 ? one.Page : Path.GetFullPath(Path.Combine(html, Uri.UnescapeDataString(parts[0])));
            Assert.True(File.Exists(file), $"{Path.GetFileName(one.Page)}: {one.Link}: there is no {file}");
            Assert.True(parts.Length == 1 || Places(file).Contains(parts[1]), $"{Path.GetFileName(one.Page)}: {one.Link}: no such place in {file}");
        });
    }

    private static string[] Links(string page) =>
        [.. new HtmlParser().ParseDocument(File.ReadAllText(page)).QuerySelectorAll("a[href]").Select(link => ((IHtmlAnchorElement)link).GetAttribute("href")!)];

    /// <summary>What can stand after the mark: of a page its elements' ids, of a text its headings as well.</summary>
    private static HashSet<string> Places(string file)
    {
        var html = file.EndsWith(".md", StringComparison.Ordinal) ? new MarkdownRenderer().Render(File.ReadAllText(file)) : File.ReadAllText(file);
        return [.. new HtmlParser().ParseDocument(html).QuerySelectorAll("[id]").Select(element => element.Id!)];
    }
}
