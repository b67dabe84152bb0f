using Ndt.Measurement;
using static TorchSharp.torch;

namespace Ndt.Tests.Measurement;

public sealed class ActivationSpectraTests
{
    [Theory]
    [InlineData(160, 10)]
    [InlineData(160, 32)]
    [InlineData(160, 159)]
    [InlineData(160, 160)]
    [InlineData(160, 161)]
    [InlineData(160, 512)]
    [InlineData(7, 3)]
    [InlineData(3, 7)]
    [InlineData(2, 2)]
    [InlineData(5, 1)]
    [InlineData(1, 5)]
    [InlineData(1, 1)]
    public void Both_spectra_agree_with_a_double_precision_svd(int samples, int features)
    {
        var (values, matrix) = Gaussian(samples, features, offset: 1);
        var spectra = ActivationSpectra.Of(values, samples, features);
        AssertSpectrum(linalg.svdvals(matrix), spectra.Uncentred, 1e-12);
        AssertSpectrum(linalg.svdvals(matrix - matrix.mean([0L], keepdim: true)), spectra.Centred, 1e-12);
    }

    [Fact]
    public void Every_number_of_features_up_to_200_agrees_with_a_double_precision_svd()
    {
        for (var features = 1; features <= 200; features++)
        {
            using var scope = NewDisposeScope();
            var (values, matrix) = Gaussian(101, features, offset: 0.3);
            var spectra = ActivationSpectra.Of(values, 101, features);
            AssertSpectrum(linalg.svdvals(matrix), spectra.Uncentred, 1e-12);
            AssertSpectrum(linalg.svdvals(matrix - matrix.mean([0L], keepdim: true)), spectra.Centred, 1e-12);
        }
    }

    [Theory]
    [InlineData(160, 64)]
    [InlineData(60, 130)]
    public void Dead_features_and_repeated_ones_leave_the_rest_as_it_is(int samples, int features)
    {
        var (values, _) = Gaussian(samples, features, offset: 0.2);
        for (var i = 0; i < samples; i++)
        {
            for (var j = 0; j < features; j++)
            {
                values[(i * features) + j] = j % 3 == 0 ? 0 : j >= features / 2 ? values[(i * features) + j - (features / 2)] : values[(i * features) + j];
            }
        }

        var matrix = tensor(values, [samples, features]).to(ScalarType.Float64);
        var spectra = ActivationSpectra.Of(values, samples, features);
        AssertSpectrum(linalg.svdvals(matrix), spectra.Uncentred, 1e-12);
        AssertSpectrum(linalg.svdvals(matrix - matrix.mean([0L], keepdim: true)), spectra.Centred, 1e-12);
    }

    [Fact]
    public void Layers_measured_together_have_the_bits_of_layers_measured_one_by_one()
    {
        (int Samples, int Features)[] shapes = [(160, 10), (160, 128), (160, 300), (160, 64), (3, 7), (1, 4), (160, 159)];
        var layers = Array.ConvertAll(shapes, shape => new LayerActivations(
            new ProbedLayer($"{shape}", LayerView.Study, 0, shape.Samples, shape.Features), Gaussian(shape.Samples, shape.Features, 0.5).Values));
        var together = ActivationSpectra.OfAll(layers);
        for (var i = 0; i < layers.Length; i++)
        {
            var alone = ActivationSpectra.Of(layers[i].Matrix.Span, shapes[i].Samples, shapes[i].Features);
            Assert.Equal(alone.Uncentred.SingularValues.ToArray(), together[i].Uncentred.SingularValues.ToArray());
            Assert.Equal(alone.Centred.SingularValues.ToArray(), together[i].Centred.SingularValues.ToArray());
        }
    }

    [Theory]
    [InlineData(160, 32)]
    [InlineData(100, 128)]
    public void A_mean_a_thousand_times_the_spread_does_not_blur_the_centred_spectrum(int samples, int features)
    {
        var (values, matrix) = Gaussian(samples, features, offset: 1000);
        var spectra = ActivationSpectra.Of(values, samples, features);
        AssertSpectrum(linalg.svdvals(matrix - matrix.mean([0L], keepdim: true)), spectra.Centred, 1e-11);
        AssertSpectrum(linalg.svdvals(matrix), spectra.Uncentred, 1e-8);
    }

    [Theory]
    [InlineData(12, 5, 3f)]
    [InlineData(5, 12, 3f)]
    [InlineData(12, 5, 0.1f)]
    [InlineData(5, 12, 0.1f)]
    [InlineData(1, 4, 0.1f)]
    [InlineData(4, 1, 0.1f)]
    [InlineData(3, 4, 0f)]
    public void Samples_that_are_all_equal_have_rank_1_uncentred_and_0_centred(int samples, int features, float value)
    {
        var row = Enumerable.Range(1, features).Select(i => value * i).ToArray();
        var spectra = ActivationSpectra.Of([.. Enumerable.Repeat(row, samples).SelectMany(same => same)], samples, features);
        Assert.Equal(Math.Min(samples, features), spectra.Uncentred.SingularValues.Length);
        Assert.Equal(Math.Sqrt(samples * row.Sum(one => (double)one * one)), spectra.Uncentred.SingularValues[0], 1e-12);
        Assert.Equal(value == 0 ? double.NaN : 1, Estimators.StableRank(spectra.Uncentred), 1e-12);
        Assert.Equal(Math.Min(samples, features), spectra.Centred.SingularValues.Length);
        Assert.Equal(0, spectra.Centred.FrobeniusSquared);
        Assert.Equal(double.NaN, Estimators.EffectiveRank(spectra.Centred));
    }

    [Fact]
    public void The_spectrum_does_not_depend_on_the_order_of_samples_or_features()
    {
        var (values, _) = Gaussian(40, 8, offset: 0.5);
        var spectra = ActivationSpectra.Of(values, 40, 8);
        var reversed = ActivationSpectra.Of(values.Reverse().ToArray(), 40, 8);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(spectra.Uncentred.SingularValues[i], reversed.Uncentred.SingularValues[i], 1e-12);
            Assert.Equal(spectra.Centred.SingularValues[i], reversed.Centred.SingularValues[i], 1e-12);
        }
    }

    [Fact]
    public void Empty_and_non_finite_matrices_give_empty_and_NaN()
    {
        Assert.True(ActivationSpectra.Of([], 0, 5).Uncentred.SingularValues.IsEmpty);
        var spectra = ActivationSpectra.Of([1, float.NaN, 2, 3, 4, 5], 3, 2);
        Assert.Equal(double.NaN, Estimators.StableRank(spectra.Uncentred));
        Assert.Equal(double.NaN, Estimators.StableRank(spectra.Centred));
        Assert.Throws<ArgumentException>(() => ActivationSpectra.Of([1, 2, 3], 2, 2));
    }

    private static (float[] Values, Tensor Matrix) Gaussian(int samples, int features, double offset)
    {
        using var generator = new Generator(7);
        var matrix = randn([samples, features], generator: generator) + offset;
        return (matrix.data<float>().ToArray(), matrix.to(ScalarType.Float64));
    }

    private static void AssertSpectrum(Tensor expected, Spectrum actual, double tolerance)
    {
        var values = expected.data<double>().ToArray();
        Assert.Equal(values.Length, actual.SingularValues.Length);
        for (var i = 0; i < values.Length; i++)
        {
            // What is zero in theory is the Gram route's rounding, the root of the unit roundoff.
            var allowed = values[i] < 1e-6 * values[0] ? 1e-7 * Math.Max(1, values[0]) : tolerance * values[0];
            Assert.InRange(actual.SingularValues[i], values[i] - allowed, values[i] + allowed);
        }
    }
}
