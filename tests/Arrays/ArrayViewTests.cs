using Ndt.Arrays;
using Ndt.Measurement;

namespace Ndt.Tests.Arrays;

public sealed class ArrayViewTests
{
    private static readonly NamedArray Tokens = new("x", [1, 2, 3], [1, 2, 3, 5, 6, 7]);

    [Theory]
    [InlineData(LayerView.Study, 2, new double[] { 2, 6 })]
    [InlineData(LayerView.TokenMean, 3, new double[] { 3, 4, 5 })]
    [InlineData(ArrayView.Flatten, 6, new double[] { 1, 2, 3, 5, 6, 7 })]
    public void Three_dimensions_become_two_by_the_view(string view, int features, double[] values)
    {
        var matrix = ArrayView.Of(Tokens, view);
        Assert.Equal((1, features), (matrix.Samples, matrix.Features));
        Assert.Equal(values, matrix.Values);
    }

    [Fact]
    public void Channels_last_maps_give_channels_by_token_mean()
    {
        var matrix = ArrayView.Of(new NamedArray("x", [2, 1, 2, 2], [1, 10, 3, 30, 5, 50, 7, 70]), LayerView.TokenMean);
        Assert.Equal([2.0, 20, 6, 60], matrix.Values);
    }

    [Fact]
    public void One_dimension_is_one_feature_and_two_stay()
    {
        Assert.Equal((3, 1), (ArrayView.Of(new NamedArray("x", [3], [1, 2, 3]), LayerView.Study).Samples, ArrayView.Of(new NamedArray("x", [3], [1, 2, 3]), LayerView.Study).Features));
        Assert.Equal(2, ArrayView.Of(new NamedArray("x", [1, 2], [1, 2]), LayerView.TokenMean).Features);
    }

    [Fact]
    public void Scalars_and_empty_arrays_are_refused_by_name()
    {
        Assert.Contains("'loss' is a single number", Assert.Throws<InputException>(() => ArrayView.Of(new NamedArray("loss", [], [1]), LayerView.Study)).Message, StringComparison.Ordinal);
        Assert.Contains("[0, 4]", Assert.Throws<InputException>(() => ArrayView.Of(new NamedArray("e", [0, 4], []), LayerView.Study)).Message, StringComparison.Ordinal);
    }
}
