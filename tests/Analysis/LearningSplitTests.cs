using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Tests.Analysis;

public sealed class LearningSplitTests
{
    [Fact]
    public void A_share_stands_beside_the_same_without_AG_News_and_there_alone()
    {
        var runs = StudiedRuns.Some();
        var split = LearningSplit.Of(runs, some => EventTimes.Share(some, Metric.StableRank, 0));
        Assert.Equal((12, 8, 4), (split.All.Runs, split.Without.Runs, split.Alone.Runs));
        Assert.Equal(EventTimes.Share([.. runs.Where(run => run.Run.Dataset == "mnist")], Metric.StableRank, 0), split.Without);
        Assert.InRange(split.All.Value, Math.Min(split.Without.Value, split.Alone.Value), Math.Max(split.Without.Value, split.Alone.Value));
    }

    [Fact]
    public void Where_no_run_is_on_AG_News_nothing_stands_for_it()
    {
        StudiedRun[] runs = [.. LearningSplit.WithoutUnlearnt(StudiedRuns.Some())];
        var split = LearningSplit.Of(runs, some => EventTimes.Share(some, Metric.StableRank, 0));
        Assert.Equal(split.All, split.Without);
        Assert.Equal((double.NaN, 0), (split.Alone.Value, split.Alone.Runs));
    }
}
