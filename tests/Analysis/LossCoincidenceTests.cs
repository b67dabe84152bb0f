using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Tests.Analysis;

public sealed class LossCoincidenceTests
{
    [Fact]
    public void A_loss_that_always_falls_falls_at_critical_steps_by_chance_as_well()
    {
        var coincidence = Of(i => -i, i => Math.Sqrt(i));
        Assert.Equal(new LossCoincidence(1, 1, 1), coincidence);
    }

    [Fact]
    public void The_chance_level_is_that_of_the_stretch_where_critical_steps_lie()
    {
        // The loss falls in every interval of the first tenth and in none after it; there lie the critical steps.
        var coincidence = Of(i => i < 40 ? -i : i, i => i < 40 ? i * i : 39 * 39);
        Assert.Equal((1, 39 / 399.0), (coincidence.Observed, coincidence.Overall));
        Assert.InRange(coincidence.Chance, 0.9, 1);
    }

    [Fact]
    public void Falls_by_stretch_average_to_their_share_of_all_intervals()
    {
        var run = StudiedRuns.Of("mlp_a", "mnist", 0, i => i % 4 == 0 ? 1 : 2, i => i);
        Assert.Equal(LossCoincidence.Stretches, LossCoincidence.FallsByStretch(run[Metric.StableRank]).Length);
        Assert.Equal(LossCoincidence.Of(run[Metric.StableRank]).Overall, LossCoincidence.FallsByStretch(run[Metric.StableRank]).Average(), 0.01);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(40)]
    public void The_matched_chance_is_the_mean_over_all_ways_to_place_critical_steps_anew_within_their_stretch(int stretches)
    {
        var random = new MathNet.Numerics.Random.MersenneTwister(stretches);
        var loss = new double[400];
        for (var i = 1; i < loss.Length; i++)
        {
            loss[i] = loss[i - 1] + random.NextDouble() - (i < 100 ? 0.8 : 0.5);
        }

        int[] critical = [.. Enumerable.Range(0, 399).Where(_ => random.NextDouble() < 0.1)];
        double sum = 0;
        const int Draws = 4000;
        var order = new int[399];
        for (var draw = 0; draw < Draws; draw++)
        {
            Ndt.Statistics.Permutations.ShuffleWithinBlocks(order, stretches, random);
            sum += CriticalPeriods.LossDropShare([.. critical.Select(step => order[step])], loss);
        }

        Assert.Equal(sum / Draws, LossCoincidence.MatchedChance(critical, loss, stretches), 0.01);
        Assert.Equal(0, LossCoincidence.MatchedChance([], loss, stretches));
    }

    [Fact]
    public void Without_critical_steps_there_is_nothing_to_coincide() => Assert.True(double.IsNaN(Of(i => -i, _ => 1).Observed));

    [Fact]
    public void A_loss_that_was_not_recorded_coincides_with_nothing_and_has_no_chance_level()
    {
        Assert.Equal(new LossCoincidence(double.NaN, double.NaN, double.NaN), Of(_ => double.NaN, i => Math.Sqrt(i)));
        Assert.Equal(double.NaN, LossCoincidence.MatchedChance([3], [.. Enumerable.Repeat(double.NaN, 400)]));
        var run = StudiedRuns.Of("mlp_a", "mnist", 0, _ => double.NaN, i => i)[Metric.StableRank];
        Assert.All(LossCoincidence.FallsByStretch(run), share => Assert.Equal(double.NaN, share));
        Assert.False(run.HasLoss || run.IsStrong);
    }

    private static LossCoincidence Of(Func<int, double> loss, Func<int, double> layer) =>
        LossCoincidence.Of(StudiedRuns.Of("mlp_a", "mnist", 0, loss, layer)[Metric.StableRank]);
}
