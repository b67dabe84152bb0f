using Ndt.Claims;
using Ndt.Figures.PhaseTwo;
using Ndt.PhaseTwo;
using Ndt.Runs;
using Plotly.NET;

namespace Ndt.Tests.Figures.PhaseTwo;

[Collection(nameof(TorchGenerator))]
public sealed class PhaseTwoFigureTests
{
    private static readonly string Data = Path.Combine(RepositoryPaths.Root, "data");

    private static readonly Lazy<IReadOnlyList<RunFeatures>> Mlp = new(() => RunFeatures.Of(Find("mlp_narrow", [0, 1, 2])));

    private static readonly Lazy<IReadOnlyList<SimilarityValue>> Values = new(() => Comparisons.Of(Mlp.Value));

    [Fact]
    public void Floor_ceiling_and_controls_are_drawn_in_with_the_number_of_seeds()
    {
        var figure = Json(SimilarityFigures.ByLayer(SimilarityRow.Summarise(Values.Value), "mlp_narrow"));
        Assert.All(["floor: other seeds", "ceiling: units permuted", "random features", "shuffled labels", "100 → 2000 updates", "floor from 3 seeds", "error_y"], part => Assert.Contains(part, figure, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_another_seed_the_figure_says_that_there_is_no_floor()
    {
        var alone = Values.Value.Where(value => value.Kind != ComparisonKind.OtherSeed && value.Seed == 0);
        var figure = Json(SimilarityFigures.ByLayer(SimilarityRow.Summarise(alone), "mlp_narrow"));
        Assert.Contains("one seed; no floor", figure, StringComparison.Ordinal);
        Assert.DoesNotContain("error_y", figure, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => SimilarityFigures.ByLayer([], "cnn_deep"));
    }

    [Fact]
    public void Filters_and_attention_are_shown_at_every_step_and_only_where_there_are_any()
    {
        var cnn = RunFeatures.Of(Find("cnn_deep", [0]))[0];
        Assert.Contains("32 filters", Json(TileFigures.Filters(cnn)), StringComparison.Ordinal);
        Assert.Contains("1000 updates", Json(TileFigures.Filters(cnn, "conv_layers.6.weight")), StringComparison.Ordinal);
        Assert.Throws<InputException>(() => TileFigures.Filters(cnn, "fc.weight"));
        Assert.Throws<InputException>(() => TileFigures.Attention(cnn));
        Assert.Empty(AttentionRow.Of(cnn));
        Assert.Throws<InputException>(() => AttentionFigures.Entropy([]));
        Assert.Equal(1, PhaseTwoTables.WeightsOverTime([cnn], "cnn_deep").Where(row => row is { From: 0, To: 100 }).Sum(row => row.Share), 1e-12);
    }

    [Fact]
    public void A_head_is_itself_at_the_last_step()
    {
        var transformer = RunFeatures.Of(Find("transformer_deep", [0]))[0];
        var rows = AttentionRow.Of(transformer);
        Assert.Equal(4 * 24, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Step == 2000, row.DivergenceToLast < 1e-12));
        Assert.Contains("24 heads", Json(AttentionFigures.Entropy(rows)), StringComparison.Ordinal);
        Assert.Contains("layer 5", Json(TileFigures.Attention(transformer)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_names_each_part_and_what_too_few_seeds_leave_open()
    {
        var rule = PhaseTwoRule.Read(Path.Combine(Data, "phase2_rule.json"));
        var verdict = PhaseTwoVerdict.Of(rule, Values.Value);
        var answer = PhaseTwoText.Answer(verdict, Find("mlp_narrow", [0, 1, 2]));
        Assert.StartsWith("**In mlp_narrow (3 seeds) ", answer, StringComparison.Ordinal);
        Assert.Contains(verdict.Sentence, answer, StringComparison.Ordinal);
        Assert.Contains("early", Json(VerdictFigures.Quantities(verdict)), StringComparison.Ordinal);
        var single = PhaseTwoVerdict.Of(rule, Values.Value.Where(value => value.Seed == 0 && value.Kind == ComparisonKind.OverTime));
        Assert.Contains("one seed is here, which is too few to tell", PhaseTwoText.Answer(single, []), StringComparison.Ordinal);
        Assert.Contains("not reproduced", PhaseTwoText.Study(null, "archive"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_hidden_layer_has_its_dimension_beside_its_change()
    {
        var rows = DimensionRow.Of(Mlp.Value, Values.Value, "study");
        Assert.Equal(3 * 3 * 4, rows.Count);
        Assert.All(rows, row => Assert.True(row.ParticipationRatio >= 1 && row.DimensionChange >= 0 && row.ChangeToLast is > -0.01 and < 1.1));
        Assert.Contains("Spearman", Json(DimensionFigures.AgainstChange(rows)), StringComparison.Ordinal);
    }

    private static IReadOnlyList<SavedRun> Find(string architecture, int[] seeds) => SavedRun.Find(
        new CheckpointPlan([new GridCell(architecture, "mnist")], ["study", "shuffled_labels"], seeds, [0, 100, 1000, 2000]), Path.Combine(Data, "checkpoints"));

    private static string Json(GenericChart chart) => GenericChart.toJson(chart) + GenericChart.toFigureJson(chart);
}
