using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Tests.Analysis;

public sealed class ChangeProgressTests
{
    [Fact]
    public void Shares_of_a_known_series_are_its_sums()
    {
        // Increments 4, −2, 1, 1; path 8, net 4.
        var progress = ChangeProgress.Of([0, 4, 2, 3, 4], [0, 10, 20, 30, 40], 40, [0, 0.25, 0.49, 0.5, 1]);
        Assert.Equal(
            [new(0, 0, 0), new(0.25, 0.5, 1), new(0.49, 0.5, 1), new(0.5, 0.75, 0.5), new ChangeProgress(1, 1, 1)], progress);
    }

    [Fact]
    public void The_initial_state_counts_when_it_is_there()
    {
        Assert.Equal(0.75, ChangeProgress.Of([0, 3, 4], [-1, 0, 5], 10, [0])[0].PathShare);
        Assert.Equal(0, ChangeProgress.Of([3, 4], [0, 5], 10, [0])[0].PathShare);
    }

    [Fact]
    public void A_series_that_stands_still_or_returns_has_no_share()
    {
        Assert.Equal(double.NaN, ChangeProgress.Of([1, 1], [0, 5], 10, [1])[0].PathShare);
        Assert.Equal(new ChangeProgress(0.5, 0.5, double.NaN), ChangeProgress.Of([1, 2, 1], [0, 5, 10], 10, [0.5])[0]);
        Assert.Equal(double.NaN, ChangeProgress.Of([1], [0], 10, [1])[0].PathShare);
    }

    [Fact]
    public void Series_and_steps_of_different_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => ChangeProgress.Of([1, 2], [0], 10, [1]));

    [Fact]
    public void At_a_tenth_of_training_the_path_is_the_analyses_early_path()
    {
        var random = new MathNet.Numerics.Random.MersenneTwister(1);
        var record = MadeRun.Record([[.. Enumerable.Range(0, MadeRun.Increments).Select(_ => random.NextDouble() - 0.5)]]);
        var layer = RunAnalysis.Analyse(record, Metric.StableRank).Layers[0];
        var progress = LayerProgress.Of(record, Metric.StableRank, ChangeProgress.Fractions)[0];
        Assert.Equal(layer.EarlyPathLength / layer.PathLength, progress.Progress[2].PathShare, 1e-12);
        Assert.Equal(("network.0", 5), (progress.Layer, progress.Progress.Count));
    }

    [Fact]
    public void Floors_are_what_a_control_moves_by_and_what_rounding_does()
    {
        Assert.Equal(1, NoiseFloor.OfControl([0, 1, 0, 1, 0]));
        Assert.Equal(Math.Pow(2, -52), NoiseFloor.OfDoubleRounding([1, -1.5, 1.5]));
        Assert.Equal(Math.Pow(2, -23), NoiseFloor.OfSingleRounding([1, -1.5, 1.5]));
        Assert.Equal(double.NaN, NoiseFloor.OfDoubleRounding([]));
    }

    [Fact]
    public void Events_are_measured_in_floors()
    {
        var scale = EventScale.Of([1, 2, 10], 2);
        Assert.Equal((3, 2, 0.55, 1, 1.0 / 3), (scale.Events, scale.Floor, scale.Low, scale.Median, scale.ShareAbove));
        Assert.Equal(4.6, scale.High, 1e-12);
        Assert.Equal(double.PositiveInfinity, EventScale.Of([1], 0).Median);
        Assert.Equal(double.NaN, EventScale.Of([], 1).Median);
    }
}
