using System.Text.Json.Nodes;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks.Display;

namespace Ndt.Tests.Browser;

[Trait("Category", "Integration")]
public sealed class FigureImagesTests
{
    [Fact]
    public async Task A_figure_is_drawn_to_the_same_bytes_in_every_run()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to draw with");
        var first = await Draw();
        var second = await Draw();
        Assert.Equal(first.Data["image/png"]!.ToString(), second.Data["image/png"]!.ToString());
        Assert.Equal(first.Data["text/html"]!.ToString(), second.Data["text/html"]!.ToString());
        var png = Convert.FromBase64String(first.Data["image/png"]!.ToString());
        Assert.Equal("PNG"u8, png.AsSpan(1, 3));
        // The header's width and height, big-endian: two pixels a unit.
        Assert.Equal([0, 0, 1, 144, 0, 0, 0, 200], png.AsSpan(16, 8).ToArray());
    }

    [Fact]
    public async Task The_markup_holds_a_smaller_image_with_a_text_instead_of_the_same_once_more()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to draw with");
        var figure = await Draw();
        const string image = "<img alt=\"A line\" style=\"max-width:100%\" src=\"data:image/webp;base64,";
        var html = figure.Data["text/html"]!.ToString();
        var start = html.IndexOf(image, StringComparison.Ordinal) + image.Length;
        Assert.True(start > image.Length, html);
        var webp = Convert.FromBase64String(html[start..html.IndexOf('"', start)]);
        Assert.Equal("WEBP"u8, webp.AsSpan(8, 4));
        Assert.True(2 * webp.Length < Convert.FromBase64String(figure.Data["image/png"]!.ToString()).Length);
    }

    [Fact]
    public async Task A_value_that_is_no_figure_starts_no_browser()
    {
        await using var images = new FigureImages(message => throw new InvalidOperationException(message));
        var data = new DisplayData(new JsonObject { ["text/plain"] = "1" });
        images.Complete(data);
        Assert.Single(data.Data);
    }

    private static async Task<DisplayData> Draw()
    {
        await using var images = new FigureImages(message => throw new InvalidOperationException(message));
        var figure = JsonNode.Parse("""{"data": [{"type": "scatter", "y": [1, 3, 2]}], "layout": {"width": 200, "height": 100, "title": {"text": "A line"}}}""");
        var data = new DisplayData(new JsonObject { [ChartData.MimeType] = figure });
        images.Complete(data);
        return data;
    }
}
