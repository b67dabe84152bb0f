using System.Text.Json;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Browser;

[Trait("Category", "Integration")]
public sealed class PageInBrowserTests(OneChromium chromium) : IClassFixture<OneChromium>
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
        await using var page = await chromium.NewPageAsync();
        using var folder = new TemporaryFolder();
        var notebook = folder.PathOf("n.ipynb");
        var document = NotebookDocument.Parse($$"""{"cells": [{{Cells}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n");
        NotebookPage.Write(document, notebook, PageLinks.PagesOf([notebook], null));
        await page.GoAsync(folder.PathOf("n.html"), width);
        Assert.Equal("true", await page.EvaluateAsync("document.querySelectorAll('figure.drawn .main-svg').length > 0"));
        Assert.Empty(page.Complaints);
        Assert.Equal($"{width}", await page.EvaluateAsync("document.documentElement.scrollWidth"));
        Assert.Equal("true", await page.EvaluateAsync("[...document.querySelectorAll('.main-svg')].every(s => s.getBoundingClientRect().right <= window.innerWidth)"));
    }

    [Fact]
    public async Task A_hostile_notebook_s_page_runs_nothing_and_asks_nobody()
    {
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
    private async Task<List<string>> ActionsOf(string html)
    {
        await using var page = await chromium.NewPageAsync();
        using var folder = new TemporaryFolder();
        PageAssets.Write(folder.Root);
        await page.GoAsync(folder.Write("n.html", html), 1280);
        await Pause();
        await page.EvaluateAsync("document.querySelectorAll('.press, summary, a[href^=javascript]').forEach(e => e.click())");
        await Pause();
        var notes = new List<string>();
        if (await page.EvaluateAsync("window.ran === undefined") != "true")
        {
            notes.Add("a script ran");
        }

        if (await page.EvaluateAsync("location.href") is var place && !place.Contains("n.html", StringComparison.Ordinal))
        {
            notes.Add($"went to {place}");
        }

        return [.. notes, .. page.Sent.Values];

        // Nothing is to happen, so there is nothing to wait for: this is the time in which it would.
        Task<string> Pause() => page.EvaluateAsync("new Promise(done => setTimeout(done, 300))");
    }
}
