using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using PuppeteerSharp;

namespace Ndt.Tests.Browser;

/// <summary>A page of a site in a Chromium, as wide as asked, on a screen or on paper; collects what the browser complains of.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    // Every figure and the explorer's plot.
    private const string Drawn =
        "[...document.querySelectorAll('figure[data-figure]')].every(figure => figure.querySelector('.main-svg')) && (!document.getElementById('plot') || document.documentElement.dataset.ready)";

    private readonly IPage page;

    /// <summary>Takes a page of a running browser, which closes with this.</summary>
    public OpenPage(IPage page)
    {
        this.page = page;
        page.DefaultNavigationTimeout = 120_000; // a page of many figures, on a machine that runs other tests
        page.Client.MessageReceived += (_, message) => Note(message.MessageID, JsonNode.Parse(message.MessageData.GetRawText()) ?? new JsonObject());
    }

    /// <summary>Errors and warnings of the console, exceptions, requests that leave the machine.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Requests that leave the machine, by their ids, but for those that the page's own policy stopped.</summary>
    public ConcurrentDictionary<string, string> Sent { get; } = [];

    /// <summary>Opens a file on a screen and waits until it is drawn.</summary>
    public async Task GoAsync(string file, int width, bool dark = false, string hash = "")
    {
        await ShowAsync(width, "screen", dark);
        await page.GoToAsync("about:blank"); // the same file with another hash would not be loaded again
        await page.GoToAsync(new Uri(file).AbsoluteUri + hash);
        _ = await HoldsAsync(Drawn); // a figure that never comes is for the test to find
    }

    /// <summary>Takes the open page from the screen to paper, as one who prints it does, and waits until what is drawn has the paper's width.</summary>
    public async Task ToPaperAsync(int width)
    {
        await ShowAsync(width, "print", dark: false);
        _ = await HoldsAsync("matchMedia('print').matches && [...document.querySelectorAll('.main-svg')].every(svg => svg.getBoundingClientRect().right <= window.innerWidth)");
    }

    /// <summary>Waits until a condition holds and what follows from it is shown.</summary>
    public async Task UntilAsync(string condition) => Assert.True(await HoldsAsync(condition), $"never came true: {condition}");

    // Waits for the condition, or half a minute, and then until the page was drawn with all that the condition brings: its changes are in the next frame. Puppeteer's
    // own waiting makes a function of a text, which the policy of our pages forbids.
    private async Task<bool> HoldsAsync(string condition) => await EvaluateAsync($$"""
        new Promise(done => {
          const since = performance.now();
          const look = () => {
            const holds = !!({{condition}});
            if (holds || performance.now() - since > 30000) requestAnimationFrame(() => requestAnimationFrame(() => done(holds)));
            else requestAnimationFrame(look);
          };
          look();
        })
        """) == "true";

    /// <summary>The value of an expression as text.</summary>
    public async Task<string> EvaluateAsync(string expression) =>
        await page.EvaluateExpressionAsync<JsonElement?>(expression) is not { } value ? "" : value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => page.DisposeAsync();

    private async Task ShowAsync(int width, string media, bool dark)
    {
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900, IsMobile = width < 600 });
        // Both at once: Puppeteer's two calls each undo what the other has set.
        await page.Client.SendAsync("Emulation.setEmulatedMedia", new { media, features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } });
    }

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
                Sent[parameters["requestId"]!.ToString()] = url;
                break;
            case "Network.loadingFailed" when parameters["blockedReason"]?.ToString() == "csp":
                // A request that the policy stops is told of too, and then that it was stopped.
                Sent.TryRemove(parameters["requestId"]!.ToString(), out _);
                break;
            default:
                break;
        }
    }
}
