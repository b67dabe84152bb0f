using System.Globalization;
using Ndt.Records;

namespace Ndt.Tests.Faults;

[Collection(KilledRuns.Name)]
[Trait("Category", "Faults")]
[Trait("Category", "Integration")]
public sealed class KilledSweepTests(FaultLedger ledger, KilledSweepTests.WholeSweep whole) : IClassFixture<KilledSweepTests.WholeSweep>
{
    private static readonly string[] Grid = ["sweep", "--architectures", "mlp_narrow,mlp_shallow_2", "--datasets", "mnist", "--seeds", "0..1", "--steps", "30", "--workers", "2"];

    /// <summary>The sweep that nothing happens to, made once.</summary>
    public sealed class WholeSweep : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly Lazy<TimeSpan> life;

        public WholeSweep() => life = new Lazy<TimeSpan>(() => Killing.LifeOf(new Dictionary<string, string>(), [.. Grid, "--out", folder.Root]));

        /// <summary>How long it takes.</summary>
        public TimeSpan Life => life.Value;

        /// <summary>Where its records are.</summary>
        public string Folder
        {
            get
            {
                _ = life.Value;
                return folder.Root;
            }
        }

        public void Dispose() => folder.Dispose();
    }

    [Theory]
    [InlineData("kill -9 of a sweep and its workers", true)]
    [InlineData("kill -9 of a sweep, whose workers are left alone", false)]
    public void A_sweep_that_is_killed_keeps_what_is_finished_and_the_next_start_makes_the_rest(string kind, bool wholeTree)
    {
        using var folder = new TemporaryFolder();
        var killing = new Killing(whole.Life, wholeTree ? 3 : 4);
        for (var round = 0; round < 2; round++)
        {
            var place = folder.PathOf($"round{round}");
            for (var kill = 0; kill < 2; kill++)
            {
                var before = new FolderState(Records(place));
                var killed = killing.AtRandom(() => NdtProcess.Start([.. Grid, "--out", place]), wholeTree);
                Assert.Equal(0, before.BytesLost);
                ledger.Add(kind, killed ? 1 : 0, Check(place), before.BytesLost);
            }

            Complete(kind, place);
        }

        ledger.Write(kind);
    }

    [Fact]
    public async Task A_sweep_whose_worker_is_killed_says_so_finishes_the_others_and_makes_that_run_at_the_next_start()
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "finds its workers through /proc");
        const string Kind = "kill -9 of a sweep's worker";
        using var folder = new TemporaryFolder();
        var life = whole.Life;
        var random = new Random(5);
        for (var round = 0; round < 4; round++)
        {
            var place = folder.PathOf($"round{round}");
            using var sweep = NdtProcess.Start([.. Grid, "--out", place]);
            var end = Task.Run(() => NdtProcess.End(sweep), TestContext.Current.CancellationToken);
            Thread.Sleep(life * random.NextDouble() * 0.8);
            int? worker;
            while ((worker = Children.Of(sweep.Id)) is null && !sweep.HasExited)
            {
                Thread.Sleep(5);
            }

            _ = worker is { } id && Signals.Send(id, Signals.Kill);
            var (code, output, error) = await end;
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
            // The worker may have ended by itself just before.
            Assert.Equal(output.Contains("failed: ", StringComparison.Ordinal) ? 1 : 0, code);
            Assert.True(Records(place).Length >= 3, output);
            if (code == 1)
            {
                Assert.Contains("3 finished now, 1 failed", output, StringComparison.Ordinal);
                Assert.Contains("exit code 137", File.ReadAllText(Directory.EnumerateFiles(Path.Combine(place, "study", "logs")).Single()), StringComparison.Ordinal);
            }

            ledger.Add(Kind, code, Check(place));
            Complete(Kind, place);
        }

        ledger.Write(Kind);
    }

    [Fact]
    public async Task Two_sweeps_on_one_folder_both_end_with_every_record_there()
    {
        const string Kind = "two sweeps on one folder";
        using var folder = new TemporaryFolder();
        using var first = NdtProcess.Start([.. Grid, "--out", folder.PathOf("both")]);
        using var second = NdtProcess.Start([.. Grid, "--out", folder.PathOf("both")]);
        var ends = await Task.WhenAll(Task.Run(() => NdtProcess.End(first)), Task.Run(() => NdtProcess.End(second)));
        Assert.All(ends, end => Assert.True(end.Code == 0, end.Error));
        Assert.All(ends, end => Assert.Contains(" 0 failed", end.Output, StringComparison.Ordinal));
        var files = Check(folder.PathOf("both"));
        Assert.Equal(4, files);
        FolderState.RequireTidy(folder.PathOf("both"));
        ledger.Add(Kind, injected: 1, files, restarts: 2);
        ledger.Write(Kind);
    }

    private void Complete(string kind, string place)
    {
        var before = new FolderState(Records(place));
        var (code, output, error) = NdtProcess.Run([.. Grid, "--out", place]);
        Assert.True(code == 0, $"{output}{error}");
        Assert.Equal((4, 0), (Records(place).Length, before.BytesLost));
        ledger.Add(kind, files: Check(place), lost: before.BytesLost, restarts: 1);
        FolderState.RequireTidy(place);
    }

    /// <summary>Every record is the uninterrupted sweep's; the number of files.</summary>
    private int Check(string place)
    {
        var records = Records(place);
        foreach (var path in records)
        {
            var uninterrupted = RecordFile.Read(Path.Combine(whole.Folder, Path.GetRelativePath(place, path)));
            Assert.Empty(RecordDifference.Between(uninterrupted, RecordFile.Read(path)));
        }

        return records.Length;
    }

    private static string[] Records(string place) =>
        Directory.Exists(Path.Combine(place, "study")) ? Directory.GetFiles(Path.Combine(place, "study"), "*.parquet") : [];

    /// <summary>Processes' children, from /proc.</summary>
    private static class Children
    {
        // The fourth field of /proc/PID/stat is the parent; the second, the name, is in parentheses and may hold spaces.
        public static int? Of(int parent)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                try
                {
                    if (int.TryParse(Path.GetFileName(folder), out var id)
                        && File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ')[1] == parent.ToString(CultureInfo.InvariantCulture))
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
    }
}
