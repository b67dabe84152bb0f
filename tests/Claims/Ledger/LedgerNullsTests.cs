using Ndt.Analysis;
using Ndt.Analysis.Nulls;
using Ndt.Claims.Ledger;
using Ndt.Statistics;
using Ndt.Tests.Analysis;

namespace Ndt.Tests.Claims.Ledger;

public sealed class LedgerNullsTests
{
    private static readonly FadingNoiseNull Other = new(LayerCoupling.Together, reach: 40);

    // Two events of 8 early on and ten of 4 in the last half, among no change at all.
    private static readonly IReadOnlyList<RunSeries> Runs = [MadeRun.Of([Increments()])];

    [Fact]
    public void The_chosen_null_on_the_studys_runs_comes_first_and_alone_decides_in_per_cent()
    {
        NullFamilyTable[] kept = [Kept(NullFamilyTable.AllCells, Other, 0.2), Kept(NullFamilyTable.CommonCells, FadingNoiseNull.Chosen, 0.3), Kept(NullFamilyTable.AllCells, FadingNoiseNull.Chosen, 0.4)];
        var levels = LedgerNulls.Of(kept, NullFamily.Compare(Runs, new EarlyEventShare(), 3, 1), Runs, 3, 1);
        var early = levels["events_first_10"];
        Assert.Equal(3 + NullFamily.Members.Count, early.Count);
        Assert.Equal((true, 40.0, 32.0, 39.0, 41.0, 0.5, 55), (early[0].IsChosen, Round(early[0].Mean), Round(early[0].Observed), Round(early[0].Low), Round(early[0].High), early[0].PValue, early[0].Runs));
        Assert.Equal(100 * FadingNoiseNull.ChosenError, early[0].Error);
        Assert.All(early.Skip(1), level => Assert.False(level.IsChosen));
        Assert.Equal([20.0, 30.0], early.Skip(1).Take(2).Select(level => Round(level.Mean)));
        Assert.Same(early, levels["early_share_week_7_8"]);
        Assert.Equal(40.0, Round(Assert.Single(levels["words_all_architectures"]).Mean));
    }

    [Fact]
    public void Our_runs_give_the_mean_phase_by_family_and_the_ratio_of_sizes()
    {
        var levels = LedgerNulls.Of([], [], Runs, 3, 1);
        Assert.Empty(levels["events_first_10"]);
        Assert.DoesNotContain("words_all_architectures", levels.Keys);
        Assert.DoesNotContain("mean_phase_cnn", levels.Keys);

        // Phases 0 and 0.025, and 0.5 to 0.5225 in steps of 0.0025: (0.025 + 10 · 0.51125) / 12.
        Assert.Equal(0.428125, Assert.Single(levels["mean_phase_mlp"]).Observed, 1e-12);
        Assert.Equal(2.0, Assert.Single(levels["words_stronger_early"]).Observed, 1e-9);
    }

    private static NullFamilyTable Kept(string set, FadingNoiseNull member, double mean) =>
        new(set, member, 55, 400, new NullComparison(0.32, mean, mean - 0.01, mean + 0.01, 0.5, 0.005, Alternative.TwoSided, 200, 1));

    private static double[] Increments()
    {
        var increments = new double[MadeRun.Increments];
        (increments[0], increments[10]) = (8, -8);
        for (var i = 0; i < 10; i++)
        {
            increments[200 + i] = i % 2 == 0 ? 4 : -4;
        }

        return increments;
    }

    private static double Round(double value) => Math.Round(value, 9);
}
