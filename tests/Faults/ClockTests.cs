using System.Globalization;
using Ndt.Records;

namespace Ndt.Tests.Faults;

/// <summary>A clock that is wrong or jumps: nothing but the time that a record was finished depends on it.</summary>
[Collection(KilledRuns.Name)]
[Trait("Category", "Faults")]
[Trait("Category", "Integration")]
public sealed class ClockTests(FaultLedger ledger, ClockTests.RightClock right) : IClassFixture<ClockTests.RightClock>
{
    private static readonly string[] Run = ["train", "mlp_narrow", "mnist", "--seed", "2", "--steps", "200"];

    /// <summary>The record of the run under this machine's clock, made once.</summary>
    public sealed class RightClock
    {
        private readonly Lazy<RunRecord> record = new(() =>
        {
            using var folder = new TemporaryFolder();
            Assert.Equal(0, NdtProcess.Run([.. Run, "--out", folder.Root]).Code);
            return RecordFile.Read(folder.PathOf("mlp_narrow_mnist_s2.parquet"));
        });

        public RunRecord Record => record.Value;
    }

    [Theory]
    [InlineData(1980)]
    [InlineData(2107)]
    public void Files_of_any_age_are_what_they_are(int year)
    {
        const string Kind = "files from the past and the future, sweep";
        using var folder = new TemporaryFolder();
        string[] sweep = ["sweep", "--architectures", "mlp_narrow", "--datasets", "mnist", "--seeds", "0..1", "--steps", "20", "--out", folder.Root];
        Assert.Equal(0, NdtProcess.Run(sweep).Code);
        var (first, second) = (folder.PathOf("study", "mlp_narrow_mnist_s0.parquet"), folder.PathOf("study", "mlp_narrow_mnist_s1.parquet"));
        // One record whole, one missing; a lock and half a record of killed processes beside them.
        File.Delete(second);
        File.WriteAllText(folder.PathOf("study", ".mlp_narrow_mnist_s1.parquet.lock"), "");
        File.WriteAllBytes(folder.PathOf("study", $".mlp_narrow_mnist_s1.parquet.{Environment.MachineName}-4194304-abc-1.tmp"), File.ReadAllBytes(first)[..100]);
        foreach (var path in Directory.EnumerateFiles(folder.PathOf("study")))
        {
            File.SetLastWriteTimeUtc(path, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        var before = FolderState.Of(folder.Root);
        var (code, output, _) = NdtProcess.Run(sweep);
        Assert.Equal(0, code);
        Assert.Contains("1 were finished before, 1 finished now", output, StringComparison.Ordinal);
        Assert.Equal(0, before.BytesLost);
        FolderState.RequireTidy(folder.Root);
        ledger.Add(Kind, injected: 1, files: FolderState.Final(folder.Root).Length, restarts: 1);
        ledger.Write(Kind);
    }

    [Theory]
    [InlineData("1980", "@1980-01-01 00:00:00", "")]
    [InlineData("runs fast a thousandfold", "+0 x1000", "")]
    [InlineData("jumps a day back and a day ahead while the run lasts", "+1d", "-1d")]
    public async Task A_run_under_a_wrong_clock_gives_the_same_figures_and_a_sensible_duration(string what, string clock, string then)
    {
        var library = Directory.Exists("/usr/lib")
            ? Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true }).FirstOrDefault()
            : null;
        Assert.SkipWhen(library is null, "libfaketime is not installed (Debian: libfaketime)");
        const string Kind = "wrong and jumping clock, train";
        using var folder = new TemporaryFolder();
        var setting = folder.Write("clock", clock);
        var environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library!,
            ["FAKETIME_TIMESTAMP_FILE"] = setting,
            ["FAKETIME_NO_CACHE"] = "1",
            // A clock that is set does not move the monotonic one.
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
        using var process = NdtProcess.Start(environment, [.. Run, "--out", folder.PathOf("wrong")]);
        var end = Task.Run(() => NdtProcess.End(process), TestContext.Current.CancellationToken);
        for (var turn = 0; !end.IsCompleted; turn++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            if (then.Length > 0)
            {
                File.WriteAllText(setting, turn % 2 == 0 ? then : clock);
            }
        }

        var (code, _, error) = await end;
        Assert.True(code == 0, $"{what}: {error}");
        var wrong = RecordFile.Read(folder.PathOf("wrong", "mlp_narrow_mnist_s2.parquet"));
        Assert.Empty(RecordDifference.Between(right.Record, wrong));
        Assert.InRange(wrong.Metadata.ElapsedSeconds, 0, 600);
        var finished = DateTime.Parse(wrong.Metadata.Details[RunDetails.TimePrefix + "finished"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Assert.True(Math.Abs((finished - DateTime.UtcNow).TotalHours) > 0.01, "the clock was not changed for this process");
        ledger.Add(Kind, injected: 1, files: 1, restarts: 1);
        ledger.Write(Kind);
    }

    [Fact]
    public async Task Two_trainings_of_one_record_leave_one_record()
    {
        const string Kind = "two trainings of one record";
        using var folder = new TemporaryFolder();
        string[] run = [.. Run, "--out", folder.PathOf("both")];
        var ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => NdtProcess.Run(run))));
        Assert.Contains(ends, end => end.Code == 0);
        // Where the second began after the first had ended, it made the record again.
        Assert.All(ends.Where(end => end.Code != 0), end => Assert.Equal((1, true), (end.Code, end.Error.Contains("another process is making this record", StringComparison.Ordinal))));
        FolderState.RequireTidy(folder.PathOf("both"));
        Assert.Equal(200, RecordFile.Read(folder.PathOf("both", "mlp_narrow_mnist_s2.parquet")).Metadata.Steps);
        ledger.Add(Kind, injected: 1, files: 1, restarts: 1);
        ledger.Write(Kind);
    }
}
