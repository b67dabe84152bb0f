using System.Globalization;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Cuda;

/// <summary>Whole runs on a CUDA device.</summary>
[Collection(nameof(CudaMachine))]
[Trait(CudaMachine.Trait, CudaMachine.Category)]
public sealed class CudaRunTests
{
    private const string Mlp = "mlp_narrow";
    private const string Cnn = "cnn_shallow";
    private const string Transformer = "transformer_narrow";

    [Theory]
    [InlineData(Mlp)]
    [InlineData(Cnn)]
    [InlineData(Transformer)]
    public void The_first_steps_are_the_CPUs_to_float_rounding(string architecture)
    {
        _ = CudaMachine.DeviceOrSkip();
        var (cpu, cuda) = (Run(architecture, "cpu", steps: 6), Run(architecture, "cuda", steps: 6));
        Assert.Equal("cuda:0", cuda.Metadata.Details[RunDetails.Device]);
        foreach (var (left, right) in cpu.Points.Zip(cuda.Points))
        {
            Assert.Equal((left.Step, left.Epoch), (right.Step, right.Epoch));
            if (left.Step >= 0)
            {
                AssertRelative(left.Loss, right.Loss, 1e-3, $"step {left.Step}: loss");
                AssertRelative(left.GradientNorm, right.GradientNorm, 1e-2, $"step {left.Step}: gradient norm");
            }

            AssertRelative(left.ProbeLoss, right.ProbeLoss, 1e-3, $"step {left.Step}: probe loss");
        }

        foreach (var (left, right) in cpu.Layers.Zip(cuda.Layers))
        {
            Assert.Equal((left.Name, left.View, left.Depth, left.Samples, left.Features), (right.Name, right.View, right.Depth, right.Samples, right.Features));
            foreach (var metric in new[] { Metric.FrobeniusSquared, Metric.StableRank, Metric.ParticipationRatio, Metric.CentredStableRank, Metric.CentredParticipationRatio })
            {
                for (var i = 0; i < cpu.Points.Count; i++)
                {
                    AssertRelative(left[metric][i], right[metric][i], 1e-2, $"{left.Name} {metric} at step {cpu.Points[i].Step}");
                }
            }
        }
    }

    [Theory]
    [InlineData(Mlp)]
    [InlineData(Cnn)]
    [InlineData(Transformer)]
    public void The_same_seed_gives_the_same_record_twice_bit_for_bit(string architecture)
    {
        _ = CudaMachine.DeviceOrSkip();
        Assert.Empty(RecordDifference.Between(Run(architecture, "cuda", steps: 40), Run(architecture, "cuda", steps: 40)));
    }

    [Theory]
    [InlineData(Mlp)]
    [InlineData(Transformer)]
    public void A_resumed_run_is_the_uninterrupted_one_bit_for_bit(string architecture)
    {
        _ = CudaMachine.DeviceOrSkip();
        using var folder = new TemporaryFolder();
        var spec = Spec(architecture, "cuda", steps: 30, deterministic: true);
        var straight = Execute(spec, new RunCheckpoints(folder.Root, [13]));
        var state = RunState.Read(RunCheckpoints.PathOf(folder.Root, spec.Name, 13));
        Assert.Equal("cuda", state.Spec.Device);
        Assert.Empty(RecordDifference.Between(straight, Execute(spec, checkpoints: null, state)));
    }

    [Fact]
    public void The_record_tells_card_driver_memory_and_positive_times()
    {
        _ = CudaMachine.DeviceOrSkip();
        var details = Run(Cnn, "cuda", steps: 20).Metadata.Details;
        Assert.NotEmpty(details["machine.device"]);
        Assert.Matches(@"^\d+\.\d+$", details["version.cuda_driver"]);
        Assert.Equal("true", details[RunDetails.Deterministic]);
        // The inputs alone are 1,750 images of 784 numbers in float32: 5.5 MB.
        Assert.InRange(long.Parse(details[RunDetails.PeakDeviceMemory], CultureInfo.InvariantCulture), 5_000_000, 20L << 30);
        Assert.All(
            new[] { "steps_seconds", "probe_forward_seconds", "spectra_seconds" },
            part => Assert.InRange(double.Parse(details[RunDetails.TimePrefix + part], CultureInfo.InvariantCulture), 1e-3, 600));
    }

    [Fact]
    public void Without_the_deterministic_mode_a_run_still_trains_and_says_so()
    {
        _ = CudaMachine.DeviceOrSkip();
        var record = Execute(Spec(Mlp, "cuda", steps: 20, deterministic: false), checkpoints: null);
        Assert.Equal("false", record.Metadata.Details[RunDetails.Deterministic]);
        Assert.True(record.Points[^1].Loss < record.Points[1].Loss);
    }

    [Theory]
    [InlineData("fresh_probe")]
    [InlineData("shuffled_labels")]
    [InlineData("zero_learning_rate")]
    public void Controls_run_there_too(string protocol)
    {
        _ = CudaMachine.DeviceOrSkip();
        var spec = Spec(Mlp, "cuda", steps: 12, deterministic: true);
        Assert.Equal(4, Execute(spec with { Protocol = Protocol.Find(protocol) with { Steps = 12 } }, checkpoints: null).Points.Count);
    }

    private static RunRecord Run(string architecture, string device, int steps) => Execute(Spec(architecture, device, steps, deterministic: true), checkpoints: null);

    private static RunSpec Spec(string architecture, string device, int steps, bool deterministic) =>
        new(ArchitectureCatalogue.Find(architecture), "mnist", Seed: 0, Protocol.Study with { Steps = steps }) { Device = device, Deterministic = deterministic };

    private static RunRecord Execute(RunSpec spec, RunCheckpoints? checkpoints, RunState? resume = null) =>
        ExperimentRun.Execute(spec, seed => DatasetLoader.Load(spec.Dataset, seed), progress: null, checkpoints, resume, interrupted: null, cancellation: TestContext.Current.CancellationToken);

    private static void AssertRelative(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{what}: {expected:R} on the CPU, {actual:R} on the device");
}
