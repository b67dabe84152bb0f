using System.Globalization;
using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Display;
using PuppeteerSharp;

namespace Ndt.Cli.Browser;

/// <summary>
/// Gives figures their still image, so that they are seen where no plotly.js is: on GitHub, on paper, in a mail. One Chromium
/// draws all figures of a run; it starts with the first. Without one, figures stay without images and this is said once.
/// </summary>
internal sealed class FigureImages(Action<string> warn) : IAsyncDisposable
{
    private const int DefaultWidth = 900;
    private const int DefaultHeight = 500;

    /// <summary>
    /// The images of one figure: a PNG with two pixels a unit, sharp on the screens of today, and for the markup, where it only
    /// stands in for the drawing, a WebP with one pixel a unit: an eighth of the bytes.
    /// </summary>
    private const string Formats = "[{format:'png',scale:2},{format:'webp',scale:1}]";

    private readonly Lock drawing = new();
    private IBrowser? browser;
    private IPage? page;
    private bool givenUp;
    private int asked;

    /// <summary>Adds the image and the markup to a figure; leaves everything else alone.</summary>
    public void Complete(DisplayData data)
    {
        if (data.Data[ChartData.MimeType] is not JsonObject figure)
        {
            return;
        }

        var (width, height) = Size(figure);
        // Callers are synchronous cells' outputs, on threads without a context to deadlock on; of several notebooks at a time, but the page draws one figure after the other.
        StillImages? images;
        lock (drawing)
        {
            images = DrawAsync(figure, width, height).GetAwaiter().GetResult();
        }

        data.Data["text/html"] = FigureMarkup.Of(figure, images?.Small);
        if (images is { Png: var png })
        {
            data.Data["image/png"] = Convert.ToBase64String(PngPacking.Tighten(Convert.FromBase64String(png[(png.IndexOf(',', StringComparison.Ordinal) + 1)..])));
            data.Metadata["image/png"] = new JsonObject { ["height"] = height, ["width"] = width };
        }
    }

    /// <summary>Whether this is the first time of asking: what a session's figures need once.</summary>
    public bool IsFirst() => Interlocked.Exchange(ref asked, 1) == 0;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A figure's images, or null.</summary>
    private async Task<StillImages?> DrawAsync(JsonObject figure, int width, int height)
    {
        if (givenUp)
        {
            return null;
        }

        try
        {
            page ??= await StartAsync().ConfigureAwait(false);
            if (page is null)
            {
                return null;
            }

            var json = NotebookJson.WriteCompact(Still(figure));
            var size = string.Create(CultureInfo.InvariantCulture, $"{{width:{width},height:{height}}}");
            var urls = await page.EvaluateExpressionAsync<string>($$"""
                (async () => {
                  const size = {{size}}, urls = [];
                  const drawn = await Plotly.toImage({{json}}, { format: "svg", imageDataOnly: true, ...size });
                  for (const format of {{Formats}}) urls.push(await Plotly.Snapshot.svgToImg({ ...format, ...size, svg: drawn, canvas: document.createElement("canvas"), promise: true }));
                  return urls.join(" ");
                })()
                """).ConfigureAwait(false);
            var space = urls.IndexOf(' ', StringComparison.Ordinal);
            return new StillImages(urls[..space], urls[(space + 1)..]);
        }
        catch (EvaluationFailedException e) when (page is not null)
        {
            // This figure's fault, not the browser's: those after it are drawn.
            warn($"a figure gets no still image: plotly.js could not draw it ({Printable.Line(e.Message.Split('\n')[0])})");
            return null;
        }
        catch (Exception e) when (e is PuppeteerException or IOException or TimeoutException or OperationCanceledException or System.ComponentModel.Win32Exception)
        {
            GiveUp($"Chromium could not draw it ({e.Message.Split('\n')[0]})");
            return null;
        }
    }

    /// <summary>The figure without its menus and sliders: on an image nobody can use them.</summary>
    private static JsonObject Still(JsonObject figure)
    {
        var still = figure.DeepClone().AsObject();
        if (still["layout"] is JsonObject layout)
        {
            layout.Remove("updatemenus");
            layout.Remove("sliders");
        }

        return still;
    }

    private async Task<IPage?> StartAsync()
    {
        if (BrowserLocator.Find() is not { } program)
        {
            GiveUp($"no Chromium was found (Debian: apt-get install chromium; or name one in {BrowserLocator.Variable})");
            return null;
        }

        browser = await Chromium.StartAsync(program).ConfigureAwait(false);
        var started = await browser.NewPageAsync().ConfigureAwait(false);
        await started.EvaluateExpressionAsync(PlotlyScript.Read() + "\n;0").ConfigureAwait(false);
        return started;
    }

    private void GiveUp(string reason)
    {
        givenUp = true;
        warn($"figures get no still image: {reason}; the notebooks show them only where plotly.js is");
    }

    private static (int Width, int Height) Size(JsonObject figure)
    {
        var layout = figure["layout"];
        return (Of("width", DefaultWidth), Of("height", DefaultHeight));

        int Of(string side, int otherwise) =>
            layout?[side] is JsonValue value && value.TryGetValue<double>(out var pixels) && pixels is >= 1 and <= 10_000 ? (int)Math.Round(pixels) : otherwise;
    }

    /// <summary>A figure's images as data URIs.</summary>
    private sealed record StillImages(string Png, string Small);
}
