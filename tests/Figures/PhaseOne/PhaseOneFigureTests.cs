using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ndt.Analysis;
using Ndt.Figures.PhaseOne;
using Ndt.Tests.Analysis;
using Plotly.NET;

namespace Ndt.Tests.Figures.PhaseOne;

public sealed partial class PhaseOneFigureTests
{
    private static readonly IReadOnlyList<StudiedRun> Runs = StudiedRuns.Some();

    public static TheoryData<string> Names => [.. Figures.Keys];

    private static Dictionary<string, Func<IReadOnlyList<StudiedRun>, GenericChart>> Figures { get; } = new()
    {
        ["grid"] = runs => LayerHeatmaps.Grid(RunGroup.ByFamily(runs)[0]),
        ["selector"] = runs => LayerHeatmaps.Selector(runs),
        ["jumps"] = runs => MotionFigure.Jumps(runs),
        ["critical steps"] = runs => MotionFigure.CriticalSteps(runs),
        ["bins"] = EventFigures.PublishedAndTrue,
        ["over time"] = runs => EventFigures.OverTime(runs),
        ["early"] = runs => EventFigures.EarlyShare(runs),
        ["per layer"] = runs => EventFigures.PerLayer(runs),
        ["by depth"] = runs => EventFigures.ByDepth(runs),
        ["magnitudes"] = runs => EventFigures.Magnitudes(runs),
        ["speeds"] = runs => CriticalFigures.Speeds(runs),
        ["coordination"] = runs => CriticalFigures.Coordination(runs),
        ["largest"] = runs => CriticalFigures.LargestCoordination(runs),
        ["loss falls"] = CriticalFigures.LossFalls,
        ["loss share"] = runs => CriticalFigures.LossShare(runs),
        ["loss excess"] = runs => CriticalFigures.LossExcess(runs),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_figure_has_a_title_that_fits_says_its_n_and_has_an_alternative_text(string name)
    {
        var layout = Json(Figures[name](Runs))["layout"]!;
        var lines = Markup().Replace(layout["title"]!["text"]!.ToString().Replace("<br>", "\n", StringComparison.Ordinal), "").Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 54));
        Assert.Matches(@"\d+ runs|\d+ increments|\d+ critical steps", string.Join(' ', lines));
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
    public void The_selector_offers_every_cell_and_shows_one()
    {
        var figure = Json(LayerHeatmaps.Selector(Runs));
        Assert.Equal(2, figure["data"]!.AsArray().Count);
        var buttons = figure["layout"]!["updatemenus"]![0]!["buttons"]!.AsArray();
        Assert.Equal(Runs.Where(run => run.Run.Seed == 0).Select(run => run.Name), buttons.Select(button => button!["label"]!.ToString()));
        Assert.All(buttons, button => Assert.Equal(3, button!["args"]![0]!["z"]![0]!.AsArray().Count));
    }

    [Fact]
    public void Groups_are_all_runs_then_families_datasets_and_seeds() => Assert.Equal(
        ["all runs", "MLP", "CNN", "Transformer", "AG News", "MNIST", "seed 0", "seed 1"],
        RunGroup.Of(Runs).Select(group => group.Name));

    [Fact]
    public void Tables_have_a_row_for_each_metric_or_group()
    {
        Assert.Equal(6, EventTables.ByMetric(Runs).Count);
        Assert.Equal(8, EventTables.ByGroup(Runs).Count);
        Assert.Equal(3, EventTables.FirstLayer(Runs).Count);
        Assert.Equal(5, CriticalTables.Definitions(Runs).Count);
        Assert.Equal(8, CriticalTables.ByGroup(Runs).Count);
        Assert.Equal(12, RunTables.Overview(Runs).Sum(row => row.Runs));
    }

    private static JsonNode Json(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();
}
