using System.Globalization;
using System.Text.Json.Nodes;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Pages;

namespace Ndt.Tests.Browser;

[Trait("Category", "Integration")]
public sealed class PageInBrowserTests
{
    private const string Cells = """
        {"cell_type": "markdown", "metadata": {}, "source": "# Page\n\nA long `identifier_that_does_not_break_anywhere_because_it_is_one_word_of_code`.\n\n## One\n\n## Two"},
        {"cell_type": "code", "metadata": {}, "source": "x", "outputs": [
          {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.plotly.v1+json":
            {"data": [{"type": "heatmap", "z": [[1, 2], [3, 4]]}], "layout": {"width": 900, "height": 300, "title": {"text": "A map"}}}}},
          {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<table><tr><td>wide wide wide wide wide wide wide wide</td><td>wide wide wide wide wide wide</td></tr></table><script src='https://example.org/x.js'></script><img src='https://example.org/x.png'>"}}]}
        """;

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task A_page_opens_from_the_file_system_with_its_figures_no_error_and_no_request_elsewhere(int width)
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to open it with");
        await Open(NotebookDocument.Parse($$"""{"cells": [{{Cells}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n"), width);
    }

    public static TheoryData<string, int> Notebooks
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var path in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "notebooks"), "0*.ipynb").Order(StringComparer.Ordinal))
            {
                data.Add(Path.GetFileName(path), 1280);
                data.Add(Path.GetFileName(path), 400);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task The_notebooks_as_they_are_stored_open_likewise(string name, int width)
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to open it with");
        await Open(NotebookDocument.Read(Path.Combine(RepositoryPaths.Root, "notebooks", name)), width);
    }

    private static async Task Open(NotebookDocument document, int width)
    {
        using var folder = new TemporaryFolder();
        NotebookPage.Write(document, "n", folder.Root);
        var errors = new List<string>();
        await using var browser = await DevToolsBrowser.StartAsync(BrowserLocator.Find()!);
        browser.Notified = (method, parameters) => Note(method, parameters, errors);
        await browser.CallAsync("Runtime.enable");
        await browser.CallAsync("Log.enable");
        await browser.CallAsync("Network.enable");
        await browser.CallAsync("Page.enable");
        await browser.CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await browser.CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(folder.PathOf("n.html")).AbsoluteUri });
        await browser.EvaluateAsync("new Promise(done => { const wait = () => document.readyState === 'complete' ? setTimeout(done, 300) : setTimeout(wait, 20); wait(); })");

        Assert.Equal("1", await browser.EvaluateAsync("document.querySelectorAll('figure.drawn .main-svg').length > 0 ? 1 : 0"));
        Assert.Empty(errors);
        Assert.Equal(width.ToString(CultureInfo.InvariantCulture), await browser.EvaluateAsync("document.documentElement.scrollWidth"));
        Assert.Equal("true", await browser.EvaluateAsync("[...document.querySelectorAll('.main-svg')].every(s => s.getBoundingClientRect().right <= window.innerWidth)"));
    }

    private static void Note(string method, JsonNode parameters, List<string> errors)
    {
        switch (method)
        {
            case "Runtime.exceptionThrown":
                errors.Add(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when parameters["entry"]!["level"]!.ToString() is "error" or "warning":
                errors.Add(parameters["entry"]!["text"]!.ToString());
                break;
            case "Runtime.consoleAPICalled" when parameters["type"]!.ToString() == "error":
                errors.Add(parameters["args"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent" when parameters["request"]!["url"]!.ToString() is var url && !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal):
                errors.Add($"request: {url}");
                break;
            default:
                break;
        }
    }
}
