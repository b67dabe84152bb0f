using PuppeteerSharp;

namespace Ndt.Cli.Browser;

/// <summary>Starts the system's Chromium without a window; none is ever downloaded.</summary>
internal static class Chromium
{
    /// <summary>The longest that it may take to start, to answer, or to open a page, in milliseconds.</summary>
    public static readonly int LimitMs = (int)TimeSpan.FromSeconds(60).TotalMilliseconds;

    private static readonly string[] Arguments =
    [
        "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1", "about:blank",
    ];

    /// <summary>
    /// Starts <paramref name="program"/> with a fresh profile, which goes with it. It is spoken to through a pipe, whose end tells it to end too, also where we are killed.
    /// </summary>
    public static Task<IBrowser> StartAsync(string program) => Puppeteer.LaunchAsync(new LaunchOptions
    {
        ExecutablePath = program,
        // Puppeteer's own arguments change colours and fonts of what is drawn.
        IgnoreDefaultArgs = true,
        // As root Chromium refuses to start in its sandbox.
        Args = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? ["--no-sandbox", .. Arguments] : Arguments,
        Pipe = true,
        DefaultViewport = null,
        Timeout = LimitMs,
        ProtocolTimeout = LimitMs,
    });
}
