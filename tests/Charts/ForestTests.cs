using System.Text.Json.Nodes;
using Ndt.Analysis;
using Ndt.Charts;
using Ndt.Tests.Analysis;
using Plotly.NET;

namespace Ndt.Tests.Charts;

public sealed class ForestTests
{
    private static readonly IReadOnlyList<RunGroup> Groups = RunGroup.Of(StudiedRuns.Some());

    [Fact]
    public void The_first_group_is_on_top_and_every_one_stands_beside_its_chance_level()
    {
        var figure = Json(Forest.Of(Groups, _ => new Estimate(0.3, 0.1, 0.6, 12, 6), _ => 0.1, "random moments", 100));
        Assert.Equal(["all runs (12)", "MLP (4)"], figure["layout"]!["yaxis"]!["categoryarray"]!.AsArray().Select(name => name!.ToString()).Reverse().Take(2));
        Assert.Equal(["random moments", "all runs", "by family", "by dataset", "by seed"], figure["data"]!.AsArray().Select(trace => trace!["name"]!.ToString()));
        Assert.All(figure["data"]![0]!["x"]!.AsArray(), chance => Assert.Equal(10.0, (double)chance!));
        var all = figure["data"]![1]!;
        Assert.Equal((30.0, 30.0, 20.0), ((double)all["x"]![0]!, (double)all["error_x"]!["array"]![0]!, (double)all["error_x"]!["arrayminus"]![0]!));
    }

    [Fact]
    public void A_number_without_an_interval_has_no_bar() =>
        Assert.Equal(0.0, (double)Json(Forest.Of(Groups, _ => new Estimate(0.3, double.NaN, double.NaN, 3, 3), _ => 0.1, "chance"))["data"]![1]!["error_x"]!["array"]![0]!);

    private static JsonNode Json(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;
}
