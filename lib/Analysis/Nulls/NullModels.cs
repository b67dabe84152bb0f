namespace Ndt.Analysis.Nulls;

/// <summary>The nulls that fit each of the study's questions.</summary>
public static class NullModels
{
    /// <summary>
    /// For when events fall. Layers move together, so that a run's layers count as one witness and not as many. Under the first three an
    /// event may fall anywhere; the last lets spread die down as the run's does and asks whether events are more than that (<see cref="NullFamily"/> has
    /// its relatives).
    /// </summary>
    public static IReadOnlyList<NullModel> OfTiming { get; } =
    [
        new ShuffleNull(LayerCoupling.Together),
        new CircularShiftNull(LayerCoupling.Together),
        new PhaseRandomisedNull(LayerCoupling.Together),
        FadingNoiseNull.Chosen,
    ];

    /// <summary>
    /// For whether layers move together: every layer on its own. (A joint shuffle or shift leaves coordination as it is.) The shuffle within blocks
    /// and the envelope keep what all layers owe to the time in training alone.
    /// </summary>
    public static IReadOnlyList<NullModel> OfCoordination { get; } =
    [
        new ShuffleNull(LayerCoupling.Apart),
        new CircularShiftNull(LayerCoupling.Apart),
        new PhaseRandomisedNull(LayerCoupling.Apart),
        new FadingNoiseNull(LayerCoupling.Apart),
        new ShuffleNull(LayerCoupling.Apart, LossCoincidence.Stretches),
    ];

    /// <summary>For whether the loss falls where layers move: above all the shuffle matched on the time in training, since the loss falls more often early on (defect D).</summary>
    public static IReadOnlyList<NullModel> OfLossCoincidence { get; } =
    [
        new ShuffleNull(LayerCoupling.Together, LossCoincidence.Stretches),
        new ShuffleNull(LayerCoupling.Together),
        new CircularShiftNull(LayerCoupling.Together),
        new PhaseRandomisedNull(LayerCoupling.Together),
        FadingNoiseNull.Chosen,
    ];
}
