using System.Text.Json.Nodes;
using Ndt.Charts;
using Plotly.NET;

namespace Ndt.Tests.Charts;

public sealed class MarksTests
{
    [Fact]
    public void Intervals_reach_from_the_mark_to_their_ends_and_are_left_out_where_there_are_none()
    {
        var across = Trace(Marks.Across("share", [("a", 10, 8, 15), ("b", 20, double.NaN, double.NaN)], Palette.Blue));
        Assert.Equal("[10,20]", Text(across["x"]));
        Assert.Equal("[5,null]", Text(across["error_x"]!["array"]));
        Assert.Equal("[2,null]", Text(across["error_x"]!["arrayminus"]));
        Assert.Null(Trace(Marks.Along("share", [(1, 10.0, double.NaN, double.NaN)], Palette.Blue))["error_y"]);
        Assert.Equal("[1,2]", Text(Trace(Marks.Along("share", [(1, 10.0, 9, 11), (2, 11.0, 9, 12)], Palette.Blue))["x"]));
    }

    // Whole numbers are written with a nought behind the point.
    private static string Text(JsonNode? values) => values!.ToJsonString().Replace(".0", "", StringComparison.Ordinal);

    private static JsonNode Trace(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!["data"]![0]!;
}
