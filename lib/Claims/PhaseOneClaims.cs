using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Claims;

/// <summary>Computes the claims of phase 1 from analysed records, as published and as they should have been.</summary>
public static class PhaseOneClaims
{
    /// <summary>The seed with which the study drew its clusters' starts.</summary>
    public const int StudySeed = 42;

    /// <summary>
    /// Checks every claim of phase 1. Reproduced values need the analyses of <see cref="Metric.RecordedStableRank"/>, corrected ones those of
    /// <see cref="Metric.StableRank"/>; where analyses of several views are given, those of the study's view count.
    /// </summary>
    /// <param name="claims">What was published.</param>
    /// <param name="analyses">What was found in the records, over all metrics.</param>
    /// <param name="seed">Of the clusters' starts.</param>
    public static IReadOnlyList<ClaimCheck> Check(IReadOnlyList<Claim> claims, IReadOnlyList<ExperimentAnalysis> analyses, int seed = StudySeed)
    {
        var published = Measure(analyses, Metric.RecordedStableRank, runs => new PublishedMeasures(runs, seed));
        var corrected = Measure(analyses, Metric.StableRank, runs => new CorrectedMeasures(runs, seed));
        return [.. claims.Where(claim => claim is { Phase: 1, IsStudyNumber: true }).Select(claim => new ClaimCheck(claim, ValueOf(published, claim), ValueOf(corrected, claim)))];
    }

    private static Dictionary<string, double> Measure(
        IReadOnlyList<ExperimentAnalysis> analyses, Metric metric, Func<IReadOnlyList<ExperimentAnalysis>, PhaseOneMeasures> measures)
    {
        var ofMetric = analyses.Where(run => run.Metric == metric).ToArray();
        var ofStudyView = ofMetric.Where(run => run.View == LayerView.Study).ToArray();
        var runs = ofStudyView.Length > 0 ? ofStudyView : ofMetric;
        return runs.Length == 0 ? [] : measures(runs).ById();
    }

    private static double ValueOf(Dictionary<string, double> values, Claim claim) => values.GetValueOrDefault(claim.Id, double.NaN);
}
