using Ndt.Measurement;

namespace Ndt.Tests.Measurement;

public sealed class BenchmarkManifoldTests
{
    private const int Points = 1000;

    [Theory]
    [InlineData("M1", 10)]
    [InlineData("M3", 4)]
    [InlineData("M4", 4)]
    [InlineData("M6", 6)]
    public void Up_to_ten_dimensions_the_estimators_by_distances_are_right_within_a_fifth(string name, int dimension)
    {
        var (cloud, features) = BenchmarkManifolds.Make(name, Points, seed: 7);
        Assert.Equal(dimension, TwoNearestNeighbours.Of(cloud, Points, features).Dimension, 0.2 * dimension);
        Assert.Equal(dimension, MaximumLikelihoodDimension.Of(cloud, Points, features).Dimension, 0.2 * dimension);
        Assert.Equal(dimension, Gride.Of(cloud, Points, features, near: 1).Dimension, 0.2 * dimension);
        Assert.Equal(dimension, Gride.Of(cloud, Points, features, near: 4).Dimension, 0.2 * dimension);
    }

    [Theory]
    [InlineData("M9", 20)]
    [InlineData("M10a", 10)]
    [InlineData("M10b", 17)]
    [InlineData("M12", 20)]
    public void Of_many_dimensions_they_see_too_few_and_farther_neighbours_see_fewer(string name, int dimension)
    {
        var (cloud, features) = BenchmarkManifolds.Make(name, Points, seed: 7);
        double[] byScale = [.. new[] { 1, 4, 16 }.Select(near => Gride.Of(cloud, Points, features, near).Dimension)];
        Assert.InRange(byScale[0], 0.6 * dimension, dimension);
        Assert.True(byScale[0] > byScale[1] && byScale[1] > byScale[2], string.Join(", ", byScale));
        Assert.InRange(TwoNearestNeighbours.Of(cloud, Points, features).Dimension, 0.6 * dimension, dimension);
        Assert.InRange(MaximumLikelihoodDimension.Of(cloud, Points, features).Dimension, 0.6 * dimension, dimension);
    }

    [Fact]
    public void A_strongly_bent_manifold_looks_as_if_it_had_more()
    {
        // M8 has 12 dimensions in 72; a thousand points are too few to see that it is bent and not thick.
        var (cloud, features) = BenchmarkManifolds.Make("M8", Points, seed: 7);
        Assert.InRange(TwoNearestNeighbours.Of(cloud, Points, features).Dimension, 12, 16);
        Assert.InRange(MaximumLikelihoodDimension.Of(cloud, Points, features).Dimension, 12, 16);
    }
}
