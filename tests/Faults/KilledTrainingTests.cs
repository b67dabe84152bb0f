using System.Diagnostics;
using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Tests.Faults;

[Collection(KilledRuns.Name)]
[Trait("Category", "Faults")]
[Trait("Category", "Integration")]
public sealed class KilledTrainingTests(FaultLedger ledger)
{
    private static readonly string[] Run = ["train", "mlp_narrow", "mnist", "--seed", "3", "--steps", "40"];
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void A_training_that_is_killed_at_any_moment_leaves_no_half_record_and_the_next_start_makes_it()
    {
        const string Kind = "kill -9 of train";
        using var folder = new TemporaryFolder();
        var (life, whole) = Reference(folder, Run);
        var place = folder.PathOf("killed");
        Assert.Equal(0, NdtProcess.Run(["train", "mlp_narrow", "mnist", "--seed", "4", "--steps", "40", "--out", place]).Code);
        var killing = new Killing(life, stream: 1);
        for (var round = 0; round < 4; round++)
        {
            for (var kill = 0; kill < 4; kill++)
            {
                var (before, other) = (FolderState.Of(place), new FolderState([Path.Combine(place, "mlp_narrow_mnist_s4.parquet")]));
                var killed = kill < 3 ? killing.AtRandom(Start) : Killing.WhileWriting(Start, place);
                // A record that was there may have been replaced by its like.
                var finished = FolderState.Final(place);
                Assert.All(finished.Where(path => path.EndsWith("_s3.parquet", StringComparison.Ordinal)), path => Assert.Empty(RecordDifference.Between(whole, RecordFile.Read(path))));
                Assert.Equal((0, 0), (before.BytesGone, other.BytesLost));
                ledger.Add(Kind, killed ? 1 : 0, finished.Length, before.BytesGone + other.BytesLost);
            }

            var (code, _, error) = NdtProcess.Run([.. Run, "--out", place]);
            Assert.Equal((0, ""), (code, error));
            Assert.Empty(RecordDifference.Between(whole, RecordFile.Read(Path.Combine(place, "mlp_narrow_mnist_s3.parquet"))));
            FolderState.RequireTidy(place);
            ledger.Add(Kind, files: 2, restarts: 1);
        }

        ledger.Write(Kind);

        Process Start() => NdtProcess.Start([.. Run, "--out", place]);
    }

    [Fact]
    public void A_training_that_is_killed_while_it_keeps_states_goes_on_from_the_last_whole_one()
    {
        const string Kind = "kill -9 of train --checkpoint-steps and --resume";
        using var folder = new TemporaryFolder();
        string[] states = ["--checkpoint-steps", "0,1,2,4,6,8,10,12"];
        string[] run = [.. Run[..^1], "12", .. states];
        var (life, whole) = Reference(folder, run);
        var killing = new Killing(life, stream: 2);
        for (var round = 0; round < 4; round++)
        {
            var place = folder.PathOf($"round{round}");
            for (var kill = 0; kill < 4; kill++)
            {
                var before = FolderState.Of(place);
                var killed = kill switch
                {
                    0 => Killing.WhileWriting(Start, place),
                    1 => killing.AtRandom(Start),
                    2 => killing.AtRandom(Resume),
                    _ => Killing.WhileWriting(Resume, place),
                };
                var files = Check(place, whole, folder);
                // What was there may have been replaced by its like, which Check compares.
                Assert.Equal(0, before.BytesGone);
                ledger.Add(Kind, killed ? 1 : 0, files, before.BytesGone);
            }

            using var last = Resume();
            var (code, _, error) = NdtProcess.End(last);
            Assert.True(code == 0, error);
            Assert.Empty(RecordDifference.Between(whole, RecordFile.Read(Path.Combine(place, "mlp_narrow_mnist_s3.parquet"))));
            FolderState.RequireTidy(place);
            ledger.Add(Kind, files: Check(place, whole, folder), restarts: 1);

            Process Start() => NdtProcess.Start([.. run, "--out", place]);

            Process Resume() => Newest(place) is { } state ? NdtProcess.Start(["train", "--resume", state, .. states, "--out", place]) : Start();
        }

        ledger.Write(Kind);
    }

    private static (TimeSpan Life, RunRecord Whole) Reference(TemporaryFolder folder, string[] run)
    {
        var place = folder.PathOf("whole");
        return (Killing.LifeOf(Nothing, [.. run, "--out", place]), RecordFile.Read(Path.Combine(place, "mlp_narrow_mnist_s3.parquet")));
    }

    private static string? Newest(string place) =>
        FolderState.Final(place).Where(path => path.EndsWith(".safetensors", StringComparison.Ordinal)).Order(StringComparer.Ordinal).LastOrDefault();

    /// <summary>Every state is the uninterrupted run's, byte for byte, and has its record, which is the beginning of the whole one; the number of files.</summary>
    private static int Check(string place, RunRecord whole, TemporaryFolder folder)
    {
        var files = FolderState.Final(place);
        foreach (var path in files)
        {
            if (path.EndsWith(".safetensors", StringComparison.Ordinal))
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(folder.PathOf("whole"), Path.GetRelativePath(place, path))), File.ReadAllBytes(path));
                _ = RunState.Read(path);
            }
            else
            {
                var record = RecordFile.Read(path);
                Assert.Equal(whole.Points.Take(record.Points.Count), record.Points);
            }
        }

        return files.Length;
    }
}
