using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Figures.PhaseOne;

/// <summary>What notebook 01 says in words, with its numbers: Markdown.</summary>
public static class SettlingText
{
    /// <summary>The answer, in one paragraph.</summary>
    public static string Answer(RecordSet records)
    {
        var runs = records.Runs;
        var recorded = SettlingSummary.Of(runs, Metric.RecordedStableRank);
        var meant = SettlingSummary.Of(runs, Metric.StableRank);
        var order = DepthEffect.OfSettling(runs, Metric.StableRank);
        var verdict = meant.Defined == 0
            ? $"No run has an order to speak of: in none do {Convergence.FewestLayersForOrder} layers settle at different moments."
            : $"Early layers settle {(order.Low > 0 ? "earlier" : order.High < 0 ? "later" : "neither earlier nor later than late ones, as far as can be told")}: mean ρ of depth and settling {Rho(order)} over {Words.Count(order.Cells, "cell")} (in CNNs {Rho(DepthEffect.OfSettling(runs.Where(run => run.Run.Family == "cnn"), Metric.StableRank))}). "
              + $"Only {Words.Count(meant.Defined, "run")} of {meant.Runs} have an order at all; "
              + $"the study's bounds call {meant.ByDepth[SettlingPattern.BottomUp]} of them bottom-up and {meant.ByDepth[SettlingPattern.TopDown]} top-down, where about {Chance(meant.Defined)} in each direction would be called so without any order.";
        return $"On {Words.Data(runs)}: of the quantity that the study recorded, {Words.Percent(recorded.FromStart)} of {Words.Count(recorded.Layers, "layer")} count as settled from the first measurement on, "
            + $"and the published layer index leaves the order undefined in {recorded.UndefinedByPublishedIndex} of {recorded.Runs} runs. "
            + $"Of the stable rank that was meant it is {Words.Percent(meant.FromStart)}. {verdict} "
            + $"**“Settled” is the weak word here:** {Words.Percent(meant.DriftBeyondRule)} of the layers so called later move by more than the rule's own tolerance.";
    }

    /// <summary>What the rule cannot show, with how often it matters.</summary>
    public static string Limits(RecordSet records)
    {
        var meant = SettlingSummary.Of(records.Runs, Metric.StableRank);
        var window = AnalysisParameters.Study.StabilityWindow;
        var cells = records.Runs.Select(run => run.Run.Experiment).Distinct().Count();
        return $"""
            - The rule compares a window's variance with the square of {Words.Percent(AnalysisParameters.Study.StabilityFraction)} of the series' mean. A slow drift passes it: over a window of {window} measurements it hardly moves, over training it may. The median layer moves by {Words.Percent(meant.MedianDrift)} after it has “settled”.
            - A layer that is quiet, restless and quiet again counts as settled at the first quiet window; nothing looks at what comes after. {Words.Count(meant.Never, "layer")} of {meant.Layers} never have such a window.
            - {Words.Percent(meant.FromStart)} of the points are ties at the first measurement. ρ orders the rest of the layers only, and its p-value is asymptotic, too small below about ten layers.
            - {Words.Count(records.Runs.Count, "run")} of {Words.Count(cells, "cell")}{(records.Runs.Count == cells ? ": one seed each, so that nothing here tells an architecture from luck" : "")}. The order across layers is a correlation of one run; it says nothing on why.
            """;
    }

    private static string Rho(Estimate rho) => double.IsNaN(rho.Low) ? Words.Decimal(rho.Value) : $"{Words.Decimal(rho.Value)} [{Words.Decimal(rho.Low)}, {Words.Decimal(rho.High)}]";

    /// <summary>Runs of <paramref name="runs"/> that p &lt; 0.05, two-sided, calls ordered in one direction where there is no order.</summary>
    private static string Chance(int runs) => Words.Decimal(runs * 0.05 / 2);
}
