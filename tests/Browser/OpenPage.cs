using System.Text.Json.Nodes;
using Ndt.Cli.Browser;

namespace Ndt.Tests.Browser;

/// <summary>A page of a site in a Chromium, as wide as asked, on a screen or on paper; collects what the browser complains of.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly DevToolsBrowser browser;

    private OpenPage(DevToolsBrowser browser) => this.browser = browser;

    /// <summary>Errors and warnings of the console, exceptions, requests that leave the machine.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens a browser; the test is skipped where there is none.</summary>
    public static async Task<OpenPage> StartAsync()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to open it with");
        var page = new OpenPage(await DevToolsBrowser.StartAsync(BrowserLocator.Find()!));
        page.browser.Notified = page.Note;
        foreach (var domain in (string[])["Runtime", "Log", "Network", "Page"])
        {
            await page.browser.CallAsync($"{domain}.enable");
        }

        return page;
    }

    /// <summary>Opens a file and waits until it is drawn.</summary>
    public async Task GoAsync(string file, int width, bool print = false, bool dark = false, string hash = "")
    {
        await browser.CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await browser.CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["media"] = print ? "print" : "screen",
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
        });
        await browser.CallAsync("Page.navigate", new JsonObject { ["url"] = "about:blank" });
        await browser.CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri + hash });
        await EvaluateAsync("new Promise(done => { const wait = () => document.readyState === 'complete' && location.href !== 'about:blank' ? setTimeout(done, 300) : setTimeout(wait, 20); wait(); })");
    }

    /// <summary>The value of an expression as text.</summary>
    public Task<string> EvaluateAsync(string expression) => browser.EvaluateAsync(expression);

    /// <summary>The whole page as an image.</summary>
    public async Task<byte[]> ImageAsync() =>
        Convert.FromBase64String((await browser.CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true }))["data"]!.ToString());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private void Note(string method, JsonNode parameters)
    {
        switch (method)
        {
            case "Runtime.exceptionThrown":
                Complaints.Add(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when parameters["entry"]!["level"]!.ToString() is "error" or "warning":
                Complaints.Add(parameters["entry"]!["text"]!.ToString());
                break;
            case "Runtime.consoleAPICalled" when parameters["type"]!.ToString() is "error" or "warning":
                Complaints.Add(parameters["args"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent" when parameters["request"]!["url"]!.ToString() is var url && url.StartsWith("http", StringComparison.Ordinal):
                Complaints.Add($"request: {url}");
                break;
            default:
                break;
        }
    }
}
