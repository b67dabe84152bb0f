namespace Ndt.Claims.Ledger;

/// <summary>What <see cref="RunTally"/> counts of one run and one metric; every claim of phase 1 is a sum of these, or a quotient of two sums.</summary>
/// <remarks>
/// Some members must stand in a row, since <see cref="RunTally"/> counts from the first of them: the three shares of training after <see cref="IncrementsFirst10"/>, <see cref="EventsFirst10"/>,
/// <see cref="PublishedIncrementsFirst10"/> and <see cref="PublishedFirst10"/>, each first 10 %, 10 to 50 %, last 50 %; and <see cref="Type1"/> to <see cref="Type5"/>, from which
/// <see cref="LedgerMeasures"/> counts, too. The columns of data/study_summary.csv stand in the order of all members.
/// </remarks>
public enum RunCount
{
    /// <summary>1.</summary>
    Runs,

    /// <summary>Layers.</summary>
    Layers,

    /// <summary>Increments, over all layers.</summary>
    Increments,

    /// <summary>Increments that start before 10 % of training.</summary>
    IncrementsFirst10,

    /// <summary>Increments that start between 10 and 50 % of training.</summary>
    Increments10To50,

    /// <summary>Increments that start after 50 % of training.</summary>
    IncrementsLast50,

    /// <summary>Σ true phase of the increments.</summary>
    IncrementPhase,

    /// <summary>Events with z &gt; 2.</summary>
    Events,

    /// <summary>Increments that start before 0.1 of the published phase (defect B).</summary>
    PublishedIncrementsFirst10,

    /// <summary>Increments that start between 0.1 and 0.5 of it.</summary>
    PublishedIncrements10To50,

    /// <summary>Increments that start after 0.5 of it.</summary>
    PublishedIncrementsLast50,

    /// <summary>Σ published phase of the increments.</summary>
    PublishedIncrementPhase,

    /// <summary>Increments that weeks 7 and 8 would have called early: published phase above 0 and up to 0.1.</summary>
    PublishedIncrementsWeek7And8,

    /// <summary>Events that as many increments of independent normal noise would have.</summary>
    EventsOfNoise,

    /// <summary>Events before 0.1 of the published phase (defect B).</summary>
    PublishedFirst10,

    /// <summary>Events between 0.1 and 0.5 of it.</summary>
    Published10To50,

    /// <summary>Events after 0.5 of it.</summary>
    PublishedLast50,

    /// <summary>Events as weeks 7 and 8 binned them: published phase above 0 and up to 0.1.</summary>
    PublishedWeek7And8,

    /// <summary>Σ published phase of the events.</summary>
    PublishedPhase,

    /// <summary>Events before 10 % of training.</summary>
    EventsFirst10,

    /// <summary>Events between 10 and 50 % of training.</summary>
    Events10To50,

    /// <summary>Events after 50 % of training.</summary>
    EventsLast50,

    /// <summary>Σ true phase of the events.</summary>
    EventPhase,

    /// <summary>Events in the first layer.</summary>
    FirstLayerEvents,

    /// <summary>Events a layer: what the first one would have if all had as many.</summary>
    EventsPerLayer,

    /// <summary>Events in the first layer of the one run that was published; 0 in all others (defect E).</summary>
    PublishedFirstLayerEvents,

    /// <summary>Events of that run; 0 in all others.</summary>
    PublishedFirstLayerRunEvents,

    /// <summary>Share of early events with a falling loss as published, of the runs that were looked at; 0 in all others (defect D).</summary>
    PublishedLossFallShare,

    /// <summary>1 in the runs that were looked at and have such events; else 0.</summary>
    PublishedLossFallRuns,

    /// <summary>Events before 10 % of training that have two measurements of the loss on either side; none where it was not recorded.</summary>
    EarlyEventsWithLoss,

    /// <summary>Those over which the loss falls.</summary>
    EarlyEventsLossFalls,

    /// <summary>As many, at random places in the same fortieth of training each.</summary>
    EarlyEventsLossFallsByChance,

    /// <summary>As many, at random places before 10 % of training.</summary>
    EarlyEventsLossFallsByChance10,

    /// <summary>Mean over layers of the share of critical steps at which the loss falls; NaN, as its chance levels, where the loss was not recorded.</summary>
    LossDropShare,

    /// <summary>The same share of as many random steps in the same fortieth of training each (<see cref="Analysis.LossCoincidence.Stretches"/>).</summary>
    LossDropShareByChance,

    /// <summary>The same of random steps anywhere in training.</summary>
    LossDropShareByChance1,

    /// <summary>The same by tenths of training.</summary>
    LossDropShareByChance10,

    /// <summary>The same by twentieths of training.</summary>
    LossDropShareByChance20,

    /// <summary>The same by eightieths of training: five increments.</summary>
    LossDropShareByChance80,

    /// <summary>Mean share of layers that are critical at the same measurement.</summary>
    Coordination,

    /// <summary>What the definition gives without ties: the critical increments of a layer over its measurements (defect C).</summary>
    CoordinationByDefinition,

    /// <summary>1 where the study calls the run's critical periods strong; NaN where the loss was not recorded.</summary>
    Strong,

    /// <summary>The chance of that if layers were independent of each other.</summary>
    StrongByChance,

    /// <summary>Critical steps.</summary>
    CriticalSteps,

    /// <summary>What the definition gives without ties.</summary>
    CriticalStepsByDefinition,

    /// <summary>Transitions.</summary>
    Transitions,

    /// <summary>What the definition gives without ties.</summary>
    TransitionsByDefinition,

    /// <summary>Magnitude of the smallest event; NaN without any.</summary>
    SmallestMagnitude,

    /// <summary>Σ magnitude.</summary>
    Magnitude,

    /// <summary>Magnitude of the largest event; NaN without any.</summary>
    LargestMagnitude,

    /// <summary>One rounding of a double at the metric's median value.</summary>
    Rounding,

    /// <summary>Layers that are stable from the first measurement on.</summary>
    StableLayers,

    /// <summary>1 where the settling order by the published layer index is unclear (defect F).</summary>
    PublishedUnclear,

    /// <summary>1 where it is simultaneous.</summary>
    PublishedSimultaneous,

    /// <summary>1 where the settling order by true depth is unclear.</summary>
    Unclear,

    /// <summary>1 where it is simultaneous.</summary>
    Simultaneous,

    /// <summary>Events of the largest of five clusters over all runs (defect I).</summary>
    Type1,

    /// <summary>Of the second.</summary>
    Type2,

    /// <summary>Of the third.</summary>
    Type3,

    /// <summary>Of the fourth.</summary>
    Type4,

    /// <summary>Of the smallest.</summary>
    Type5,

    /// <summary>1 for the three runs whose training phase 2 published; else 0.</summary>
    PhaseTwoRuns,

    /// <summary>Share of the fall of the loss between phase means (<see cref="PhaseMeans"/>), of those runs; else 0.</summary>
    LossFallFirstHalf,

    /// <summary>The same between single batches.</summary>
    LossFallBetweenBatches,

    /// <summary>1 where the mean phase of the first layer's events is the earliest of all layers; 0 where it is not, or fewer than two layers have events.</summary>
    FirstLayerIsEarliest,

    /// <summary>The chance of that, one over the layers that have events.</summary>
    FirstLayerIsEarliestByChance,

    /// <summary>1 in runs in which at least two layers have events, the first among them; else 0.</summary>
    RunsWithOrder,

    /// <summary>Events of the busiest layer over an even share; 0 in runs without events.</summary>
    BusiestLayer,

    /// <summary>The same where every event falls on a random layer.</summary>
    BusiestLayerByChance,

    /// <summary>1 in runs with events; else 0.</summary>
    RunsWithEvents,

    /// <summary>Σ over layers of ln(mean magnitude of events before 10 % of training / mean magnitude of those after 50 %).</summary>
    EarlyOverLateLogarithm,

    /// <summary>Layers that have both.</summary>
    LayersWithEarlyAndLate,

    /// <summary>Final accuracy in % of <c>transformer_deep_mnist</c>, <c>cnn_deep_mnist</c> and <c>mlp_narrow_mnist</c>; else 0.</summary>
    FinalAccuracy,
}
