using Ndt.PhaseTwo;
using Ndt.Runs;

namespace Ndt.Tests.PhaseTwo;

/// <summary>What is computed of the embedded networks at their saved states.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class SavedStatesTests
{
    private static readonly string Data = Path.Combine(RepositoryPaths.Root, "data");

    private static readonly Lazy<IReadOnlyList<RunFeatures>> Mlp = new(() => RunFeatures.Of(Find("mlp_narrow", [0, 1, 2])));

    [Fact]
    public void A_network_without_attention_has_no_heads_and_its_weights_share_the_whole()
    {
        var cnn = RunFeatures.Of(Find("cnn_deep", [0]))[0];
        Assert.Empty(AttentionRow.Of(cnn));
        Assert.Equal(1, PhaseTwoTables.WeightsOverTime([cnn], "cnn_deep").Where(row => row is { From: 0, To: 100 }).Sum(row => row.Share), 1e-12);
    }

    [Fact]
    public void A_head_is_itself_at_the_last_step()
    {
        var rows = AttentionRow.Of(RunFeatures.Of(Find("transformer_deep", [0]))[0]);
        Assert.Equal(4 * 24, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Step == 2000, row.DivergenceToLast < 1e-12));
    }

    [Fact]
    public void Every_hidden_layer_has_its_dimension_beside_its_change()
    {
        var rows = DimensionRow.Of(Mlp.Value, Comparisons.Of(Mlp.Value), "study");
        Assert.Equal(3 * 3 * 4, rows.Count);
        Assert.All(rows, row => Assert.True(row.ParticipationRatio >= 1 && row.DimensionChange >= 0 && row.ChangeToLast is > -0.01 and < 1.1));
    }

    private static IReadOnlyList<SavedRun> Find(string architecture, int[] seeds) => SavedRun.Find(
        new CheckpointPlan([new GridCell(architecture, "mnist")], ["study", "shuffled_labels"], seeds, [0, 100, 1000, 2000]), Path.Combine(Data, "checkpoints"));
}
