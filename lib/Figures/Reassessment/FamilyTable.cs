using Ndt.Claims.Ledger;
using Ndt.Measurement;

namespace Ndt.Figures.Reassessment;

/// <summary>Families of architectures compared by rates instead of raw counts (defect E).</summary>
public static class FamilyTable
{
    private static readonly string[] Families = ["mlp", "cnn", "transformer"];

    /// <summary>A row for each family, of the study's runs and of ours.</summary>
    public static string Of(ReassessmentSet set) => Phrase.Table(
        ["runs", "layers", "events", "events a layer", "of white noise", "mean phase", "random moments", "in the first layer (%)", "if all layers alike (%)"],
        from family in Families
        from source in new[] { ("study", set.Study.Tallies), ("ours", set.Tallies) }
        let runs = source.Item2.Where(run => run.Metric == Metric.StableRank && run.Family == family).ToArray()
        where runs.Length > 0
        select (IReadOnlyList<string>)
        [
            $"{family}, {source.Item1} ({Words.Count(runs.Length, "run")})",
            Phrase.Number(Sum(runs, RunCount.Layers)),
            Phrase.Number(Sum(runs, RunCount.Events)),
            Phrase.Number(Sum(runs, RunCount.Events) / Sum(runs, RunCount.Layers)),
            Phrase.Number(Sum(runs, RunCount.EventsOfNoise) / Sum(runs, RunCount.Layers)),
            Phrase.Number(Sum(runs, RunCount.EventPhase) / Sum(runs, RunCount.Events)),
            Phrase.Number(Sum(runs, RunCount.IncrementPhase) / Sum(runs, RunCount.Increments)),
            Phrase.Number(100 * Sum(runs, RunCount.FirstLayerEvents) / Sum(runs, RunCount.Events)),
            Phrase.Number(100 * Sum(runs, RunCount.EventsPerLayer) / Sum(runs, RunCount.Events)),
        ]);

    private static double Sum(RunTally[] runs, RunCount count) => runs.Sum(run => run[count]);
}
