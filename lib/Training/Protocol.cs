namespace Ndt.Training;

/// <summary>How a run trains and is measured: the study's protocol (study, §1) and the controls that differ from it in one thing each.</summary>
public sealed record Protocol
{
    /// <summary>Name in records and on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Optimiser steps.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Examples of a batch; the last of an epoch is smaller where they do not divide the training subset.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The optimiser.</summary>
    public AdamOptions Adam { get; init; } = AdamOptions.Default;

    /// <summary>Optimiser steps between measurements.</summary>
    public int MeasureEvery { get; init; } = 5;

    /// <summary>Validation examples that a measurement takes: the first ones, the same each time. The study's five batches of 32.</summary>
    public int ProbeSize { get; init; } = 160;

    /// <summary>Control: the training labels are permuted once, by the seed, so that there is nothing to learn but by heart.</summary>
    public bool ShuffledLabels { get; init; }

    /// <summary>Control: every measurement takes another random probe set, so that what changes from one to the next includes the probe's sampling noise.</summary>
    public bool FreshProbe { get; init; }

    /// <summary>The study's protocol.</summary>
    public static Protocol Study { get; } = new() { Name = "study" };

    /// <summary>All protocols.</summary>
    public static IReadOnlyList<Protocol> All { get; } =
    [
        Study,
        new() { Name = "shuffled_labels", ShuffledLabels = true },
        new() { Name = "zero_learning_rate", Adam = AdamOptions.Default with { LearningRate = 0 } },
        new() { Name = "fresh_probe", FreshProbe = true },
        new() { Name = "learning_rate_3e-4", Adam = AdamOptions.Default with { LearningRate = 3e-4 } },
        new() { Name = "learning_rate_3e-3", Adam = AdamOptions.Default with { LearningRate = 3e-3 } },
    ];

    /// <summary>The protocol of a name; throws <see cref="InputException"/> naming the known ones.</summary>
    public static Protocol Find(string name) =>
        All.FirstOrDefault(protocol => protocol.Name == name)
        ?? throw new InputException($"unknown protocol {Printable.Quote(name)}; known: {string.Join(", ", All.Select(protocol => protocol.Name))}{Nearest.Proposal(name, [.. All.Select(protocol => protocol.Name)])}");
}
