using System.ComponentModel;
using PuppeteerSharp;
using PuppeteerSharp.Media;

namespace Ndt.Cli.Browser;

/// <summary>Prints pages to PDF files beside them, for those who read on paper. Chromium does it, by the pages' own style for print.</summary>
internal static class PagePrinter
{
    /// <summary>The PDF file of a page.</summary>
    public static string PdfOf(string page) => Path.ChangeExtension(page, ".pdf");

    /// <summary>Prints each page. Where one cannot be printed, no file of an earlier print is left to pass for it.</summary>
    /// <exception cref="WorkFailedException">There is no Chromium, or it failed.</exception>
    public static async Task PrintAsync(IReadOnlyCollection<string> pages)
    {
        foreach (var page in pages)
        {
            File.Delete(PdfOf(page));
        }

        if (pages.Count == 0)
        {
            return;
        }

        var program = BrowserLocator.Find()
            ?? throw new WorkFailedException($"{PdfOf(pages.First())} is not printed: no Chromium was found (Debian: apt-get install chromium; or name one in {BrowserLocator.Variable})");
        var printed = pages.First();
        try
        {
            var browser = await Chromium.StartAsync(program).ConfigureAwait(false);
            await using var closing = browser.ConfigureAwait(false);
            foreach (var page in pages)
            {
                printed = page;
                AtomicFile.WriteBytes(PdfOf(page), await PrintAsync(browser, new Uri(Path.GetFullPath(page))).ConfigureAwait(false));
            }
        }
        catch (Exception e) when (e is PuppeteerException or IOException or TimeoutException or OperationCanceledException or Win32Exception)
        {
            throw new WorkFailedException($"{PdfOf(printed)} is not printed: {e.Message.Split('\n')[0].TrimEnd()}", e);
        }
    }

    // A4 with numbered pages, once the page and its images are there.
    private static async Task<byte[]> PrintAsync(IBrowser browser, Uri address)
    {
        var page = await browser.NewPageAsync().ConfigureAwait(false);
        await using var closing = page.ConfigureAwait(false);
        await page.GoToAsync(address.AbsoluteUri, new NavigationOptions { Timeout = Chromium.LimitMs }).ConfigureAwait(false);
        await page.EvaluateExpressionAsync("Promise.all(Array.from(document.images, image => image.decode().catch(() => 0))).then(() => new Promise(done => setTimeout(done, 300)))").ConfigureAwait(false);
        return await page.PdfDataAsync(new PdfOptions
        {
            Format = PaperFormat.A4,
            MarginOptions = new MarginOptions { Top = "0.75in", Bottom = "0.85in", Left = "0.85in", Right = "0.85in" },
            PrintBackground = true,
            DisplayHeaderFooter = true,
            HeaderTemplate = "<span></span>",
            FooterTemplate = "<div style=\"width:100%;text-align:center;font:8px serif\"><span class=\"pageNumber\"></span></div>",
        }).ConfigureAwait(false);
    }
}
