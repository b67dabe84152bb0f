using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class SweepCommandTests
{
    [Theory]
    [InlineData("--steps", "0", "--steps is 0; expected 1 or more")]
    [InlineData("--workers", "-2", "--workers is -2; expected 1 or more")]
    public void Counts_below_one_are_refused_before_anything_is_written(string option, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = NdtProcess.Run("sweep", "--architectures", "mlp_narrow", "--datasets", "mnist", option, value, "--out", folder.PathOf("out"));
        Assert.Equal(2, code);
        Assert.Equal($"ndt: {expected}", error.Trim());
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    [Fact]
    public async Task A_sweep_that_is_told_to_stop_keeps_the_states_of_its_runs_and_takes_them_up_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill");
        using var folder = new TemporaryFolder();
        var plan = folder.Write("plan.json", """{ "description": "d", "cells": [{ "architecture": "transformer_shallow", "dataset": "mnist" }], "protocols": ["study"], "seeds": [0, 1], "steps": [5, 120] }""");
        string[] sweep = ["sweep", "--checkpoint-plan", plan, "--steps", "120", "--workers", "2"];
        var records = folder.PathOf("stopped", "study");
        using (var process = NdtProcess.Start([.. sweep, "--out", folder.PathOf("stopped")]))
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var marks = new[] { 0, 1 }.Select(seed => RunCheckpoints.PathOf(records, $"transformer_shallow_mnist_s{seed}", 5)).ToArray();
            while (!marks.All(File.Exists) && !process.HasExited)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(NdtProcess.Limit, TestContext.Current.CancellationToken);
            Assert.Equal(143, process.ExitCode);
            Assert.Contains("interrupted after update", await error, StringComparison.Ordinal);
        }

        var (code, listed, _) = NdtProcess.Run([.. sweep, "--out", folder.PathOf("stopped"), "--dry-run"]);
        Assert.Equal(0, code);
        Assert.Contains("(its state is kept)", listed, StringComparison.Ordinal);
        (code, listed, _) = NdtProcess.Run(["records", "collect", "--checkpoint-plan", plan, "--steps", "120", "--out", folder.PathOf("stopped")]);
        Assert.Equal(1, code);
        Assert.Contains("interrupted; its state is kept in ", listed, StringComparison.Ordinal);

        (code, _, var notes) = NdtProcess.Run([.. sweep, "--out", folder.PathOf("stopped")]);
        Assert.Equal(0, code);
        Assert.Contains("(taken up after update ", notes, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(records, "*.interrupted"));
        Assert.Equal(0, NdtProcess.Run([.. sweep, "--out", folder.PathOf("whole")]).Code);
        foreach (var name in new[] { "transformer_shallow_mnist_s0", "transformer_shallow_mnist_s1" })
        {
            Assert.Empty(RecordDifference.Between(RecordFile.Read(folder.PathOf("whole", "study", $"{name}.parquet")), RecordFile.Read(Path.Combine(records, $"{name}.parquet"))));
        }
    }

    [Fact]
    public void Cells_without_data_are_listed_with_the_command_that_gets_it()
    {
        using var folder = new TemporaryFolder();
        var (code, output, _) = NdtProcess.Run(["sweep", "--datasets", "qmnist", "--architectures", "mlp_narrow", "--seeds", "0", "--steps", "10", "--out", folder.Root]);
        Assert.SkipWhen(code == 0, "QMNIST is in this machine's cache");
        Assert.Equal(1, code);
        Assert.Contains("ndt fetch qmnist", output, StringComparison.Ordinal);
        Assert.Contains("mlp_narrow_qmnist_s0", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--datasets", "cifar")]
    [InlineData("--architectures", "resnet18")]
    [InlineData("--protocols", "none")]
    [InlineData("--seeds", "x")]
    [InlineData("--shard", "2/1")]
    [InlineData("--grid", "no-such-file.json")]
    public void Wrong_use_is_one_line_and_code_2(string option, string value)
    {
        var (code, output, error) = NdtProcess.Run("sweep", option, value, "--dry-run");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("ndt: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }
}
