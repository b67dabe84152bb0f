using System.Text.Json;
using Ndt.Measurement;
using static TorchSharp.torch;

namespace Ndt.Tests.Measurement;

public sealed class ClassGeometryTests
{
    public sealed record Expected(int Samples, int Features, int Classes, double Spread, double Nc1, double Nearest, double Alpha);

    private static readonly JsonSerializerOptions Lower = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static TheoryData<Expected> Cases => [.. JsonSerializer.Deserialize<Expected[]>(File.ReadAllBytes(RepositoryPaths.Fixture("class_geometry.json")), Lower)!];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Figures_are_NumPys_from_the_covariances_themselves(Expected expected)
    {
        var (matrix, labels) = Matrix(expected);
        var actual = ClassGeometry.Of(matrix, expected.Samples, expected.Features, labels);
        Assert.Equal(expected.Nc1, actual.Nc1, 1e-9 * expected.Nc1);
        Assert.Equal(expected.Nearest, actual.NearestClassMeanAccuracy, 1e-12);
        Assert.Equal(expected.Alpha, Estimators.AlphaReq(ActivationSpectra.Of(matrix, expected.Samples, expected.Features).Centred), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tensor_operations_give_the_same(Expected expected)
    {
        var (matrix, labels) = Matrix(expected);
        var classes = ProbeClasses.Of(labels);
        var (products, norms) = ClassMoments.Of(tensor(matrix, [expected.Samples, expected.Features]).to(ScalarType.Float64), classes);
        var actual = ClassGeometry.Of(new ClassMoments(products.data<double>().ToArray(), norms.data<double>().ToArray()), classes);
        Assert.Equal(expected.Nc1, actual.Nc1, 1e-9 * expected.Nc1);
        Assert.Equal(expected.Nearest, actual.NearestClassMeanAccuracy, 1e-12);
    }

    [Fact]
    public void Two_classes_on_a_line_have_their_closed_form()
    {
        // Means −2 and 2, scatter within 1 and between 4: NC1 = 1/4/2. Without itself the mean of a class of two is the other sample, at 2; the other class's mean is at 3 or 5.
        var geometry = ClassGeometry.Of([-3, -1, 1, 3], 4, 1, [7, 7, -1, -1]);
        Assert.Equal(0.125, geometry.Nc1, 1e-15);
        Assert.Equal(1, geometry.NearestClassMeanAccuracy);
    }

    [Fact]
    public void Classes_that_have_collapsed_to_their_means_have_NC1_0()
    {
        var geometry = ClassGeometry.Of([1, 0, 1, 0, 0, 1, 0, 1], 4, 2, [0, 0, 1, 1]);
        Assert.Equal(0, geometry.Nc1, 1e-15);
        Assert.Equal(1, geometry.NearestClassMeanAccuracy);
    }

    [Fact]
    public void Labels_without_relation_to_the_samples_are_named_at_about_chance()
    {
        var random = new Random(3);
        var labels = Enumerable.Range(0, 4000).Select(i => (long)(i % 10)).ToArray();
        var matrix = Enumerable.Range(0, 4000 * 20).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        Assert.Equal(0.1, ClassGeometry.Of(matrix, 4000, 20, labels).NearestClassMeanAccuracy, 0.02);
    }

    [Fact]
    public void Without_two_classes_or_any_difference_there_is_nothing_to_say()
    {
        Assert.Equal((double.NaN, double.NaN), Both(ClassGeometry.Of([1, 2, 3], 3, 1, [4, 4, 4])));
        Assert.Equal((double.NaN, double.NaN), Both(ClassGeometry.Of([0.1f, 0.1f, 0.1f], 3, 1, [1, 2, 2])));
        Assert.Equal((double.NaN, double.NaN), Both(ClassGeometry.Of([1, float.NaN, 3], 3, 1, [1, 2, 2])));
        Assert.Equal((double.NaN, double.NaN), Both(ClassGeometry.Of([], 0, 5, [])));
        Assert.Throws<ArgumentException>(() => ClassGeometry.Of([1, 2], 2, 1, [1]));

        // Class means that agree, and samples that do not.
        Assert.True(double.IsNaN(ClassGeometry.Of([-1, 1, -1, 1], 4, 1, [0, 0, 1, 1]).Nc1));
    }

    [Fact]
    public void A_sample_alone_in_its_class_counts_as_wrong() =>
        Assert.Equal(2.0 / 3, ClassGeometry.Of([0, 1, 9], 3, 1, [0, 0, 1]).NearestClassMeanAccuracy, 1e-15);

    [Fact]
    public void A_mean_far_from_zero_takes_no_digits()
    {
        var near = ClassGeometry.Of([-3, -1, 1, 3], 4, 1, [0, 0, 1, 1]);
        var far = ClassGeometry.Of([4194301, 4194303, 4194305, 4194307], 4, 1, [0, 0, 1, 1]);
        Assert.Equal(near.Nc1, far.Nc1, 1e-12);
    }

    [Fact]
    public void A_network_in_double_precision_is_measured_past_what_single_holds()
    {
        double[] values = [1e9 - 3, 1e9 - 1, 1e9 + 1, 1e9 + 3];
        var activations = new LayerActivations(new ProbedLayer("fc", LayerView.Study, 0, 4, 1), Array.ConvertAll(values, value => (float)value)) { Doubles = values };
        var classes = ProbeClasses.Of([0, 0, 1, 1]);
        Assert.Equal(0.125, ClassGeometry.Of(ClassMoments.Of(activations, classes), classes).Nc1, 1e-12);
    }

    private static (double Nc1, double Nearest) Both(ClassGeometry geometry) => (geometry.Nc1, geometry.NearestClassMeanAccuracy);

    // As make_class_geometry.py has it.
    private static (float[] Matrix, long[] Labels) Matrix(Expected of)
    {
        var labels = Enumerable.Range(0, of.Samples).Select(i => (long)(((i * 5) + (i / 3)) % of.Classes)).ToArray();
        var matrix = new float[of.Samples * of.Features];
        for (var i = 0; i < of.Samples; i++)
        {
            for (var j = 0; j < of.Features; j++)
            {
                var noise = (((i * 7919) + (j * 104729) + (i * j * 31) + (i * i * 17)) % 1009 / 1009.0) - 0.5;
                matrix[(i * of.Features) + j] = (float)((of.Spread * noise) + (labels[i] * (j + 3) % 7 / 7.0) + 3.0);
            }
        }

        return (matrix, labels);
    }
}
