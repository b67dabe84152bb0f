using Ndt.Analysis.ChangePoints.Bench;

namespace Ndt.Tests.Analysis.ChangePoints;

public sealed class OwnSeriesScoreTests
{
    [Fact]
    public void Rates_have_Garwoods_interval_also_where_nothing_was_counted()
    {
        // Garwood 1936 (as in any table of Poisson limits): 0 → [0, 3.689]; 5 → [1.623, 11.668].
        SyntheticSeries[] quiet = [new(new double[1000], [])];
        var none = OwnSeriesScore.Of("silent", quiet, [[]], 5).FalseAlarmRate;
        Assert.Equal((0, 0, 3.689), (none.Value, none.Low, Math.Round(none.High, 3)));
        var five = OwnSeriesScore.Of("loud", quiet, [[10, 20, 30, 40, 50]], 5).FalseAlarmRate;
        Assert.Equal((5, 1.623, 11.668), (five.Value, Math.Round(five.Low, 3), Math.Round(five.High, 3)));
    }

    [Fact]
    public void Delay_is_signed_and_counts_only_what_was_found()
    {
        SyntheticSeries[] series = [new(new double[100], [20, 60]), new(new double[100], [50])];
        var score = OwnSeriesScore.Of("late", series, [[23, 61], [80]], 5);
        Assert.Equal((3, 3, 1), (score.Changes, score.Detections, score.FalseAlarms));
        Assert.Equal(2 / 3.0, score.Recall.Share, 12);

        // Of 3 and 1: mean 2, deviation √2, t(1) = 12.706.
        Assert.Equal(2, score.Delay.Value, 12);
        Assert.Equal(2 - 12.7062, score.Delay.Low, 3);
        Assert.Equal(1 - Math.Pow(1 - (3 / 200.0), 11), score.ChanceRecall, 12);
    }

    [Fact]
    public void Without_changes_there_is_no_recall_and_no_delay()
    {
        var score = OwnSeriesScore.Of("x", [new(new double[10], [])], [[]], 5);
        Assert.True(double.IsNaN(score.Recall.Share) && double.IsNaN(score.Delay.Value) && double.IsNaN(score.ChanceRecall));
        Assert.Throws<ArgumentException>(() => OwnSeriesScore.Of("x", [new(new double[10], [])], [], 5));
    }
}
