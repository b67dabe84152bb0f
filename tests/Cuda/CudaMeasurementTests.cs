using Ndt.Measurement;
using Ndt.Models;
using Ndt.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Tests.Cuda;

/// <summary>Measuring on a CUDA device beside the CPU.</summary>
[Collection(nameof(CudaMachine))]
[Trait(CudaMachine.Trait, CudaMachine.Category)]
public sealed class CudaMeasurementTests
{
    private static readonly (int Samples, int Features)[] Shapes = [(160, 10), (160, 32), (160, 512), (160, 160), (160, 32), (7, 3), (3, 7), (1, 5), (5, 1), (159, 160), (160, 256)];

    [Fact]
    public void Spectra_of_the_same_activations_are_the_CPUs()
    {
        var device = CudaMachine.DeviceOrSkip();
        using var scope = NewDisposeScope();
        manual_seed(1);
        var matrices = Shapes.Select(shape => randn(shape.Samples, shape.Features) + 1).ToArray();
        var eigenvalues = DeviceSpectra.GramEigenvalues([.. matrices.Select(matrix => matrix.to(device).to(ScalarType.Float64))]);
        for (var i = 0; i < Shapes.Length; i++)
        {
            Assert.Equal(DeviceType.CUDA, eigenvalues[i].device_type);
            var host = ActivationSpectra.Of(matrices[i].data<float>().ToArray(), Shapes[i].Samples, Shapes[i].Features);
            var pair = eigenvalues[i].cpu();
            AssertClose(host.Uncentred, Spectrum.FromGramEigenvalues(pair[0].data<double>().ToArray()));
            AssertClose(host.Centred, Spectrum.FromGramEigenvalues(pair[1].data<double>().ToArray()));
        }
    }

    [Fact]
    public void NaN_stays_with_its_own_matrix()
    {
        var device = CudaMachine.DeviceOrSkip();
        using var scope = NewDisposeScope();
        var healthy = ones(20, 6, ScalarType.Float64, device);
        var sick = ones(20, 6, ScalarType.Float64, device);
        sick[3, 2] = double.NaN;
        var eigenvalues = DeviceSpectra.GramEigenvalues([healthy, sick]);
        Assert.True(eigenvalues[0].isfinite().all().item<bool>());
        Assert.True(eigenvalues[1].isnan().all().item<bool>());
    }

    [Theory]
    [InlineData("mlp_narrow")]
    [InlineData("cnn_shallow")]
    [InlineData("transformer_narrow")]
    public void A_network_with_the_same_weights_is_measured_alike_on_both(string architecture)
    {
        var device = CudaMachine.DeviceOrSkip();
        using var scope = NewDisposeScope();
        TorchProcess.PrepareDevice(device, deterministic: true);
        manual_seed(2);
        using var network = Network.Create(ArchitectureCatalogue.Find(architecture), new InputShape(1, 28, 28, 10));
        var (inputs, labels) = (randn(160, 784), randint(0, 10, [160]));
        using var host = new ActivationTracker(network, inputs, labels: labels);
        host.MeasureInitialState();
        network.to(device);
        using var onDevice = new ActivationTracker(network, inputs.to(device), labels: labels.to(device));
        onDevice.MeasureInitialState();

        Assert.True(onDevice.MeasuresOnDevice);
        var (expected, actual) = (host.History.Points[0], onDevice.History.Points[0]);
        Assert.Equal(expected.ProbeLoss, actual.ProbeLoss, 1e-4);
        Assert.Equal(expected.ProbeAccuracy, actual.ProbeAccuracy, 0.02);
        foreach (var (left, right) in host.History.Layers().Zip(onDevice.History.Layers()))
        {
            // The forward pass is in float32: another order of sums. Effective rank 90 is a whole number that may fall to either side.
            Assert.All(left.Metrics.Where(metric => metric is not (Metric.EffectiveRank90 or Metric.CentredEffectiveRank90)), metric => AssertRelative(left[metric][0], right[metric][0], 1e-3, $"{left.Name} {metric}"));
            Assert.InRange(right[Metric.EffectiveRank90][0], left[Metric.EffectiveRank90][0] - 1, left[Metric.EffectiveRank90][0] + 1);
        }
    }

    [Fact]
    public void Times_by_events_are_positive_and_no_longer_than_the_wall_clocks()
    {
        var device = CudaMachine.DeviceOrSkip();
        using var scope = NewDisposeScope();
        using var clock = DeviceClock.Of(device);
        var matrix = randn(2000, 2000, device: device);
        _ = matrix.matmul(matrix);
        cuda.synchronize();
        var wall = System.Diagnostics.Stopwatch.StartNew();
        clock.Restart();
        var start = clock.Mark();
        for (var i = 0; i < 20; i++)
        {
            _ = matrix.matmul(matrix);
        }

        var middle = clock.Mark();
        var end = clock.Mark();
        var seconds = clock.Seconds(start, end);
        Assert.InRange(seconds, 1e-6, wall.Elapsed.TotalSeconds + 1e-3);
        Assert.InRange(clock.Seconds(start, middle), 1e-6, seconds + 1e-6);
    }

    private static void AssertClose(Spectrum expected, Spectrum actual)
    {
        Assert.Equal(expected.SingularValues.Length, actual.SingularValues.Length);
        var largest = expected.SingularValues[0];
        for (var i = 0; i < expected.SingularValues.Length; i++)
        {
            var allowed = expected.SingularValues[i] < 1e-6 * largest ? 1e-7 * Math.Max(1, largest) : 1e-11 * largest;
            Assert.InRange(actual.SingularValues[i], expected.SingularValues[i] - allowed, expected.SingularValues[i] + allowed);
        }
    }

    private static void AssertRelative(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{what}: {expected:R} on the CPU, {actual:R} on the device");
}
