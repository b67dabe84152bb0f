namespace Ndt.Training;

/// <summary>
/// How a run trains and is measured: the study's protocol (study, §1), the controls, and the variants of <see cref="Factors"/>; each differs from the study's in one thing.
/// </summary>
public sealed record Protocol
{
    /// <summary>Name in records and on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Optimiser steps.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Examples of a batch; the last of an epoch is smaller where they do not divide the training subset.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Training examples, drawn by the seed from all that were fetched (<see cref="int.MaxValue"/>: all of them); null for the study's 1,500, which are committed.</summary>
    public int? TrainingExamples { get; init; }

    /// <summary>The optimiser, where <see cref="Sgd"/> is null.</summary>
    public AdamOptions Adam { get; init; } = AdamOptions.Default;

    /// <summary>Stochastic gradient descent in place of Adam; null in the study.</summary>
    public SgdOptions? Sgd { get; init; }

    /// <summary>How the learning rate changes over training; null in the study, where it does not.</summary>
    public CosineSchedule? Schedule { get; init; }

    /// <summary>The factor by which every hidden layer is wider than the architecture says; 1 in the study.</summary>
    public double Width { get; init; } = 1;

    /// <summary>Optimiser steps between measurements.</summary>
    public int MeasureEvery { get; init; } = 5;

    /// <summary>Validation examples that a measurement takes: the first ones, the same each time. The study's five batches of 32.</summary>
    public int ProbeSize { get; init; } = 160;

    /// <summary>Control: the training labels are permuted once, by the seed, so that there is nothing to learn but by heart.</summary>
    public bool ShuffledLabels { get; init; }

    /// <summary>Control: every measurement takes another random probe set, so that what changes from one to the next includes the probe's sampling noise.</summary>
    public bool FreshProbe { get; init; }

    /// <summary>Of a variant, what it does otherwise than the study's protocol, in words; empty for the others.</summary>
    public string Change { get; init; } = "";

    /// <summary>The learning rate, at its full size.</summary>
    public double LearningRate => Sgd?.LearningRate ?? Adam.LearningRate;

    /// <summary>The study's protocol.</summary>
    public static Protocol Study { get; } = new() { Name = "study" };

    /// <summary>What may move the early share, one factor at a time: everything else is the study's.</summary>
    public static IReadOnlyList<Protocol> Factors { get; } =
    [
        new() { Name = "sgd_momentum", Sgd = new SgdOptions(0.01), Change = "SGD, momentum 0.9, learning rate 0.01" },
        new() { Name = "adamw", Adam = AdamOptions.Default with { WeightDecay = 1e-2 }, Change = "AdamW, weight decay 0.01" },
        new() { Name = "cosine_warmup", Schedule = new CosineSchedule(0.05), Change = "cosine schedule, 5 % warm-up" },
        new() { Name = "batch_8", BatchSize = 8, Change = "batches of 8" },
        new() { Name = "batch_128", BatchSize = 128, Change = "batches of 128" },
        new() { Name = "width_half", Width = 0.5, Change = "half the width" },
        new() { Name = "width_x4", Width = 4, Change = "4 times the width" },
        new() { Name = "probe_40", ProbeSize = 40, Change = "a probe of 40" },
        new() { Name = "probe_250", ProbeSize = 250, Change = "a probe of 250" },
    ];

    /// <summary>All protocols.</summary>
    public static IReadOnlyList<Protocol> All { get; } =
    [
        Study,
        new() { Name = "shuffled_labels", ShuffledLabels = true },
        new() { Name = "zero_learning_rate", Adam = AdamOptions.Default with { LearningRate = 0 } },
        new() { Name = "fresh_probe", FreshProbe = true },
        new() { Name = "learning_rate_3e-4", Adam = AdamOptions.Default with { LearningRate = 3e-4 } },
        new() { Name = "learning_rate_3e-3", Adam = AdamOptions.Default with { LearningRate = 3e-3 } },
        new() { Name = "images_12000", TrainingExamples = 12_000, Change = "12,000 training images" },
        new() { Name = "all_images_batch_64", TrainingExamples = int.MaxValue, BatchSize = 64, Change = "all training images, batches of 64" },
        .. Factors,
    ];

    /// <summary>The learning rate of an update, counted from 0.</summary>
    public double RateAt(int step) => LearningRate * (Schedule?.Factor(step, Steps) ?? 1);

    /// <summary>The protocol of a name; throws <see cref="InputException"/> naming the known ones.</summary>
    public static Protocol Find(string name) =>
        All.FirstOrDefault(protocol => protocol.Name == name)
        ?? throw new InputException($"unknown protocol {Printable.Quote(name)}; known: {string.Join(", ", All.Select(protocol => protocol.Name))}{Nearest.Proposal(name, [.. All.Select(protocol => protocol.Name)])}");
}
