using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ndt.Cli.Browser;
using PuppeteerSharp;

namespace Ndt.Tests.Browser;

/// <summary>A page of a site in a Chromium, as wide as asked, on a screen or on paper; collects what the browser complains of.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowser browser;
    private readonly IPage page;

    private OpenPage(IBrowser browser, IPage page) => (this.browser, this.page) = (browser, page);

    /// <summary>Errors and warnings of the console, exceptions, requests that leave the machine.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Opens a browser; the test is skipped where there is none.</summary>
    public static async Task<OpenPage> StartAsync()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to open it with");
        var browser = await Chromium.StartAsync(BrowserLocator.Find()!);
        var open = new OpenPage(browser, await browser.NewPageAsync());
        open.page.DefaultNavigationTimeout = 120_000; // a page of many figures, on a machine that runs other tests
        open.page.Client.MessageReceived += (_, message) => open.Note(message.MessageID, JsonNode.Parse(message.MessageData.GetRawText()) ?? new JsonObject());
        return open;
    }

    /// <summary>Opens a file and waits until it is drawn.</summary>
    public async Task GoAsync(string file, int width, bool print = false, bool dark = false, string hash = "")
    {
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900, IsMobile = width < 600 });
        // Both at once: Puppeteer's two calls each undo what the other has set.
        await page.Client.SendAsync("Emulation.setEmulatedMedia", new
        {
            media = print ? "print" : "screen",
            features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } },
        });
        await page.GoToAsync("about:blank"); // the same file with another hash would not be loaded again
        await page.GoToAsync(new Uri(file).AbsoluteUri + hash);
        await EvaluateAsync("new Promise(done => setTimeout(done, 300))");
    }

    /// <summary>The value of an expression as text.</summary>
    public async Task<string> EvaluateAsync(string expression) =>
        await page.EvaluateExpressionAsync<JsonElement?>(expression) is not { } value ? "" : value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private void Note(string method, JsonNode parameters)
    {
        switch (method)
        {
            case "Runtime.exceptionThrown":
                Complaints.Enqueue(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when parameters["entry"]!["level"]!.ToString() is "error" or "warning":
                Complaints.Enqueue(parameters["entry"]!["text"]!.ToString());
                break;
            case "Runtime.consoleAPICalled" when parameters["type"]!.ToString() is "error" or "warning":
                Complaints.Enqueue(parameters["args"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent" when parameters["request"]!["url"]!.ToString() is var url && url.StartsWith("http", StringComparison.Ordinal):
                Complaints.Enqueue($"request: {url}");
                break;
            default:
                break;
        }
    }
}
