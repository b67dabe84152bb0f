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
            ["events_first_10"] = EventShare(RunCount.PublishedFirst10, RunCount.EventsFirst10, RunCount.IncrementsFirst10, RunCount.PublishedIncrementsFirst10),
            ["events_10_50"] = EventShare(RunCount.Published10To50, RunCount.Events10To50, RunCount.Increments10To50, RunCount.PublishedIncrements10To50),
            ["events_last_50"] = EventShare(RunCount.PublishedLast50, RunCount.EventsLast50, RunCount.IncrementsLast50, RunCount.PublishedIncrementsLast50),
            ["early_share_week_7_8"] = EventShare(RunCount.PublishedWeek7And8, RunCount.EventsFirst10, RunCount.IncrementsFirst10, RunCount.PublishedIncrementsWeek7And8),
            ["cnn_first_layer"] = new(
                Percent(RunCount.PublishedFirstLayerEvents, RunCount.PublishedFirstLayerRunEvents),
                Percent(RunCount.FirstLayerEvents, RunCount.Events, "cnn"),
                Percent(RunCount.EventsPerLayer, RunCount.Events, "cnn")),
            ["early_loss_improvement"] = new(
                Percent(RunCount.PublishedLossFallShare, RunCount.PublishedLossFallRuns),
                Percent(RunCount.EarlyEventsLossFalls, RunCount.EarlyEventsWithLoss),
                Percent(RunCount.EarlyEventsLossFallsByChance, RunCount.EarlyEventsWithLoss))
            {
                Choices = [("chance at random places anywhere in the first tenth", Percent(RunCount.EarlyEventsLossFalls, RunCount.EarlyEventsWithLoss), Percent(RunCount.EarlyEventsLossFallsByChance10, RunCount.EarlyEventsWithLoss))],
            },
            ["loss_correlation"] = LossCorrelation(null, 100),
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
            ["phase2_loss_first_half"] = Same(Percent(RunCount.LossFallFirstHalf, RunCount.PhaseTwoRuns)) with
            {
                Choices = [("ours, between single batches: the first, the middle and the last one", Percent(RunCount.LossFallBetweenBatches, RunCount.PhaseTwoRuns), null)],
            },
            ["words_stronger_early"] = Same(
                new Ratio(RunCount.EarlyOverLateLogarithm, RunCount.LayersWithEarlyAndLate, IsLogarithm: true), new Ratio(RunCount.Runs, RunCount.Runs)),
            ["words_mlp_distributed"] = Same(
                new Ratio(RunCount.BusiestLayer, RunCount.RunsWithEvents, Family: "mlp"), new Ratio(RunCount.BusiestLayerByChance, RunCount.RunsWithEvents, Family: "mlp")) with
            {
                Choices = [.. new[] { "cnn", "transformer" }.Select(family => (
                    $"in the family {family}", new Ratio(RunCount.BusiestLayer, RunCount.RunsWithEvents, Family: family), (Ratio?)new Ratio(RunCount.BusiestLayerByChance, RunCount.RunsWithEvents, Family: family)))],
            },
            ["words_first_layer_earliest"] = Same(Percent(RunCount.FirstLayerIsEarliest, RunCount.RunsWithOrder), Percent(RunCount.FirstLayerIsEarliestByChance, RunCount.RunsWithOrder)) with
            {
                Choices = [.. Families.Select(family => (
                    $"in the family {family}", Percent(RunCount.FirstLayerIsEarliest, RunCount.RunsWithOrder, family), (Ratio?)Percent(RunCount.FirstLayerIsEarliestByChance, RunCount.RunsWithOrder, family)))],
            },
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
                new Ratio(RunCount.IncrementPhase, RunCount.Increments, Family: family),
                new Ratio(RunCount.PublishedIncrementPhase, RunCount.Increments, Family: family),
                IsPlace: true);
            measures[$"loss_correlation_{family}"] = LossCorrelation(family, 1);
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

    private static LedgerMeasure EventShare(RunCount published, RunCount corrected, RunCount increments, RunCount publishedIncrements) => new(
        Percent(published, RunCount.Events), Percent(corrected, RunCount.Events), Percent(increments, RunCount.Increments), Percent(publishedIncrements, RunCount.Increments));

    private static LedgerMeasure LossCorrelation(string? family, double scale)
    {
        var figure = Of(RunCount.LossDropShare);
        return Same(figure, Of(RunCount.LossDropShareByChance)) with
        {
            Choices =
            [
                ("chance not matched on time", figure, Of(RunCount.LossDropShareByChance1)),
                ("chance matched within tenths of training", figure, Of(RunCount.LossDropShareByChance10)),
                ("chance matched within twentieths of training", figure, Of(RunCount.LossDropShareByChance20)),
                ("chance matched within eightieths of training", figure, Of(RunCount.LossDropShareByChance80)),
            ],
        };

        Ratio Of(RunCount count) => new(count, RunCount.Runs, scale, family);
    }

    private static LedgerMeasure Accuracy(string cell) => Same(new Ratio(RunCount.FinalAccuracy, RunCount.PhaseTwoRuns, Cell: cell));

    private static Ratio Percent(RunCount of, RunCount over, string? family = null) => new(of, over, 100, family);
}
