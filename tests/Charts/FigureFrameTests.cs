using System.Text.Json.Nodes;
using Ndt.Charts;
using Plotly.NET;

namespace Ndt.Tests.Charts;

public sealed class FigureFrameTests
{
    [Fact]
    public void Rows_stand_from_the_top_down() =>
        Assert.Equal("[\"second\",\"first\"]", Layout(new() { Title = "t", Note = "n", Alt = "a", Rows = ["first", "second"] })["yaxis"]!["categoryarray"]!.ToJsonString());

    [Fact]
    public void Thousands_on_the_horizontal_axis_are_short_and_leave_its_title()
    {
        var axis = Layout(new() { Title = "t", Note = "n", Alt = "a", X = "updates", XTicks = [0, 400, 2000, 2500] })["xaxis"]!;
        Assert.Equal("[\"0\",\"400\",\"2k\",\"2500\"]", axis["ticktext"]!.ToJsonString());
        Assert.Equal("updates", axis["title"]!["text"]!.ToString());
    }

    [Fact]
    public void Bars_stand_on_the_axis()
    {
        var axis = Layout(new() { Title = "t", Note = "n", Alt = "a", Y = "share (%)", FromZero = true })["yaxis"]!;
        Assert.Equal("nonnegative", axis["rangemode"]!.ToString());
        Assert.Equal("share (%)", axis["title"]!["text"]!.ToString());
    }

    [Fact]
    public void A_number_stays_with_its_unit_and_an_interval_whole_where_a_title_wraps()
    {
        var title = Layout(new() { Title = "In the first tenth of all of the training 72.9 % [62.1, 83.8]", Note = "n", Alt = "a" })["title"]!["text"]!.ToString();
        Assert.Contains("72.9\u00a0%", title, StringComparison.Ordinal);
        Assert.Contains("[62.1,\u00a083.8]", title, StringComparison.Ordinal);
    }

    private static JsonNode Layout(FigureFrame frame) =>
        JsonNode.Parse(GenericChart.toFigureJson(frame.Around(Marks.Across("share", [("second", 1, 0, 2), ("first", 2, 1, 3)], Palette.Blue))))!["layout"]!;
}
