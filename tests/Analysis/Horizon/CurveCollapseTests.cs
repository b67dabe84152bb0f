using Ndt.Analysis.Horizon;

namespace Ndt.Tests.Analysis.Horizon;

public sealed class CurveCollapseTests
{
    [Fact]
    public void A_curve_is_read_between_its_measurements_and_where_the_clock_stands_still_at_the_last()
    {
        var curve = new ClockedCurve([1, 2, 2, 4], [10, 20, 30, 50]);
        Assert.Equal([10, 10, 15, 30, 40, 50, 50], new double[] { 0, 1, 1.5, 2, 3, 4, 9 }.Select(curve.At));
    }

    [Fact]
    public void Curves_that_are_one_collapse_wholly_and_levels_side_by_side_not_at_all()
    {
        var curve = Decay(1);
        Assert.Equal(1, CurveCollapse.Of([curve, curve, curve]).Explained, 1e-12);
        Assert.Equal(1, CurveCollapse.Of([curve, curve]).Coverage);
        var levels = CurveCollapse.Of([Level(1), Level(3)]);
        Assert.Equal(0, levels.Explained, 1e-12);
        Assert.True(double.IsNaN(CurveCollapse.Of([Level(1), Level(1)]).Explained)); // nothing varies
        Assert.True(double.IsNaN(CurveCollapse.Of([curve]).Explained));
    }

    [Fact]
    public void Of_curves_that_stand_still_together_there_is_nothing_to_explain_and_the_level_does_not_matter()
    {
        Assert.Equal(double.NaN, CurveCollapse.Of([Level(3.7), Level(3.7), Level(3.7)]).Explained);
        var shifted = CurveCollapse.Of([new([1, 2], [1e9, 1e9 + 2]), new([1, 2], [1e9 + 1, 1e9 + 5])]);
        Assert.Equal(1 - (5 / 14.0), shifted.Explained, 1e-12);
    }

    [Fact]
    public void The_share_is_that_of_one_way_analysis_of_variance()
    {
        // Readings 1 and 2, both moments of both curves: values 0, 2 and 1, 5. Means by reading 0.5, 3.5, of all 2: within 0.5 + 4.5 = 5, all 4 + 0 + 1 + 9 = 14.
        Assert.Equal(1 - (5 / 14.0), CurveCollapse.Of([new([1, 2], [0, 2]), new([1, 2], [1, 5])]).Explained, 1e-12);
    }

    [Fact]
    public void The_right_clock_beats_clocks_of_random_speed()
    {
        // exp(−rate · t) are one curve on the clock rate · t.
        double[] rates = [0.5, 1, 5];
        var right = CurveCollapse.Of([.. rates.Select(rate => Decay(rate) with { Readings = [.. Decay(1).Readings.Select(t => rate * t)] })]);
        var chance = CurveCollapse.Chance([.. rates.Select(Decay)], ratio: 10, draws: 100, seed: 1);
        Assert.InRange(right.Explained, 0.999, 1);
        Assert.InRange(chance, 0.3, 0.95);
        Assert.True(right.Coverage < 1);
        Assert.Equal(chance, CurveCollapse.Chance([.. rates.Select(Decay)], ratio: 10, draws: 100, seed: 1));
    }

    private static ClockedCurve Decay(double rate)
    {
        double[] times = [.. Enumerable.Range(1, 400).Select(i => 0.01 * i)];
        return new ClockedCurve(times, Array.ConvertAll(times, t => Math.Exp(-rate * t)));
    }

    private static ClockedCurve Level(double level) => new([1, 2, 3], [level, level, level]);
}
