using Ndt.PhaseTwo;

namespace Ndt.Tests.PhaseTwo;

public sealed class WhereChangeIsTests
{
    [Fact]
    public void A_network_turns_where_it_is_as_near_to_its_end_as_to_its_beginning()
    {
        // S(0, 9) = 0.8 and S(9, 99) = 0.4: lead −0.4 at 9; S(0, 99) = 0.2: lead 0.8 at 99. Linear in log(t + 1) the lead is 0 a third of the way: 10 · 10^(1/3) − 1.
        var turn = Assert.Single(TurningPoint.Of([.. Run(0), .. Run(1)]));
        Assert.Equal((10 * Math.Cbrt(10)) - 1, turn.Updates.Estimate, 1e-9);
        Assert.Equal(turn.Updates.Estimate, turn.Updates.Low, 1e-9);
        Assert.Equal(2, turn.Updates.Count);
    }

    [Fact]
    public void The_share_of_a_stretch_is_its_change_over_that_of_all_beside_an_even_pace()
    {
        var shares = ChangeShare.Of([.. Run(0), .. Run(1)]);
        Assert.Equal([(0, 9), (9, 99)], shares.Select(share => (share.From, share.To)));
        Assert.Equal(0.25, shares[0].Share.Estimate, 1e-12);
        Assert.Equal(0.75, shares[1].Share.Estimate, 1e-12);
        Assert.Equal(9 / 99.0, shares[0].Even, 1e-12);
        Assert.Equal(1, Assert.Single(ChangeShare.Of(Run(0), [0, 99])).Share.Estimate, 1e-12);
    }

    [Fact]
    public void Means_over_hidden_layers_leave_out_the_output_layer_and_attention()
    {
        SimilarityValue[] layers = [Layer("input_proj", 0, 0.1), Layer("layers.0.self_attn.in_proj", 1, 0.5), Layer("layers.0.linear2", 2, 0.3), Layer("fc", 3, 0.9)];
        var mean = Assert.Single(HiddenMean.WithoutAttention(layers));
        Assert.Equal((SimilarityValue.HiddenLayers, -1), (mean.Layer, mean.Depth));
        Assert.Equal(0.2, mean.Similarity, 1e-12);
    }

    private static SimilarityValue[] Run(int seed) => [At(seed, 0, 9, 0.8), At(seed, 0, 99, 0.2), At(seed, 9, 99, 0.4)];

    private static SimilarityValue At(int seed, int from, int to, double similarity) =>
        new(ComparisonKind.OverTime, "mlp", "study", SimilarityValue.HiddenLayers, -1, "debiased_cka", from, to, seed, seed, similarity);

    private static SimilarityValue Layer(string name, int depth, double similarity) =>
        new(ComparisonKind.OverTime, "transformer", "study", name, depth, "debiased_cka", 0, 9, 0, 0, similarity);
}
