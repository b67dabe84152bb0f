using Ndt.Checkpoints;
using Ndt.Data;
using Ndt.Models;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Runs;

[Collection(nameof(TorchGenerator))]
public sealed class ResumeTests
{
    private static readonly TransformerSpec Transformer = new("transformer_tiny", Width: 16, Layers: 2);

    [Theory]
    [InlineData("study", 20)]
    [InlineData("study", 0)]
    [InlineData("fresh_probe", 23)]
    [InlineData("sgd_momentum", 20)]
    [InlineData("adamw", 20)]
    [InlineData("cosine_warmup", 20)]
    [InlineData("width_half", 20)]
    public void A_transformer_with_dropout_that_is_resumed_is_the_uninterrupted_one_bit_for_bit(string protocol, int at)
    {
        using var folder = new TemporaryFolder();
        var spec = Spec(protocol);
        var straight = Execute(spec, new RunCheckpoints(folder.PathOf("a"), [at, 40]));
        var state = RunState.Read(RunCheckpoints.PathOf(folder.PathOf("a"), spec.Name, at));
        var resumed = Execute(spec, new RunCheckpoints(folder.PathOf("b"), [40]), state);

        Assert.Equal(at, state.StepsDone);
        Assert.Equal(straight.Points, resumed.Points);
        Assert.Equal(straight.Layers.Select(layer => (layer.Name, layer.View, layer.Depth, layer.Samples, layer.Features)), resumed.Layers.Select(layer => (layer.Name, layer.View, layer.Depth, layer.Samples, layer.Features)));
        foreach (var (before, after) in straight.Layers.Zip(resumed.Layers))
        {
            Assert.All(before.Metrics, metric => Assert.Equal(before[metric], after[metric]));
        }

        Assert.Equal(straight.Metadata.FinalAccuracy, resumed.Metadata.FinalAccuracy);
        Assert.Equal(WithoutTimes(straight), WithoutTimes(resumed));
        Assert.Equal(at.ToString(System.Globalization.CultureInfo.InvariantCulture), resumed.Metadata.Details[RunDetails.ResumedAt]);

        // Weights, both moments of Adam and the random state.
        Assert.Equal(File.ReadAllBytes(RunCheckpoints.PathOf(folder.PathOf("a"), spec.Name, 40)), File.ReadAllBytes(RunCheckpoints.PathOf(folder.PathOf("b"), spec.Name, 40)));
    }

    [Fact]
    public void Keeping_states_does_not_change_the_run()
    {
        using var folder = new TemporaryFolder();
        var spec = Spec("study", steps: 10);
        Assert.Equal(Execute(spec, null).Points, Execute(spec, new RunCheckpoints(folder.Root, [0, 3, 10])).Points);
    }

    [Fact]
    public void A_checkpoint_of_weights_only_is_small_and_cannot_be_resumed_from()
    {
        using var folder = new TemporaryFolder();
        var spec = Spec("study", steps: 2);
        Execute(spec, new RunCheckpoints(folder.Root, [2], weightsOnly: true));
        var path = RunCheckpoints.PathOf(folder.Root, spec.Name, 2);
        var checkpoint = SafetensorsFile.Read(path);
        Assert.Equal((2, "transformer_tiny_mnist_s0", null), (checkpoint.Step, checkpoint.Experiment, checkpoint.Optimizer));
        Assert.Equal([path], Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
        Assert.Contains("no state of the optimiser", Message(() => RunState.Read(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var spec = Spec("study", steps: 12);
        Execute(spec, new RunCheckpoints(folder.Root, [2, 12]));
        var (early, late) = (RunCheckpoints.PathOf(folder.Root, spec.Name, 2), RunCheckpoints.PathOf(folder.Root, spec.Name, 12));
        var state = RunState.Read(early);
        Assert.Contains("is of another run: seed was 0 and is 1 now", Message(() => Execute(spec with { Seed = 1 }, null, state)), StringComparison.Ordinal);
        Assert.Contains("had other data", Message(() => ExperimentRun.Execute(spec, seed => DatasetLoader.Load("mnist", seed + 1), resume: state)), StringComparison.Ordinal);
        Assert.Contains("unknown architecture", Message(() => state.Spec), StringComparison.Ordinal);

        File.Move(RunState.RecordPathOf(late), RunState.RecordPathOf(early), overwrite: true);
        Assert.Contains("ends with step 10; expected 0", Message(() => RunState.Read(early)), StringComparison.Ordinal);
        Assert.Contains("no such file", Message(() => RunState.Read(late)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_another_device_is_gone_on_with_there_or_not_at_all()
    {
        using var folder = new TemporaryFolder();
        var spec = Spec("study", steps: 4) with { Architecture = ArchitectureCatalogue.Find("mlp_narrow") };
        Execute(spec, new RunCheckpoints(folder.Root, [2]));
        var path = RunCheckpoints.PathOf(folder.Root, spec.Name, 2);
        Assert.Equal(("cpu", true), (RunState.Read(path).Spec.Device, RunState.Read(path).Spec.Deterministic));

        var record = RecordParquet.Read(RunState.RecordPathOf(path));
        var elsewhere = new Dictionary<string, string>(record.Metadata.Details) { [RunDetails.Device] = "cuda:0", [RunDetails.Deterministic] = "false" };
        RecordParquet.Write(RunState.RecordPathOf(path), new RunRecord(record.Metadata with { Details = elsewhere }, record.Points, record.Layers));
        var state = RunState.Read(path);
        Assert.Equal(("cuda", false), (state.Spec.Device, state.Spec.Deterministic));
        Assert.Contains("cuda", Message(() => Execute(spec, checkpoints: null, state)), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_cannot_be_kept_are_refused_before_the_run()
    {
        Assert.Contains("negative", Message(() => new RunCheckpoints("x", [-1])), StringComparison.Ordinal);
        Assert.Contains("twice", Message(() => new RunCheckpoints("x", [1, 1])), StringComparison.Ordinal);
        Assert.Contains("the run has 40 steps", Message(() => Execute(Spec("study"), new RunCheckpoints("x", [41]))), StringComparison.Ordinal);
    }

    private static RunSpec Spec(string protocol, int steps = 40) =>
        new(Transformer, "mnist", Seed: 0, Protocol.Find(protocol) with { Steps = steps });

    private static RunRecord Execute(RunSpec spec, RunCheckpoints? checkpoints, RunState? resume = null) =>
        ExperimentRun.Execute(spec, seed => DatasetLoader.Load(spec.Dataset, seed), progress: null, checkpoints, resume, cancellation: TestContext.Current.CancellationToken);

    private static IEnumerable<KeyValuePair<string, string>> WithoutTimes(RunRecord record) =>
        record.Metadata.Details.Where(item => !item.Key.StartsWith(RunDetails.TimePrefix, StringComparison.Ordinal));

    private static string Message(Func<object> action)
    {
        var message = Assert.Throws<InputException>(action).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
