using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Tests.Analysis;

public sealed class LayerMotionTests
{
    [Fact]
    public void Path_squares_and_net_change_are_in_units_of_the_level_and_early_shares_of_the_first_tenth()
    {
        // 400 measurements: up by 1 at each of the first 40 increments, then up and down by 1 in turn.
        double[] values = [.. Enumerable.Range(0, 400).Select(i => 100.0 + (i <= 40 ? i : 40 + ((i - 40) % 2)))];
        var run = StudiedRuns.Of("mlp_a", "mnist", 0, i => -i, i => values[i]);
        var motion = LayerMotion.Of(run.Record, Metric.StableRank)[0];
        var level = values.Average();
        Assert.Equal(399 / level, motion.Path, 1e-12);
        Assert.Equal(399 / (level * level), motion.Squares, 1e-12);
        Assert.Equal(Math.Abs(values[^1] - values[0]) / level, motion.Net, 1e-12);
        Assert.Equal(40 / 399.0, motion.EarlyPath, 1e-12);
        Assert.Equal(40 / 399.0, motion.EarlySquares, 1e-12);
    }

    [Fact]
    public void A_layer_that_does_not_move_has_a_path_of_0_and_no_shares()
    {
        var motion = LayerMotion.Of(StudiedRuns.Of("mlp_a", "mnist", 0, i => -i, _ => 3).Record, Metric.StableRank)[0];
        Assert.Equal((0, 0), (motion.Path, motion.Net));
        Assert.True(double.IsNaN(motion.EarlyPath) && double.IsNaN(motion.EarlySquares));
    }
}
