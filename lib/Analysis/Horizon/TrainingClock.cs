namespace Ndt.Analysis.Horizon;

/// <summary>What the time of a training can be counted in.</summary>
public enum TrainingClock
{
    /// <summary>Updates done over all updates of the run: the study's "first 10 %".</summary>
    Share,

    /// <summary>Updates done.</summary>
    Updates,

    /// <summary>Passes through the training images: updates over the batches of an epoch, of which the last may be smaller.</summary>
    Epochs,

    /// <summary>Learning rate times updates done: about how far the weights can have moved.</summary>
    Travel,

    /// <summary>ln(L₀ / lowest loss so far), where losses are means over <see cref="LossClock.Window"/> measurements: how far the loss has fallen.</summary>
    LossFall,
}
