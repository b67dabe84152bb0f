using Ndt.Cli;
using Ndt.PhaseTwo;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
[Collection(nameof(TorchGenerator))]
public sealed class PhaseTwoCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_folder_of_states_becomes_a_file_of_their_comparisons()
    {
        var (file, plan) = (folder.PathOf("out", "similarities.parquet"), Plan("[0, 1, 7]"));
        Assert.Equal(0, await NdtCommand.RunAsync(["phase2", States, "--plan", plan, "--out", file, "--quiet"]));
        var rows = ComparisonFile.Read(file);
        // 2 runs of 2 states; 5 layers and their mean, 3 measures; over time 1, permuted 2, noise 2, untrained 4 a run; 2 of other seeds.
        Assert.Equal(3 * 6 * ((2 * (1 + 2 + 2 + 4)) + 2), rows.Count);
        Assert.Equal(Comparisons.Of(RunFeatures.Of(SavedRun.Find(Ndt.Runs.CheckpointPlan.Read(plan), States))), rows.Select(row => row.Value));
        Assert.All(rows.Where(row => row.Value.Kind == ComparisonKind.Permuted), row => Assert.Equal(row.State, row.OtherState));
        Assert.All(rows.Where(row => row.Value.Kind == ComparisonKind.Noise), row => Assert.Empty(row.OtherState));
        Assert.Equal(4 + 2, rows.SelectMany(row => new[] { row.State, row.OtherState }).Where(hash => hash.Length > 0).Distinct().Count());
    }

    [Fact]
    public async Task A_missing_folder_and_states_that_are_not_there_are_wrong_input()
    {
        Assert.Equal(2, await NdtCommand.RunAsync(["phase2", folder.PathOf("nowhere"), "--out", folder.PathOf("a.parquet")]));
        Assert.Equal(2, await NdtCommand.RunAsync(["phase2", States, "--plan", Plan("[7]"), "--out", folder.PathOf("a.parquet")]));
        Assert.False(File.Exists(folder.PathOf("a.parquet")));
    }

    [Fact]
    public async Task A_folder_where_the_file_should_be_is_wrong_input_before_any_state_is_read()
    {
        Assert.Equal(2, await NdtCommand.RunAsync(["phase2", States, "--plan", Plan("[0, 1]"), "--out", folder.Root]));
    }

    private static string States => Path.Combine(RepositoryPaths.Root, "data", "checkpoints");

    private string Plan(string seeds) => folder.Write("plan.json", $$"""
        { "description": "two states", "cells": [{ "architecture": "mlp_narrow", "dataset": "mnist" }], "protocols": ["study"], "seeds": {{seeds}}, "steps": [0, 100] }
        """);
}
