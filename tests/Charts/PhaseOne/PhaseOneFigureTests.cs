using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ndt.Analysis;
using Ndt.Charts.PhaseOne;
using Ndt.Measurement;
using Ndt.Tests.Analysis;
using Plotly.NET;

namespace Ndt.Tests.Charts.PhaseOne;

public sealed partial class PhaseOneFigureTests
{
    private static readonly IReadOnlyList<StudiedRun> Runs = StudiedRuns.Some();

    public static TheoryData<string> Names => [.. Figures.Keys];

    private static Dictionary<string, Func<IReadOnlyList<StudiedRun>, GenericChart>> Figures { get; } = new()
    {
        ["grid"] = runs => LayerHeatmaps.Grid(RunGroup.ByFamily(runs)[0]),
        ["selector"] = runs => LayerHeatmaps.Selector(runs),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_figure_has_a_title_that_fits_says_its_n_and_has_an_alternative_text(string name)
    {
        var layout = Json(Figures[name](Runs))["layout"]!;
        var lines = Markup().Replace(layout["title"]!["text"]!.ToString().Replace("<br>", "\n", StringComparison.Ordinal), "").Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 54));
        Assert.Matches(@"\d+ runs", string.Join(' ', lines));
        Assert.True(layout["meta"]!["alt"]!.ToString().Length > 40);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_figure_can_be_drawn_of_a_single_run_that_never_moves(string name)
    {
        var figure = Figures[name]([StudiedRuns.Of("mlp_a", "mnist", null, _ => 1, _ => 2, _ => 3)]);
        Assert.DoesNotContain("NaN", GenericChart.toFigureJson(figure), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_has_a_panel_for_each_cell_with_its_settling_points()
    {
        var data = Json(LayerHeatmaps.Grid(RunGroup.ByFamily(Runs).Single(family => family.Name == "CNN")))["data"]!.AsArray();
        Assert.Equal(["heatmap", "scatter", "heatmap", "scatter"], data.Select(trace => trace!["type"]!.ToString()));
        Assert.Equal(3, data[0]!["z"]!.AsArray().Count);
        Assert.Equal(40, data[0]!["z"]![0]!.AsArray().Count);
    }

    [Fact]
    public void The_selector_offers_every_cell_by_its_name_and_shows_one()
    {
        var figure = Json(LayerHeatmaps.Selector(Runs));
        Assert.Equal(2, figure["data"]!.AsArray().Count);
        var buttons = figure["layout"]!["updatemenus"]![0]!["buttons"]!.AsArray();
        Assert.Equal(
            ["MLP a on MNIST", "MLP b on MNIST", "CNN a on MNIST", "CNN a on AG News", "Transformer a on AG News", "Transformer b on MNIST"],
            buttons.Select(button => button!["label"]!.ToString()));
        Assert.All(buttons, button => Assert.Equal(3, button!["args"]![0]!["z"]![0]!.AsArray().Count));
    }

    [Fact]
    public void A_runs_heatmap_takes_the_scale_of_all_maps_from_the_template() =>
        Assert.Null(Json(RunHeatmap.Of(RunSeries.Of(Runs[0].Record, Metric.StableRank, Runs[0].View)))["data"]![0]!["colorscale"]);

    private static JsonNode Json(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();
}
