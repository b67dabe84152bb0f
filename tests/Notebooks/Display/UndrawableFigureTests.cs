using System.Text.Json.Nodes;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks.Display;

namespace Ndt.Tests.Notebooks.Display;

[Trait("Category", "Integration")]
public sealed class UndrawableFigureTests
{
    [Fact]
    public async Task A_figure_that_plotly_cannot_draw_takes_the_image_from_no_other()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to draw with");
        var warnings = new List<string>();
        await using var images = new FigureImages(warnings.Add);
        Assert.False(HasImage(images, """{"data": [null], "layout": {}}"""));
        Assert.StartsWith("a figure gets no still image: plotly.js could not draw it (", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.True(HasImage(images, """{"data": [{"y": [1, 3, 2]}], "layout": {}}"""));
    }

    private static bool HasImage(FigureImages images, string figure)
    {
        var data = new DisplayData(new JsonObject { [ChartData.MimeType] = JsonNode.Parse(figure) });
        images.Complete(data);
        return data.Data.ContainsKey("image/png");
    }
}
