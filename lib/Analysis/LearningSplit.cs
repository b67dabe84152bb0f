namespace Ndt.Analysis;

/// <summary>
/// A share over all runs, beside the same without AG News and on AG News alone: there networks see token numbers as plain numbers and learn nothing (accuracy 0.25 of four classes), so that what such
/// runs show is not what learning does.
/// </summary>
/// <param name="All">Over all runs.</param>
/// <param name="Without">Over the runs on other datasets; NaN where there are none.</param>
/// <param name="Alone">Over the runs on AG News; NaN where there are none.</param>
public readonly record struct LearningSplit(Estimate All, Estimate Without, Estimate Alone)
{
    /// <summary>The dataset on which nothing is learnt.</summary>
    public const string Unlearnt = "ag_news";

    /// <summary>Of any share.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="share">The share over some of them: <c>some => EventTimes.Share(some, Metric.StableRank, 0)</c>.</param>
    public static LearningSplit Of(IReadOnlyList<StudiedRun> runs, Func<IReadOnlyList<StudiedRun>, Estimate> share)
    {
        return new LearningSplit(share(runs), Over([.. WithoutUnlearnt(runs)]), Over([.. runs.Where(IsUnlearnt)]));

        Estimate Over(StudiedRun[] some) => some.Length == 0 ? new Estimate(double.NaN, double.NaN, double.NaN, 0, 0) : share(some);
    }

    /// <summary>The runs on other datasets.</summary>
    public static IEnumerable<StudiedRun> WithoutUnlearnt(IEnumerable<StudiedRun> runs) => runs.Where(run => !IsUnlearnt(run));

    private static bool IsUnlearnt(StudiedRun run) => run.Run.Dataset == Unlearnt;
}
