namespace Ndt.Measurement;

/// <summary>What a tracker measures, and how often.</summary>
/// <param name="Every">
/// Least number of optimiser steps between two measurements. The first step reported is measured, then every step at least this many after the last measured one. The study took 5.
/// </param>
/// <param name="Layers">Which modules; by default every Linear and Conv2d.</param>
public sealed record TrackerOptions(int Every = 1, LayerSelection? Layers = null)
{
    /// <summary>
    /// For moments that lie ever further apart: after a measurement with u updates done the next is due with Growth · u of them, at the earliest. 1, the default,
    /// keeps them evenly spaced; 1.1 gives about 24 measurements for every tenfold of the training.
    /// </summary>
    public double Growth { get; init; } = 1;

    /// <summary>The dimension of the probe set, and of outputs with three dimensions or more, that counts examples: 1 for [tokens, n, features].</summary>
    public int BatchDimension { get; init; }

    /// <summary>Whether the examples of each class are measured by themselves, too, for <see cref="OnMeasured"/>; needs labels. The mean over classes hides one that has collapsed.</summary>
    public bool ByClass { get; init; }

    /// <summary>Called after each measurement, when the history holds it: to log, to warn, or to stop the training by an exception, which passes through.</summary>
    public Action<MeasuredMoment>? OnMeasured { get; init; }

    /// <summary>Told once, at the start, which chosen modules are left out since they do not map one tensor to one.</summary>
    public Action<string>? OnNotice { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/> where a number makes no sense.</summary>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Every, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BatchDimension);
        if (!(Growth >= 1 && double.IsFinite(Growth)))
        {
            throw new ArgumentOutOfRangeException(nameof(Growth), Growth, "1 or more is expected");
        }
    }

    /// <summary>Whether a measurement is due after a step, given the step of the last one.</summary>
    internal bool IsDue(int step, int last) => step - last >= Every && step + 1 >= Growth * (last + 1);
}
