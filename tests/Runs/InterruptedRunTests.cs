using Ndt.Data;
using Ndt.Models;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Runs;

[Collection(nameof(TorchGenerator))]
public sealed class InterruptedRunTests
{
    private static readonly RunSpec Spec = new(new TransformerSpec("transformer_tiny", Width: 16, Layers: 2), "mnist", Seed: 0, Protocol.Study with { Steps = 40 });

    [Fact]
    public void An_interrupted_run_goes_on_to_the_uninterrupted_one_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var (straight, last) = (Execute(Spec, new RunCheckpoints(folder.PathOf("straight"), [40])), new RunCheckpoints(folder.Root, [40]));
        var interrupted = new InterruptedRun(Spec, folder.Root);
        Assert.False(interrupted.Exists);
        Assert.Null(interrupted.Read(Load));

        Assert.Equal(11, Interrupt(Spec, folder.Root, after: 11));
        Assert.Equal(26, Interrupt(Spec, folder.Root, after: 26));
        Assert.Equal(["SHA256SUMS", "step_00026.parquet", "step_00026.safetensors"], Directory.EnumerateFiles(interrupted.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

        var resumed = Execute(Spec, last, interrupted.Read(Load, last));
        Assert.Empty(RecordDifference.Between(straight, resumed));
        Assert.Equal("26", resumed.Metadata.Details[RunDetails.ResumedAt]);
        Assert.Equal(File.ReadAllBytes(RunCheckpoints.PathOf(folder.PathOf("straight"), Spec.Name, 40)), File.ReadAllBytes(RunCheckpoints.PathOf(folder.Root, Spec.Name, 40)));
        interrupted.Remove();
        Assert.False(Directory.Exists(interrupted.Folder));
    }

    [Fact]
    public void A_run_that_was_stopped_before_its_first_update_goes_on_too()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Interrupt(Spec, folder.Root, after: 0));
        Assert.Empty(RecordDifference.Between(Execute(Spec), Execute(Spec, resume: new InterruptedRun(Spec, folder.Root).Read(Load))));
    }

    [Theory]
    [InlineData("step_00011.safetensors")]
    [InlineData("step_00011.parquet")]
    public void A_damaged_state_is_not_used(string name)
    {
        using var folder = new TemporaryFolder();
        Interrupt(Spec, folder.Root, after: 11);
        var interrupted = new InterruptedRun(Spec, folder.Root);
        var path = Path.Combine(interrupted.Folder, name);
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^1]);
        Assert.Contains("it is damaged", Refusal(interrupted), StringComparison.Ordinal);
        var flipped = (byte[])whole.Clone();
        flipped[flipped.Length / 2] ^= 1;
        File.WriteAllBytes(path, flipped);
        Assert.Contains(path, Refusal(interrupted), StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains(path, Refusal(interrupted), StringComparison.Ordinal);
        interrupted.Remove();
        Assert.False(Directory.Exists(interrupted.Folder));
    }

    [Fact]
    public void A_state_without_its_list_of_hashes_does_not_count()
    {
        using var folder = new TemporaryFolder();
        Interrupt(Spec, folder.Root, after: 11);
        var interrupted = new InterruptedRun(Spec, folder.Root);
        var list = Path.Combine(interrupted.Folder, "SHA256SUMS");
        File.Move(list, folder.PathOf("aside"));
        Assert.Null(interrupted.Read(Load));
        File.WriteAllText(list, "");
        Assert.Contains("names no state", Refusal(interrupted), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_of_another_run_is_not_used_and_not_removed()
    {
        using var folder = new TemporaryFolder();
        Interrupt(Spec, folder.Root, after: 11);
        foreach (var (other, difference) in new[]
        {
            (Spec with { Protocol = Spec.Protocol with { Steps = 30 } }, "steps was 40 and is 30 now"),
            (Spec with { Protocol = Protocol.Find("fresh_probe") with { Steps = 40 } }, "protocol was study and is fresh_probe now"),
            (Spec with { Threads = 2 }, "threads was 1 and is 2 now"),
            (Spec with { Protocol = Spec.Protocol with { Steps = 30, MeasureEvery = 1 }, Threads = 2 }, "steps was 40 and is 30 now, measure-every was 5 and is 1 now, threads was 1 and is 2 now"),
        })
        {
            var interrupted = new InterruptedRun(other, folder.Root);
            Assert.EndsWith($": is of another run: {difference}", Refusal(interrupted), StringComparison.Ordinal);
            interrupted.Remove();
        }

        Assert.Equal(11, new InterruptedRun(Spec, folder.Root).Read(Load)?.StepsDone);
        Assert.Null(new InterruptedRun(Spec with { Seed = 1 }, folder.Root).Read(Load));
        Assert.Contains("had other data", Assert.Throws<InputException>(() => new InterruptedRun(Spec, folder.Root).Read(seed => Load(seed + 1))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version.ndt")]
    [InlineData("machine.processor")]
    [InlineData(RunDetails.Kernels)]
    public void A_state_made_elsewhere_is_not_used(string key)
    {
        using var folder = new TemporaryFolder();
        Interrupt(Spec, folder.Root, after: 11);
        var interrupted = new InterruptedRun(Spec, folder.Root);
        var path = Path.Combine(interrupted.Folder, "step_00011.parquet");
        var record = RecordParquet.Read(path);
        var details = new SortedDictionary<string, string>(record.Metadata.Details.ToDictionary(), StringComparer.Ordinal) { [key] = "another" };
        RecordParquet.Write(path, new RunRecord(record.Metadata with { Details = details }, record.Points, record.Layers));
        var list = Path.Combine(interrupted.Folder, "SHA256SUMS");
        HashManifest.Write(list, HashManifest.Read(list).Keys.ToDictionary(name => name, name => Digest.Sha256Of(File.ReadAllBytes(Path.Combine(interrupted.Folder, name)))));
        Assert.Contains($"{key} was another and is ", Refusal(interrupted), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_lacks_checkpoints_that_the_run_did_not_keep_before_it()
    {
        using var folder = new TemporaryFolder();
        Interrupt(Spec, folder.Root, after: 11);
        var interrupted = new InterruptedRun(Spec, folder.Root);
        Assert.NotNull(interrupted.Read(Load, new RunCheckpoints(folder.Root, [12, 40])));
        Assert.Contains("other checkpoints", Assert.Throws<InputException>(() => interrupted.Read(Load, new RunCheckpoints(folder.Root, [10, 40]))).Message, StringComparison.Ordinal);
    }

    // Goes on where an earlier interruption left off, and gives the number of updates done.
    private static int Interrupt(RunSpec spec, string folder, int after)
    {
        using var source = new CancellationTokenSource();
        var interrupted = new InterruptedRun(spec, folder);
        if (after == 0)
        {
            source.Cancel();
        }

        var error = Assert.Throws<RunInterruptedException>(() => ExperimentRun.Execute(spec, Load, new CancelAt(source, after), resume: interrupted.Read(Load), interrupted: interrupted, cancellation: source.Token));
        Assert.Equal(interrupted.Folder, error.StateFolder);
        return error.StepsDone;
    }

    private static RunRecord Execute(RunSpec spec, RunCheckpoints? checkpoints = null, RunState? resume = null) =>
        ExperimentRun.Execute(spec, Load, progress: null, checkpoints, resume, cancellation: TestContext.Current.CancellationToken);

    private static TrainingData Load(int seed) => DatasetLoader.Load("mnist", seed);

    private static string Refusal(InterruptedRun interrupted)
    {
        var message = Assert.Throws<InputException>(() => interrupted.Read(Load)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    // Progress is reported after measured steps 0, 5, 10, …: after updates 1, 6, 11, ….
    private sealed class CancelAt(CancellationTokenSource source, int updates) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.StepsDone >= updates)
            {
                source.Cancel();
            }
        }
    }
}
