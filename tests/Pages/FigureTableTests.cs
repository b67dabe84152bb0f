using System.Text.Json.Nodes;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class FigureTableTests
{
    [Theory]
    [InlineData("""[{"name": "a", "x": [1, 2], "y": [0.1234567890123, null]}]""", "series,x,y\na,1,0.1234567890123\na,2,\n")]
    [InlineData("""[{"x": ["b, <b>c</b>"], "y": [1e-7]}]""", "series,x,y\n1,\"b,  c\",1E-07\n")]
    [InlineData("""[{"y": [5], "hovertemplate": "%{y}<extra>own</extra>"}]""", "series,x,y\nown,0,5\n")]
    [InlineData("""[{"x": [1], "y": [5], "error_y": {"array": [2], "arrayminus": [1]}, "error_x": {"array": [0.5]}}]""", "series,x,x_low,x_high,y,y_low,y_high\n1,1,0.5,1.5,5,4,7\n")]
    [InlineData("""[{"type": "heatmap", "x": ["p", "q"], "y": [10], "z": [[1, null]]}]""", "series,x,y,z\n1,p,10,1\n1,q,10,\n")]
    [InlineData("""[{"type": "heatmap", "z": [[1], [2]]}]""", "series,x,y,z\n1,0,0,1\n1,0,1,2\n")]
    [InlineData("""[{"x": [1], "y": [2]}, {"x": [3], "y": [4], "xaxis": "x2", "yaxis": "y2"}]""", "panel,series,x,y\n1,1,1,2\n2,2,3,4\n")]
    public void Every_point_of_a_figure_is_a_row_with_all_its_digits(string traces, string expected) => Assert.Equal(expected, FigureTable.Csv(Figure(traces)));

    [Fact]
    public void Panels_have_their_titles() =>
        Assert.Contains("MLP,a,1,2", FigureTable.Csv(Figure("""[{"name": "a", "x": [1], "y": [2]}, {"name": "b", "x": [3], "y": [4], "xaxis": "x2"}]""", """{"annotations": [{"xref": "paper", "text": "MLP"}, {"xref": "paper", "text": "CNN"}]}""")), StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"type": "pie"}, 3]""")]
    public void A_figure_without_points_has_no_table(string traces) => Assert.Null(FigureTable.Csv(Figure(traces)));

    [Fact]
    public void Title_and_note_leave_the_drawing_with_the_room_they_took()
    {
        var figure = Figure("[]", """{"height": 600, "margin": {"t": 100}, "title": {"text": "<span style=\"font-size:18px\">It falls &amp;</span><br><span style=\"font-size:18px\">rises</span><br>205 runs,<br>5 seeds"}}""");
        Assert.Equal(new FigureCaption("It falls & rises", "205 runs, 5 seeds"), FigureCaption.Take(figure));
        Assert.Null(figure["layout"]!["title"]);
        Assert.Equal(527, (double)figure["layout"]!["height"]!);
        Assert.Equal(27, (double)figure["layout"]!["margin"]!["t"]!);
    }

    [Fact]
    public void A_title_of_another_make_stays_in_its_drawing()
    {
        var figure = Figure("[]", """{"title": {"text": "Own"}}""");
        Assert.Equal(new FigureCaption("", ""), FigureCaption.Take(figure));
        Assert.NotNull(figure["layout"]!["title"]);
    }

    private static JsonObject Figure(string traces, string layout = "{}") => JsonNode.Parse($$"""{"data": {{traces}}, "layout": {{layout}}}""")!.AsObject();
}
