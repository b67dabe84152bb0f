using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;
using PuppeteerSharp;

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
            foreach (var path in PublishedNotebooks.In(Path.Combine(RepositoryPaths.Root, "notebooks")))
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

    [Fact]
    public async Task A_hostile_notebook_s_page_runs_nothing_and_asks_nobody()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to open it with");
        var pieces = JsonSerializer.Serialize(Hostile);
        var document = NotebookDocument.Parse(
            $$$$$"""
            {"cells": [
              {"cell_type": "markdown", "metadata": {}, "source": {{{{{pieces}}}}}, "attachments": {"a": {"text/html": "<script>window.ran = 1</script>"}}},
              {"cell_type": "code", "metadata": {}, "source": {{{{{pieces}}}}}, "outputs": [
                {"output_type": "stream", "name": "stdout", "text": {{{{{pieces}}}}}},
                {"output_type": "error", "ename": {{{{{pieces}}}}}, "evalue": "", "traceback": []},
                {"output_type": "display_data", "metadata": {}, "data": {"text/html": {{{{{pieces}}}}} }},
                {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='window.ran = 1'><script>window.ran = 1</script><image href='https://example.org/x.png'/></svg>"}},
                {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.plotly.v1+json": {"data": [{"y": [1, 2], "text": {{{{{pieces}}}}}, "mode": "text"}],
                  "layout": {"title": {"text": {{{{{pieces}}}}} }, "images": [{"source": "https://example.org/x.png"}]}, "config": {"showSendToCloud": true, "plotlyServerURL": "https://example.org"} } }}]}],
             "metadata": {"title": {{{{{pieces}}}}} }, "nbformat": 4, "nbformat_minor": 5}
            """,
            "n");
        Assert.Empty(await ActionsOf(NotebookPage.Render(document, Hostile)));
    }

    [Fact]
    public async Task Even_what_got_past_the_sanitizer_would_run_nothing_and_ask_nobody()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to open it with");
        Assert.Empty(await ActionsOf(PageFrame.Of("t", Hostile, hasFigures: false)));
    }

    private const string Hostile =
        """
        <script>window.ran = 1</script><script src="https://example.org/x.js"></script><script src="data:text/javascript,window.ran=1"></script><img src=x onerror="window.ran = 1"><img src="https://example.org/x.png">
        <svg onload="window.ran = 1"></svg><a class="press" href="javascript:window.ran=1">x</a><iframe srcdoc="<script>parent.ran = 1</script>"></iframe><iframe src="javascript:parent.ran=1"></iframe><iframe src="https://example.org"></iframe>
        <link rel="stylesheet" href="https://example.org/x.css"><style>body { background: url(https://example.org/x.png) }</style><object data="https://example.org/x"></object><embed src="https://example.org/x"><video src="https://example.org/x"></video>
        <form class="press" action="https://example.org"><button class="press">x</button></form><base href="https://example.org/"><details open ontoggle="window.ran = 1">x</details><input autofocus onfocus="window.ran = 1">

        [x](javascript:window.ran=1) ![x](https://example.org/x.png) <javascript:window.ran=1> ![x](//example.org/x.png) ![x](/\example.org/x.png) [x](data:text/html,<script>window.ran=1</script>)
        """;

    /// <summary>What a page does when it is opened and pressed: scripts of its own that ran, requests to other hosts, places it went to.</summary>
    private static async Task<List<string>> ActionsOf(string html)
    {
        using var folder = new TemporaryFolder();
        PageAssets.Write(folder.Root);
        var address = new Uri(folder.Write("n.html", html)).AbsoluteUri;
        var notes = new List<string>();
        var sent = new ConcurrentDictionary<string, string>();
        await using var browser = await Chromium.StartAsync(BrowserLocator.Find()!);
        await using var page = await browser.NewPageAsync();
        page.DefaultNavigationTimeout = 120_000; // on a machine that runs other tests
        page.Client.MessageReceived += (_, message) =>
        {
            // A request that the policy stops is told of too, and then that it was stopped.
            var parameters = Parameters(message);
            var id = parameters["requestId"]?.ToString() ?? "";
            if (message.MessageID == "Network.requestWillBeSent" && parameters["request"]!["url"]!.ToString() is var url && url.StartsWith("http", StringComparison.Ordinal))
            {
                sent[id] = url;
            }
            else if (message.MessageID == "Network.loadingFailed" && parameters["blockedReason"]?.ToString() == "csp")
            {
                sent.TryRemove(id, out var _);
            }
        };
        await page.GoToAsync(address);
        await Pause(page);
        await page.EvaluateExpressionAsync("document.querySelectorAll('.press, summary, a[href^=javascript]').forEach(e => e.click())");
        await Pause(page);
        if (!await page.EvaluateExpressionAsync<bool>("window.ran === undefined"))
        {
            notes.Add("a script ran");
        }

        if (await page.EvaluateExpressionAsync<string>("location.href") is var place && !place.Contains("n.html", StringComparison.Ordinal))
        {
            notes.Add($"went to {place}");
        }

        return [.. notes, .. sent.Values];
    }

    private static async Task Open(NotebookDocument document, int width)
    {
        using var folder = new TemporaryFolder();
        var notebook = folder.PathOf("n.ipynb");
        NotebookPage.Write(document, notebook, PageLinks.PagesOf([notebook], null));
        var errors = new ConcurrentQueue<string>();
        await using var browser = await Chromium.StartAsync(BrowserLocator.Find()!);
        await using var page = await browser.NewPageAsync();
        page.DefaultNavigationTimeout = 120_000; // on a machine that runs other tests
        page.Client.MessageReceived += (_, message) => Note(message.MessageID, Parameters(message), errors);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900, IsMobile = width < 600 });
        await page.GoToAsync(new Uri(folder.PathOf("n.html")).AbsoluteUri);
        await Pause(page);

        Assert.True(await page.EvaluateExpressionAsync<bool>("document.querySelectorAll('figure.drawn .main-svg').length > 0"));
        Assert.Empty(errors);
        Assert.Equal(width, await page.EvaluateExpressionAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(await page.EvaluateExpressionAsync<bool>("[...document.querySelectorAll('.main-svg')].every(s => s.getBoundingClientRect().right <= window.innerWidth)"));
    }

    private static Task Pause(IPage page) => page.EvaluateExpressionAsync("new Promise(done => setTimeout(done, 300))");

    private static JsonNode Parameters(MessageEventArgs message) => JsonNode.Parse(message.MessageData.GetRawText()) ?? new JsonObject();

    private static void Note(string method, JsonNode parameters, ConcurrentQueue<string> errors)
    {
        switch (method)
        {
            case "Runtime.exceptionThrown":
                errors.Enqueue(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when parameters["entry"]!["level"]!.ToString() is "error" or "warning":
                errors.Enqueue(parameters["entry"]!["text"]!.ToString());
                break;
            case "Runtime.consoleAPICalled" when parameters["type"]!.ToString() == "error":
                errors.Enqueue(parameters["args"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent" when parameters["request"]!["url"]!.ToString() is var url && !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal):
                errors.Enqueue($"request: {url}");
                break;
            default:
                break;
        }
    }
}
