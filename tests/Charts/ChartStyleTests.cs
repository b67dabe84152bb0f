using System.Text.Json.Nodes;
using Ndt.Charts;
using Plotly.NET;

namespace Ndt.Tests.Charts;

public sealed class ChartStyleTests
{
    [Fact]
    public void A_chart_gets_title_axes_and_the_houses_template()
    {
        var layout = Layout(ChartStyle.Apply(Line(), title: "loss, n = 3", x: "update", y: "loss (nats)", alt: "It falls."));
        Assert.Equal("loss, n = 3", layout["title"]!["text"]!.ToString());
        Assert.Equal("update", layout["xaxis"]!["title"]!["text"]!.ToString());
        Assert.Equal("loss (nats)", layout["yaxis"]!["title"]!["text"]!.ToString());
        Assert.Equal("It falls.", layout["meta"]!["alt"]!.ToString());
        Assert.Equal(Palette.Series, layout["template"]!["layout"]!["colorway"]!.AsArray().Select(c => c!.ToString()));
        Assert.Equal(["contour", "heatmap"], layout["template"]!["data"]!.AsObject().Select(m => m.Key).Order());
        Assert.Equal(Palette.Sequential, layout["template"]!["data"]!["heatmap"]![0]!["colorscale"]!.ToString());
    }

    [Fact]
    public void What_the_chart_itself_sets_on_an_axis_stays()
    {
        var axis = new Plotly.NET.LayoutObjects.LinearAxis();
        axis.SetProperty("type", "log");
        var own = new Layout();
        own.SetProperty("xaxis", axis);
        var layout = Layout(ChartStyle.Apply(GenericChart.addLayout(own, Line()), x: "update"));
        Assert.Equal("log", layout["xaxis"]!["type"]!.ToString());
        Assert.Equal("update", layout["xaxis"]!["title"]!["text"]!.ToString());
    }

    [Fact]
    public void The_chart_given_is_left_as_it_was()
    {
        var chart = Line();
        var before = GenericChart.toFigureJson(chart);
        ChartStyle.Apply(chart, title: "other");
        Assert.Equal(before, GenericChart.toFigureJson(chart));
    }

    private static GenericChart Line() => Plotly.NET.CSharp.Chart.Line<int, int, string>(x: new[] { 1, 2, 3 }, y: new[] { 3, 2, 1 });

    private static JsonNode Layout(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!["layout"]!;
}
