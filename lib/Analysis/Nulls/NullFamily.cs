using Ndt.Statistics;

namespace Ndt.Analysis.Nulls;

/// <summary>One figure held against every member of the family of <see cref="FadingNoiseNull"/>: how much a conclusion owes to the choice of one.</summary>
public static class NullFamily
{
    /// <summary>The members: window by estimator of spread by shape of the noise, layers together.</summary>
    public static IReadOnlyList<FadingNoiseNull> Members { get; } =
    [
        .. from shape in Enum.GetValues<NoiseShape>()
           from estimator in Enum.GetValues<SpreadEstimator>()
           from reach in FadingNoiseNull.Reaches
           select new FadingNoiseNull(LayerCoupling.Together, reach, estimator, shape),
    ];

    /// <summary>Whether this is the member that was chosen beforehand.</summary>
    public static bool IsChosen(FadingNoiseNull member) => member.Name == FadingNoiseNull.Chosen.Name;

    /// <summary>A result for each of <see cref="Members"/>, in that order, two-sided.</summary>
    /// <param name="runs">Runs of one metric: the same runs are observed and stood in for.</param>
    /// <param name="statistic">The figure.</param>
    /// <param name="draws">Draws of each member; the spread of draws is small beside that between members, so a few dozen do.</param>
    /// <param name="seed">Of all draws.</param>
    public static IReadOnlyList<NullResult> Compare(IReadOnlyList<RunSeries> runs, RunStatistic statistic, int draws, int seed) =>
        [.. Members.Select(member => NullTest.Compare(runs, statistic, member, draws, seed))];
}
