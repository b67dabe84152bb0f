using Ndt.Measurement;
using Ndt.Models;
using static TorchSharp.torch;

namespace Ndt.Tests.Measurement;

/// <summary>The route that a CUDA device takes, here on the CPU: it is made of tensor operations that run on any device.</summary>
public sealed class DeviceMeasurementTests
{
    private static readonly (int Samples, int Features)[] Shapes =
    [
        (160, 10), (160, 32), (160, 512), (160, 160), (160, 32), (7, 3), (3, 7), (160, 161), (2, 2), (5, 1), (1, 5), (1, 1), (160, 512), (159, 160), (160, 256),
    ];

    [Fact]
    public void Matrices_of_many_shapes_at_once_agree_with_the_CPU_route_and_with_a_double_precision_svd()
    {
        using var scope = NewDisposeScope();
        var matrices = Shapes.Select((shape, i) => Gaussian(shape.Samples, shape.Features, seed: (ulong)i, offset: 1)).ToArray();
        var eigenvalues = DeviceSpectra.GramEigenvalues([.. matrices.Select(matrix => matrix.to(ScalarType.Float64))]);
        for (var i = 0; i < Shapes.Length; i++)
        {
            var (samples, features) = Shapes[i];
            var host = ActivationSpectra.Of(matrices[i].data<float>().ToArray(), samples, features);
            var doubles = matrices[i].to(ScalarType.Float64);
            Assert.Equal([2L, Math.Min(samples, features)], eigenvalues[i].shape);
            var (uncentred, centred) = Spectra(eigenvalues[i]);
            AssertClose(linalg.svdvals(doubles).data<double>().ToArray(), uncentred.SingularValues, 1e-12);
            AssertClose(linalg.svdvals(doubles - doubles.mean([0L], keepdim: true)).data<double>().ToArray(), centred.SingularValues, 1e-12);
            AssertClose(host.Uncentred.SingularValues, uncentred.SingularValues, 1e-12);
            AssertClose(host.Centred.SingularValues, centred.SingularValues, 1e-12);
        }
    }

    [Fact]
    public void Every_figure_of_a_layer_is_the_CPU_routes()
    {
        using var scope = NewDisposeScope();
        var activations = Shapes.Where(shape => Math.Min(shape.Samples, shape.Features) > 2)
            .Select((shape, i) => (Layer: new ProbedLayer($"layer{i}", LayerView.Study, i, shape.Samples, shape.Features), Matrix: Gaussian(shape.Samples, shape.Features, seed: (ulong)i, offset: 0.3))).ToArray();
        var (layers, _) = DeviceMeasurement.Of([.. activations.Select(layer => new DeviceActivations(layer.Layer, layer.Matrix.to(ScalarType.Float64)))], zeros(1, 1), labels: null);
        // A centred matrix that has no more samples than features has a singular value that is rounding noise, and the sum of singular values feels it.
        foreach (var (actual, (layer, matrix)) in layers.Zip(activations))
        {
            var expected = LayerMeasurement.Of(new LayerActivations(layer, matrix.data<float>().ToArray()));
            Assert.Equal(layer, actual.Layer);
            var tolerance = layer.Features < layer.Samples ? 1e-10 : 1e-6;
            Assert.All(MetricNames.Measured.Where(metric => !metric.NeedsLabels()), metric => Assert.InRange(actual[metric], expected[metric] * (1 - tolerance), expected[metric] * (1 + tolerance)));
        }
    }

    [Fact]
    public void Matrices_of_low_rank_and_constant_ones_have_noughts_for_the_rest()
    {
        using var scope = NewDisposeScope();
        var lowRank = Gaussian(160, 3, seed: 1, offset: 0).to(ScalarType.Float64).matmul(Gaussian(3, 64, seed: 2, offset: 0).to(ScalarType.Float64));
        var eigenvalues = DeviceSpectra.GramEigenvalues([lowRank, full([12, 5], 3, ScalarType.Float64), full([160, 64], 2, ScalarType.Float64)]);
        var (uncentred, _) = Spectra(eigenvalues[0]);
        AssertClose(linalg.svdvals(lowRank).data<double>().ToArray().AsSpan(0, 3), uncentred.SingularValues[..3], 1e-12);
        Assert.True(uncentred.SingularValues[3] < 1e-7 * uncentred.SingularValues[0]);
        var (constant, constantCentred) = Spectra(eigenvalues[1]);
        Assert.Equal(3 * Math.Sqrt(60), constant.SingularValues[0], 1e-12);
        Assert.Equal(1, Estimators.StableRank(constant), 1e-12);
        Assert.Equal(0, constantCentred.FrobeniusSquared);
        var (_, oneRowCentred) = Spectra(DeviceSpectra.GramEigenvalues([Gaussian(1, 40, seed: 3, offset: 0).to(ScalarType.Float64).expand(7, 40)])[0]);
        Assert.Equal(0, oneRowCentred.FrobeniusSquared);
    }

    [Fact]
    public void A_mean_a_thousand_times_the_spread_does_not_blur_the_centred_spectrum()
    {
        using var scope = NewDisposeScope();
        var matrix = Gaussian(160, 32, seed: 4, offset: 1000).to(ScalarType.Float64);
        var (_, centred) = Spectra(DeviceSpectra.GramEigenvalues([matrix])[0]);
        AssertClose(linalg.svdvals(matrix - matrix.mean([0L], keepdim: true)).data<double>().ToArray(), centred.SingularValues, 1e-11);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_not_finite_makes_its_own_matrix_NaN_and_leaves_its_neighbours(double value)
    {
        using var scope = NewDisposeScope();
        var (healthy, sick) = (Gaussian(20, 6, seed: 1, offset: 0).to(ScalarType.Float64), Gaussian(20, 6, seed: 2, offset: 0).to(ScalarType.Float64));
        sick[3, 2] = value;
        var eigenvalues = DeviceSpectra.GramEigenvalues([healthy, sick, zeros(0, 6, ScalarType.Float64), zeros(4, 0, ScalarType.Float64)]);
        AssertClose(linalg.svdvals(healthy).data<double>().ToArray(), Spectra(eigenvalues[0]).Uncentred.SingularValues, 1e-12);
        Assert.Equal(double.NaN, Estimators.StableRank(Spectra(eigenvalues[1]).Uncentred));
        Assert.Equal(double.NaN, Estimators.StableRank(Spectra(eigenvalues[1]).Centred));
        Assert.Equal((0, 0), (eigenvalues[2].numel(), eigenvalues[3].numel()));

        var layer = new ProbedLayer("hidden", LayerView.Study, 0, 20, 6);
        var error = Assert.Throws<NonFiniteActivationsException>(() => DeviceMeasurement.Of([new DeviceActivations(layer, sick)], zeros(1, 1), labels: null));
        Assert.Equal("hidden", error.Layer);
    }

    [Theory]
    [InlineData("mlp_narrow")]
    [InlineData("cnn_shallow")]
    [InlineData("transformer_narrow")]
    public void A_tracker_that_measures_on_the_device_records_what_the_CPUs_records(string architecture)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var network = Network.Create(ArchitectureCatalogue.Find(architecture), new InputShape(1, 28, 28, 10));
        var (inputs, labels) = (randn([40, 784], generator: generator), randint(0, 10, [40], generator: generator));
        using var host = new ActivationTracker(network, inputs, labels: labels);
        using var device = new ActivationTracker(network, inputs, labels: labels) { MeasuresOnDevice = true };
        host.MeasureInitialState();
        device.MeasureInitialState();
        Assert.Equal(host.History.Points, device.History.Points);
        Assert.InRange(device.Overhead.ForwardSeconds, 0, 60);
        foreach (var (expected, actual) in host.History.Layers().Zip(device.History.Layers()))
        {
            Assert.Equal((expected.Name, expected.View, expected.Depth, expected.Features), (actual.Name, actual.View, actual.Depth, actual.Features));
            // Histories keep about six digits.
            Assert.All(expected.Metrics, metric => Assert.InRange(actual[metric][0], expected[metric][0] * (1 - 4e-6), expected[metric][0] * (1 + 4e-6)));
        }
    }

    [Fact]
    public void A_layer_that_a_later_one_overwrites_in_place_is_measured_as_it_came_out()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(("hidden", nn.Linear(6, 5)), ("relu", nn.ReLU(inplace: true)));
        var inputs = Gaussian(30, 6, seed: 5, offset: 0);
        using var tracker = new ActivationTracker(network, inputs) { MeasuresOnDevice = true };
        tracker.MeasureInitialState();
        using var guard = no_grad();
        var hidden = nn.functional.linear(inputs, network.get_parameter("hidden.weight")!, network.get_parameter("hidden.bias"));
        // Histories keep about six digits.
        Assert.Equal(hidden.to(ScalarType.Float64).square().sum().item<double>(), tracker.History.Layers()[0][Metric.FrobeniusSquared][0], 1e-3);
        Assert.True(inputs.mm(network.get_parameter("hidden.weight")!.t()).min().item<float>() < 0);
    }

    private static Tensor Gaussian(int samples, int features, ulong seed, double offset)
    {
        using var generator = new Generator(seed + 1);
        return randn([samples, features], generator: generator) + offset;
    }

    private static (Spectrum Uncentred, Spectrum Centred) Spectra(Tensor pair) =>
        (Spectrum.FromGramEigenvalues(pair[0].data<double>().ToArray()), Spectrum.FromGramEigenvalues(pair[1].data<double>().ToArray()));

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            // What is zero in theory is the Gram route's rounding, the root of the unit roundoff.
            var allowed = expected[i] < 1e-6 * expected[0] ? 1e-7 * Math.Max(1, expected[0]) : tolerance * expected[0];
            Assert.InRange(actual[i], expected[i] - allowed, expected[i] + allowed);
        }
    }
}
