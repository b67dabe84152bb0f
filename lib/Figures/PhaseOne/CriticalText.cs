using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Figures.PhaseOne;

/// <summary>What notebook 03 says in words, with its numbers: Markdown.</summary>
public static class CriticalText
{
    /// <summary>The answer, in one paragraph.</summary>
    public static string Answer(RecordSet records)
    {
        var runs = records.Runs;
        var observed = Estimate.OfMean(runs, run => LossCoincidence.Of(run[Metric.StableRank]).Observed);
        var chance = Estimate.OfMean(runs, run => LossCoincidence.Of(run[Metric.StableRank]).Chance);
        var excess = LossCoincidence.Excess(runs, Metric.StableRank);
        var finding = double.IsNaN(excess.Low) ? "too few cells for an interval" : excess.Low > 0 ? "more often than chance" : excess.High < 0 ? "less often than chance" : "not told apart from chance";
        return $"On {Words.Data(runs)}: critical steps are a tenth of the increments by definition, and their mean coordination is {Words.Percent(StrongRule.FixedCoordination(runs))} by definition as well "
            + $"(of the stable rank it is {Words.Percent(Estimate.OfMean(runs, run => run[Metric.StableRank].MeanCoordination))}; of the recorded quantity {Words.Percent(Estimate.OfMean(runs, run => run[Metric.RecordedStableRank].MeanCoordination))}, by ties at float rounding). "
            + $"**At critical steps of the stable rank the loss falls in {Words.Percent(observed)} of cases, where any interval of the same stretch of training gives {Words.Percent(chance.Value)}: {Words.Points(excess)}** ({finding}). "
            + $"“Strong” critical periods are found in {runs.Count(run => run[Metric.StableRank].IsStrong)} of {Words.Count(runs.Count, "run")}; with layers that know nothing of each other the rule would find them in {Words.Number(StrongRule.ExpectedRuns(runs, Metric.StableRank))}.";
    }

    /// <summary>Why the strong rule can hardly fail.</summary>
    public static string WhyStrong(RecordSet records)
    {
        var runs = records.Runs;
        var increments = runs[0][Metric.StableRank].Steps.Length - 1;
        var layers = runs.Select(run => run[Metric.StableRank].Layers.Count).ToArray();
        var chances = runs.Select(run => LossCoincidence.Of(run[Metric.StableRank]).Chance).ToArray();
        return $"The rule asks for two things. The first is a largest coordination above {Words.Percent(CriticalPeriods.StrongAbove)} at any one of {increments} increments: a network of {layers.Min()} layers with random critical steps "
            + $"gets there with probability {Words.General(StrongRule.ChanceOfCoordination(layers.Min(), increments))}, one of {layers.Max()} layers with {Words.General(StrongRule.ChanceOfCoordination(layers.Max(), increments))}. "
            + $"The second is a fall of the loss at more than {Words.Percent(CriticalPeriods.StrongAbove)} of the critical steps: by chance alone it falls at {Words.Percent(chances.Min())} to {Words.Percent(chances.Max())} of them, depending on the run.";
    }

    /// <summary>What the analysis cannot show, with how often it matters.</summary>
    public static string Limits(RecordSet records)
    {
        var runs = records.Runs;
        var learnt = runs.Count(run => RunTables.FinalLoss(run) < 0.05);
        return $"""
            - A critical step is one of a layer's fastest tenth, whether the layer races or rests: every layer has as many. Their number says nothing; only their times do.
            - The chance level is matched to fortieths of training, ten intervals each. Within one, both the speed of layers and the loss may still have a trend of their own.
            - The loss is that of the batch at hand, which differs from the last batch; a fall from one to the next is mostly noise. {learnt} of {Words.Count(runs.Count, "run")} end at a training loss under 0.05: there “falls” are those of a memorised subset.
            - Coordination of layers that share one input and one optimiser step is no discovery by itself; the comparison with independent layers says how little the rule asks, not that layers are coupled by learning. Notebook 04 holds it against better nulls.
            - A coincidence in time is not a cause in either direction.
            """;
    }
}
