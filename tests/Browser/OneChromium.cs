using Ndt.Cli.Browser;
using PuppeteerSharp;

namespace Ndt.Tests.Browser;

/// <summary>One Chromium for all tests of a class, started when the first of them opens a page.</summary>
public sealed class OneChromium : IAsyncDisposable
{
    private IBrowser? browser;

    /// <summary>A page of its own; the test is skipped where there is no browser.</summary>
    internal async Task<OpenPage> NewPageAsync()
    {
        var program = BrowserLocator.Find();
        Assert.SkipWhen(program is null, "there is no Chromium to open it with");
        browser ??= await Chromium.StartAsync(program!);
        return new OpenPage(await browser.NewPageAsync());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => browser?.DisposeAsync() ?? ValueTask.CompletedTask;
}
