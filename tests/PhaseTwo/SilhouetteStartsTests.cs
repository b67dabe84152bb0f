using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.PhaseTwo;
using Ndt.Similarity;

namespace Ndt.Tests.PhaseTwo;

public sealed class SilhouetteStartsTests
{
    [Fact]
    public void Coordinates_of_the_span_keep_every_distance()
    {
        var points = Gaussian(12, 40);
        var few = SilhouetteStarts.InTheirSpan(points);
        Assert.Equal((12, 12), (few.Rows, few.Columns));
        Assert.All(Dissimilarities.Pairs(points, Dissimilarity.Euclidean).Zip(Dissimilarities.Pairs(few, Dissimilarity.Euclidean)), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    [Fact]
    public void Groups_far_apart_have_one_silhouette_whatever_the_start_and_noise_has_many()
    {
        var groups = new Matrix(20, 2, Enumerable.Range(0, 20).SelectMany(i => new[] { 1000.0 * (i / 2), 0.001 * (i % 2) }).ToArray());
        var sure = SilhouetteStarts.Of(groups, starts: 20);
        Assert.Equal(10, sure.Clusters);
        Assert.Equal(sure.Values[0], sure.Values[^1], 1e-9);
        Assert.True(sure.Median > 0.99);
        var noise = SilhouetteStarts.Of(Gaussian(40, 5), starts: 20);
        Assert.True(noise.Values[^1] - noise.Values[0] > 0.005);
        Assert.Equal(noise.Values.Order(), noise.Values);
    }

    [Fact]
    public void A_numbers_place_is_the_share_of_starts_below_it()
    {
        var starts = new SilhouetteStarts(2, [0.1, 0.2, 0.3, 0.4]);
        Assert.Equal(0.5, starts.PlaceOf(0.25));
        Assert.Equal(0.375, starts.PlaceOf(0.2));
        Assert.True(starts.Reaches(0.4004));
        Assert.False(starts.Reaches(0.41));
    }

    private static Matrix Gaussian(int rows, int columns)
    {
        var values = new double[rows * columns];
        Normal.Samples(new MersenneTwister(1), values, 0, 1);
        return new Matrix(rows, columns, values);
    }
}
