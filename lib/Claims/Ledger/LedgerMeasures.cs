using System.Globalization;

namespace Ndt.Claims.Ledger;

/// <summary>The claims of phase 1 (and those of phase 2 that a training record can speak to) as sums over <see cref="RunTally"/>.</summary>
public static class LedgerMeasures
{
    private static readonly string[] Families = ["transformer", "mlp", "cnn"];

    /// <summary>By the claim's name.</summary>
    public static IReadOnlyDictionary<string, LedgerMeasure> ById { get; } = Build();

    private static Dictionary<string, LedgerMeasure> Build()
    {
        var measures = new Dictionary<string, LedgerMeasure>(StringComparer.Ordinal)
        {
            ["experiments"] = Same(new Ratio(RunCount.Runs)),
            ["events"] = Same(new Ratio(RunCount.Events), new Ratio(RunCount.EventsOfNoise)),
            ["events_first_10"] = EventShare(RunCount.PublishedFirst10, RunCount.EventsFirst10, RunCount.IncrementsFirst10),
            ["events_10_50"] = EventShare(RunCount.Published10To50, RunCount.Events10To50, RunCount.Increments10To50),
            ["events_last_50"] = EventShare(RunCount.PublishedLast50, RunCount.EventsLast50, RunCount.IncrementsLast50),
            ["early_share_week_7_8"] = EventShare(RunCount.PublishedWeek7And8, RunCount.EventsFirst10, RunCount.IncrementsFirst10),
            ["cnn_first_layer"] = new(
                Percent(RunCount.PublishedFirstLayerEvents, RunCount.PublishedFirstLayerRunEvents),
                Percent(RunCount.FirstLayerEvents, RunCount.Events, "cnn"),
                Percent(RunCount.EventsPerLayer, RunCount.Events, "cnn")),
            ["early_loss_improvement"] = new(
                Percent(RunCount.PublishedLossFallShare, RunCount.PublishedLossFallRuns),
                Percent(RunCount.EarlyEventsLossFalls, RunCount.EarlyEventsWithLoss),
                Percent(RunCount.EarlyEventsLossFallsByChance, RunCount.EarlyEventsWithLoss)),
            ["loss_correlation"] = Same(Percent(RunCount.LossDropShare, RunCount.Runs), Percent(RunCount.LossDropShareByChance, RunCount.Runs)),
            ["coordination"] = Same(Percent(RunCount.Coordination, RunCount.Runs), Percent(RunCount.CoordinationByDefinition, RunCount.Runs)),
            ["strong_runs"] = Same(new Ratio(RunCount.Strong), new Ratio(RunCount.StrongByChance)),
            ["strong_share"] = Same(Percent(RunCount.Strong, RunCount.Runs), Percent(RunCount.StrongByChance, RunCount.Runs)),
            ["critical_steps"] = Same(new Ratio(RunCount.CriticalSteps, RunCount.Runs), new Ratio(RunCount.CriticalStepsByDefinition, RunCount.Runs)),
            ["transitions"] = Same(new Ratio(RunCount.Transitions, RunCount.Runs), new Ratio(RunCount.TransitionsByDefinition, RunCount.Runs)),
            ["magnitude_smallest"] = Same(new Ratio(RunCount.SmallestMagnitude), new Ratio(RunCount.Rounding, RunCount.Runs)),
            ["magnitude_typical"] = Same(new Ratio(RunCount.Magnitude, RunCount.Events), new Ratio(RunCount.Rounding, RunCount.Runs)),
            ["magnitude_largest"] = Same(new Ratio(RunCount.LargestMagnitude), new Ratio(RunCount.Rounding, RunCount.Runs)),
            ["stable_from_start"] = Same(Percent(RunCount.StableLayers, RunCount.Layers)),
            ["unclear"] = new(new Ratio(RunCount.PublishedUnclear), new Ratio(RunCount.Unclear)),
            ["simultaneous"] = new(new Ratio(RunCount.PublishedSimultaneous), new Ratio(RunCount.Simultaneous)),
            ["phase2_loss_first_half"] = Same(Percent(RunCount.LossFallFirstHalf, RunCount.PhaseTwoRuns)),
            ["phase2_accuracy_transformer"] = Accuracy("transformer_deep_mnist"),
            ["phase2_accuracy_cnn"] = Accuracy("cnn_deep_mnist"),
            ["phase2_accuracy_mlp"] = Accuracy("mlp_narrow_mnist"),
        };
        foreach (var family in Families)
        {
            measures[$"events_{family}"] = Same(new Ratio(RunCount.Events, Family: family), new Ratio(RunCount.EventsOfNoise, Family: family));
            measures[$"mean_phase_{family}"] = new(
                new Ratio(RunCount.PublishedPhase, RunCount.Events, Family: family),
                new Ratio(RunCount.EventPhase, RunCount.Events, Family: family),
                new Ratio(RunCount.IncrementPhase, RunCount.Increments, Family: family));
            measures[$"loss_correlation_{family}"] = Same(
                new Ratio(RunCount.LossDropShare, RunCount.Runs, Family: family), new Ratio(RunCount.LossDropShareByChance, RunCount.Runs, Family: family));
            measures[$"coordination_{family}"] = Same(
                new Ratio(RunCount.Coordination, RunCount.Runs, Family: family), new Ratio(RunCount.CoordinationByDefinition, RunCount.Runs, Family: family));
        }

        for (var type = 0; type < 5; type++)
        {
            measures[string.Create(CultureInfo.InvariantCulture, $"jump_type_{type + 1}")] = Same(new Ratio(RunCount.Type1 + type));
        }

        return measures;
    }

    private static LedgerMeasure Same(Ratio ratio, Ratio? chance = null) => new(ratio, ratio, chance);

    private static LedgerMeasure EventShare(RunCount published, RunCount corrected, RunCount increments) =>
        new(Percent(published, RunCount.Events), Percent(corrected, RunCount.Events), Percent(increments, RunCount.Increments));

    private static LedgerMeasure Accuracy(string cell) => Same(new Ratio(RunCount.FinalAccuracy, RunCount.PhaseTwoRuns, Cell: cell));

    private static Ratio Percent(RunCount of, RunCount over, string? family = null) => new(of, over, 100, family);
}
