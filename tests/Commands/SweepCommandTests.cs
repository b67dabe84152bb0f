using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class SweepCommandTests
{
    private static readonly string[] Small = ["--architectures", "mlp_narrow,mlp_shallow_2", "--datasets", "mnist", "--seeds", "0..1", "--steps", "40"];

    [Fact]
    public void A_sweep_that_is_killed_and_started_again_ends_with_the_same_records()
    {
        using var folder = new TemporaryFolder();
        using (var sweep = NdtProcess.Start(["sweep", .. Small, "--out", folder.PathOf("killed"), "--workers", "1"]))
        {
            // The first line tells of the first finished run; the second is then under way.
            _ = sweep.StandardError.ReadLine();
            sweep.Kill(entireProcessTree: false);
            sweep.WaitForExit();
        }

        var (code, output, _) = NdtProcess.Run(["sweep", .. Small, "--out", folder.PathOf("killed")]);
        Assert.Equal(0, code);
        Assert.DoesNotContain(" 0 were finished before", output, StringComparison.Ordinal);
        Assert.Equal(0, NdtProcess.Run(["sweep", .. Small, "--out", folder.PathOf("whole")]).Code);
        var records = Directory.EnumerateFiles(folder.PathOf("whole", "study"), "*.parquet").ToArray();
        Assert.Equal(4, records.Length);
        foreach (var record in records)
        {
            var again = folder.PathOf("killed", "study", Path.GetFileName(record));
            Assert.Empty(RecordDifference.Between(RecordFile.Read(record), RecordFile.Read(again)));
        }

        Assert.Equal(4, Directory.EnumerateFileSystemEntries(folder.PathOf("killed", "study")).Count(path => !path.EndsWith(".lock", StringComparison.Ordinal)));
    }

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
    public async Task A_worker_that_is_killed_is_reported_with_its_log_and_the_others_go_on()
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "finds its workers through /proc");
        using var folder = new TemporaryFolder();
        string[] sweep = ["sweep", "--architectures", "mlp_narrow,mlp_medium,mlp_shallow_2", "--datasets", "mnist", "--seeds", "0", "--steps", "400", "--workers", "1", "--out", folder.Root];
        using var process = NdtProcess.Start(sweep);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var worker = SpinUntil(() => ChildOf(process.Id));
        using (var child = System.Diagnostics.Process.GetProcessById(worker))
        {
            child.Kill();
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _ = await errors;
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("2 finished now, 1 failed", await output, StringComparison.Ordinal);
        Assert.Contains("exit code 137", File.ReadAllText(Directory.EnumerateFiles(folder.PathOf("study", "logs")).Single()), StringComparison.Ordinal);

        var (code, again, _) = NdtProcess.Run(sweep);
        Assert.Equal(0, code);
        Assert.Contains("2 were finished before, 1 finished now", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sweeps_on_one_folder_make_every_record_once()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["sweep", .. Small, "--out", folder.Root, "--workers", "2"];
        using var first = NdtProcess.Start(arguments);
        using var second = NdtProcess.Start(arguments);
        var errors = new[] { first, second }.Select(p => p.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ToArray();
        var outputs = await Task.WhenAll(new[] { first, second }.Select(p => p.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)));
        _ = await Task.WhenAll(errors);
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        await second.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.All(outputs, output => Assert.Contains(" 0 failed", output, StringComparison.Ordinal));
        var records = Directory.EnumerateFiles(folder.PathOf("study"), "*.parquet").ToArray();
        Assert.Equal(4, records.Length);
        Assert.All(records, path => Assert.Equal(40, RecordFile.Read(path).Metadata.Steps));
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
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
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

    private static int SpinUntil(Func<int?> found)
    {
        while (true)
        {
            if (found() is { } value)
            {
                return value;
            }

            Thread.Sleep(20);
        }
    }

    // The fourth field of /proc/PID/stat is the parent; the second, the name, is in parentheses and may hold spaces.
    private static int? ChildOf(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), out var id)
                    && File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ')[1] == parent.ToString(System.Globalization.CultureInfo.InvariantCulture))
                {
                    return id;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The process ended meanwhile.
            }
        }

        return null;
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
