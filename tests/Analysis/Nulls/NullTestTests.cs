using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Analysis;
using Ndt.Analysis.Nulls;

namespace Ndt.Tests.Analysis.Nulls;

public sealed class NullTestTests
{
    private const int Draws = 99;

    public static TheoryData<string> Timing => [.. NullModels.OfTiming.Select(model => model.Name)];

    public static TheoryData<string> Coordination => [.. NullModels.OfCoordination.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Timing))]
    public void Events_of_white_noise_come_early_no_more_often_than_chance(string model)
    {
        var result = NullTest.Compare(Noise(runs: 6, layers: 4), new EarlyEventShare(), OfTiming(model), Draws, seed: 1);
        Assert.InRange(result.Comparison.NullMean, 0.08, 0.12);
        Assert.InRange(result.Comparison.PValue, 0.05, 1);
        Assert.InRange(result.Comparison.Observed, result.Comparison.NullLow, result.Comparison.NullHigh);
    }

    [Theory]
    [MemberData(nameof(Timing))]
    public void Noise_that_dies_down_has_early_events_beyond_every_null_but_the_one_that_dies_down_too(string model)
    {
        var result = NullTest.Compare(Decaying(runs: 6, layers: 4), new EarlyEventShare(), OfTiming(model), Draws, seed: 1);
        Assert.True(result.Comparison.Observed > 0.6);
        if (OfTiming(model) is FadingNoiseNull)
        {
            Assert.InRange(Math.Abs(result.Comparison.Effect), 0, 0.15);
        }
        else
        {
            Assert.Equal(result.Comparison.PFloor, result.Comparison.PValue);
            Assert.True(result.Comparison.Effect > 0.4);
        }
    }

    [Theory]
    [MemberData(nameof(Coordination))]
    public void Layers_that_move_together_are_told_from_layers_that_do_not(string model)
    {
        var chance = NullTest.Compare(Noise(runs: 4, layers: 6), new CoordinationStatistic(largest: true), OfCoordination(model), Draws, seed: 1);
        Assert.InRange(chance.Comparison.PValue, 0.05, 1);

        var common = NullTest.Compare(Common(runs: 4, layers: 6), new CoordinationStatistic(largest: true), OfCoordination(model), Draws, seed: 1);
        Assert.Equal(common.Comparison.PFloor, common.Comparison.PValue);
        Assert.True(common.Comparison.Effect > 0.2);
    }

    [Fact]
    public void Mean_coordination_is_fixed_by_the_definition_and_a_joint_order_leaves_all_coordination_as_it_is()
    {
        var runs = Common(runs: 2, layers: 3);
        var mean = NullTest.Compare(runs, new CoordinationStatistic(largest: false), new ShuffleNull(LayerCoupling.Apart), 20, seed: 1).Comparison;
        Assert.Equal(40 / 400.0, mean.Observed, 1e-12);
        Assert.Equal(mean.Observed, mean.NullLow, 1e-12);
        Assert.Equal(mean.Observed, mean.NullHigh, 1e-12);

        var largest = NullTest.Compare(runs, new CoordinationStatistic(largest: true), new ShuffleNull(LayerCoupling.Together), 20, seed: 1).Comparison;
        Assert.Equal(0, largest.Effect, 1e-12);
        Assert.Equal(1, largest.PValue);
    }

    [Fact]
    public void A_loss_that_falls_early_on_coincides_with_early_movement_and_the_matched_shuffle_says_so()
    {
        // The loss falls in every interval of the first tenth and in every other one later; layers move most in the first tenth.
        var loss = new double[MadeRun.Increments + 1];
        for (var i = 0; i < MadeRun.Increments; i++)
        {
            loss[i + 1] = loss[i] + (i < 40 || i % 2 == 0 ? -1 : 1);
        }

        var runs = Decaying(runs: 6, layers: 3, loss);
        var unmatched = NullTest.Compare(runs, new LossDropStatistic(), new ShuffleNull(LayerCoupling.Together), Draws, seed: 1).Comparison;
        var matched = NullTest.Compare(runs, new LossDropStatistic(), new ShuffleNull(LayerCoupling.Together, 10), Draws, seed: 1).Comparison;
        Assert.True(unmatched.Effect > 0.1);
        Assert.Equal(unmatched.PFloor, unmatched.PValue);
        Assert.InRange(Math.Abs(matched.Effect), 0, 0.05);
        Assert.True(matched.PValue > 0.05);
    }

    [Fact]
    public void A_run_whose_loss_was_not_recorded_is_left_out_of_figures_of_the_loss()
    {
        double[] none = [.. Enumerable.Repeat(double.NaN, MadeRun.Increments + 1)], falling = [.. Enumerable.Range(0, MadeRun.Increments + 1).Select(i => -(double)i)];
        var (without, with) = (Decaying(runs: 2, layers: 3, none), Decaying(runs: 2, layers: 3, falling));
        foreach (var statistic in new RunStatistic[] { new LossDropStatistic(), new StrongPeriods() })
        {
            Assert.Equal(double.NaN, NullTest.Compare(without, statistic, new ShuffleNull(LayerCoupling.Together), 9, seed: 1).Comparison.Observed);
            Assert.Equal(1, NullTest.Compare([.. without, .. with], statistic, new ShuffleNull(LayerCoupling.Together), 9, seed: 1).Comparison.Observed);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_result_and_several_figures_at_once_what_each_gives_alone()
    {
        var runs = Noise(runs: 5, layers: 3);
        RunStatistic[] statistics = [new EarlyEventShare(), new CoordinationStatistic(largest: true), new LossDropStatistic(), new StrongPeriods()];
        foreach (var model in NullModels.OfTiming.Concat(NullModels.OfCoordination))
        {
            var together = NullTest.Compare(runs, statistics, model, 10, seed: 3);
            for (var s = 0; s < statistics.Length; s++)
            {
                Assert.Equal(NullTest.Compare(runs, statistics[s], model, 10, seed: 3).Comparison, together[s].Comparison);
            }
        }
    }

    [Fact]
    public void Layers_that_do_not_move_or_repeat_each_other_are_no_obstacle()
    {
        var layer = Gaussian(1);
        RunSeries[] runs = [MadeRun.Of([layer, layer, new double[MadeRun.Increments]])];
        foreach (var model in NullModels.OfTiming)
        {
            var comparison = NullTest.Compare(runs, new EarlyEventShare(), model, 19, seed: 1).Comparison;
            Assert.Equal(19, comparison.Draws);
            Assert.InRange(comparison.PValue, 1.0 / 20, 1);
        }
    }

    [Fact]
    public void Every_null_says_what_it_keeps_and_destroys_under_a_name_of_its_own()
    {
        NullModel[] models = [.. NullModels.OfTiming, .. NullModels.OfCoordination];
        Assert.Equal(models.Length, models.Select(model => model.Name).Distinct().Count());
        Assert.All(models, model => Assert.NotEqual(model.Keeps, model.Destroys));
    }

    [Fact]
    public void The_table_has_a_row_for_every_result()
    {
        var results = NullTest.Compare(Noise(runs: 2, layers: 2), [new EarlyEventShare(), new StrongPeriods()], new CircularShiftNull(LayerCoupling.Apart), 9, seed: 1);
        var lines = NullResult.Table(results).TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("stable_rank,early_event_share,circular shift per layer,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_runs_and_runs_of_several_metrics_are_refused() =>
        Assert.Throws<ArgumentException>(() => NullTest.Compare([], new EarlyEventShare(), new ShuffleNull(LayerCoupling.Together), 9, seed: 1));

    internal static RunSeries[] Noise(int runs, int layers) =>
        [.. Enumerable.Range(0, runs).Select(run => MadeRun.Of(Enumerable.Range(0, layers).Select(layer => Gaussian((run * layers) + layer)), architecture: $"mlp_{run}"))];

    internal static RunSeries[] Decaying(int runs, int layers, double[]? loss = null) =>
    [
        .. Enumerable.Range(0, runs).Select(run => MadeRun.Of(
            Enumerable.Range(0, layers).Select(layer => Gaussian((run * layers) + layer).Select((value, i) => value * Math.Exp(-i / 40.0)).ToArray()), loss, $"mlp_{run}")),
    ];

    private static RunSeries[] Common(int runs, int layers) =>
    [
        .. Enumerable.Range(0, runs).Select(run => MadeRun.Of(
            Enumerable.Range(0, layers).Select(layer => Gaussian(1000 + run).Zip(Gaussian((run * layers) + layer), (common, own) => (3 * common) + own).ToArray()))),
    ];

    private static NullModel OfTiming(string name) => NullModels.OfTiming.Single(model => model.Name == name);

    private static NullModel OfCoordination(string name) => NullModels.OfCoordination.Single(model => model.Name == name);

    private static double[] Gaussian(int seed)
    {
        var values = new double[MadeRun.Increments];
        Normal.Samples(new MersenneTwister(seed), values, 0, 1);
        return values;
    }
}
