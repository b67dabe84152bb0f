using System.Diagnostics;
using Ndt.Records;

namespace Ndt.Tests.Faults;

/// <summary>Ctrl+C and SIGTERM.</summary>
[Collection(InjuredFiles.Name)]
[Trait("Category", "Faults")]
[Trait("Category", "Integration")]
public sealed class StoppingTests(FaultLedger ledger)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public void A_training_that_is_stopped_says_so_and_leaves_no_record(int signal)
    {
        using var folder = new TemporaryFolder();
        string[] run = ["train", "mlp_narrow", "mnist", "--out", folder.PathOf("out")];
        Stop("train", signal, [.. run, "--steps", "1000000"], () => Directory.Exists(folder.PathOf("out")) && Directory.EnumerateFiles(folder.PathOf("out"), "*.lock").Any());
        Assert.Empty(Directory.EnumerateFiles(folder.PathOf("out"), "*.parquet"));
        Complete("train", signal, folder.PathOf("out"), [.. run, "--steps", "20"]);
    }

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public void A_sweep_that_is_stopped_says_how_to_go_on_and_does(int signal)
    {
        using var folder = new TemporaryFolder();
        string[] run = ["sweep", "--architectures", "mlp_narrow", "--datasets", "mnist", "--seeds", "0..1", "--out", folder.PathOf("out")];
        var error = Stop("sweep", signal, [.. run, "--steps", "1000000"], () => Directory.Exists(folder.PathOf("out", "study")) && Directory.EnumerateFiles(folder.PathOf("out", "study"), "*.lock").Any());
        Assert.Contains("start the same command again to continue", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.PathOf("out", "study"), "*.parquet"));
        Complete("sweep", signal, folder.PathOf("out"), [.. run, "--steps", "20"], "study");
    }

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public void A_notebook_whose_run_in_place_is_stopped_is_as_it_was(int signal)
    {
        using var folder = new TemporaryFolder();
        var marker = folder.PathOf("marker");
        var path = MadeNotebook.Write(folder.PathOf("place", "n.ipynb"), "1 + 1", $"if (!File.Exists(@\"{marker}\")) {{ File.WriteAllText(@\"{marker}\", \"\"); while (true) {{ }} }}");
        var before = FolderState.Of(folder.PathOf("place"));
        var error = Stop("notebooks run", signal, ["notebooks", "run", path], () => File.Exists(marker));
        Assert.Contains("is as it was", error, StringComparison.Ordinal);
        Assert.Equal(0, before.BytesLost);
        Complete("notebooks run", signal, folder.PathOf("place"), ["notebooks", "run", path]);
    }

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task A_fetch_that_is_stopped_leaves_the_cache_as_it_was(int signal)
    {
        Signals.SkipWhereIgnored(signal);
        using var folder = new TemporaryFolder();
        var source = KilledFetchTests.Source(folder);
        var (environment, archive) = KilledFetchTests.Cache(folder, "cache");
        using var process = NdtProcess.Start(environment, "fetch", "archive", "--from", source);
        var end = Task.Run(() => NdtProcess.End(process), TestContext.Current.CancellationToken);
        Until(() => end.IsCompleted || (Directory.Exists(folder.PathOf("cache", "ndt")) && Directory.EnumerateDirectories(folder.PathOf("cache", "ndt"), ".archive.*").Any()));
        _ = Signals.Send(process.Id, signal);
        var (code, _, error) = await end.WaitAsync(Bound, TestContext.Current.CancellationToken);
        // It may have had only its last file to copy.
        Assert.Equal(KilledFetchTests.Check(source, archive) > 0 ? 0 : 1, code);
        Assert.Equal(code == 1, error.Contains("ndt: stopped", StringComparison.Ordinal));
        FolderState.RequireTidy(folder.PathOf("cache"));
        var kind = $"{Signals.NameOf(signal)}, fetch --from";
        ledger.Add(kind, injected: code);
        Assert.Equal(0, NdtProcess.Run(environment, "fetch", "archive", "--from", source).Code);
        ledger.Add(kind, files: KilledFetchTests.Check(source, archive), restarts: 1);
        ledger.Write(kind, mayComeTooLate: true);
    }

    /// <summary>Sends the signal once the command is at work: it ends in time, with code 1 or a shell's for that signal, and in plain words; the messages.</summary>
    private string Stop(string command, int signal, string[] arguments, Func<bool> atWork)
    {
        Signals.SkipWhereIgnored(signal);
        using var process = NdtProcess.Start(arguments);
        try
        {
            var end = Task.Run(() => NdtProcess.End(process), TestContext.Current.CancellationToken);
            Until(() => end.IsCompleted || atWork());
            Assert.True(Signals.Send(process.Id, signal));
            Assert.True(end.Wait(Bound, TestContext.Current.CancellationToken), $"{command} does not end at {Signals.NameOf(signal)}");
            var (code, output, error) = end.GetAwaiter().GetResult();
            Assert.True(code == 1 || code == 128 + signal, $"{command} ended with {code} at {Signals.NameOf(signal)}: {output}{error}");
            Assert.Contains(error.Split('\n'), line => line.StartsWith("ndt: ", StringComparison.Ordinal));
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
            ledger.Add($"{Signals.NameOf(signal)}, {command}", injected: 1);
            return error;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private void Complete(string command, int signal, string place, string[] arguments, string records = "")
    {
        FolderState.RequireTidy(place);
        var (code, _, error) = NdtProcess.Run(arguments);
        Assert.True(code == 0, error);
        FolderState.RequireTidy(place);
        var files = FolderState.Final(place);
        Assert.All(Directory.EnumerateFiles(Path.Combine(place, records), "*.parquet"), path => Assert.Equal(20, RecordFile.Read(path).Metadata.Steps));
        ledger.Add($"{Signals.NameOf(signal)}, {command}", files: files.Length, restarts: 1);
        ledger.Write($"{Signals.NameOf(signal)}, {command}");
    }

    private static void Until(Func<bool> reached)
    {
        var start = Stopwatch.GetTimestamp();
        while (!reached())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Bound, "the command does not get to work");
            Thread.Sleep(20);
        }
    }
}
