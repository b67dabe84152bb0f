using System.Globalization;
using System.Text;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Browser;

[Trait("Category", "Integration")]
public sealed class PagePrinterTests(OneChromium chromium) : IClassFixture<OneChromium>, IDisposable
{
    /// <summary>A4 less the margins that <see cref="PagePrinter"/> leaves, in units of a page.</summary>
    private const int PrintedWidth = 630;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_page_becomes_a_PDF_file_of_the_same_name_beside_it()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to print with");
        var page = Written(NotebookDocument.Parse("""{"cells": [{"cell_type": "markdown", "metadata": {}, "source": "# Title\n\nText."}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n"));
        await PagePrinter.PrintAsync([page]);
        var pdf = File.ReadAllBytes(folder.PathOf("n.pdf"));
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        Assert.Contains("/Type /Page", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_left_that_an_earlier_print_made_of_a_page_that_is_gone()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to print with");
        folder.Write("gone.pdf", "old");
        await Assert.ThrowsAsync<WorkFailedException>(() => PagePrinter.PrintAsync([folder.PathOf("gone.html")]));
        Assert.False(File.Exists(folder.PathOf("gone.pdf")));
    }

    [Fact]
    public async Task In_print_nothing_of_the_paper_is_cut_off_and_its_formulas_are_set()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to print with");
        var page = Written(NotebookDocument.Read(Path.Combine(RepositoryPaths.Root, "notebooks", PublishedNotebooks.Paper)));
        await using var open = await chromium.NewPageAsync();
        await open.GoAsync(page, PrintedWidth);
        await open.ToPaperAsync(PrintedWidth);
        Assert.Equal("", await open.EvaluateAsync(string.Create(CultureInfo.InvariantCulture, $"[...document.querySelectorAll('main p, main li, table, td, img, math')].filter(e => e.getBoundingClientRect().right > {PrintedWidth} + 1).map(e => e.textContent.trim().slice(0, 40)).join(' | ')")));
        Assert.Equal("0", await open.EvaluateAsync("document.querySelectorAll('code.math').length"));
        Assert.Equal("0", await open.EvaluateAsync("[...document.querySelectorAll('details.code')].filter(e => e.checkVisibility()).length"));
    }

    private string Written(NotebookDocument document)
    {
        var notebook = folder.PathOf("n.ipynb");
        NotebookPage.Write(document, notebook, PageLinks.PagesOf([notebook], null));
        return folder.PathOf("n.html");
    }
}
