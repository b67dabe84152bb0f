using Ndt.Models;

namespace Ndt.Benchmarks;

/// <summary>What is measured, and how long.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>The groups, in the order in which they are measured.</summary>
    public static IReadOnlyList<string> AllGroups { get; } = [MeasuringWays.Name, WholeRuns.Name, PyTorchComparison.Name, MatrixProducts.Name, PartsRun.Name, NdtCommands.Name];

    /// <summary>Which groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = AllGroups;

    /// <summary>Which architectures are trained and measured.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [.. ArchitectureCatalogue.All.Select(spec => spec.Name)];

    /// <summary>Which of them PyTorch trains too: of each family the one of the study's phase 2, and the widest MLP.</summary>
    public IReadOnlyList<string> PyTorchArchitectures { get; init; } = ["mlp_narrow", "mlp_verywide", "cnn_deep", "transformer_deep"];

    /// <summary>Rounds of blocks that take turns.</summary>
    public int Repeats { get; init; } = 7;

    /// <summary>Seconds that a block of steps is to take; where <see cref="Steps"/> does not say.</summary>
    public double BlockSeconds { get; init; } = 1;

    /// <summary>Optimiser steps of a block; null for as many as fill <see cref="BlockSeconds"/>.</summary>
    public int? Steps { get; init; }

    /// <summary>Measurements of a block: those that fall on its steps.</summary>
    public int? Measurements => Steps is { } steps ? Math.Max(steps / TrainingSetup.MeasureEvery, 1) : null;

    /// <summary>Whether only the working of it all is tried.</summary>
    public bool Smoke { get; init; }

    /// <summary>The Python whose PyTorch is compared with.</summary>
    public string Python { get; init; } = "/usr/bin/python3";

    /// <summary>The folder of report.md and report.csv.</summary>
    public required string Output { get; init; }

    /// <summary>The folder for what else arises: logs, the commands' outputs.</summary>
    public required string Scratch { get; init; }
}
