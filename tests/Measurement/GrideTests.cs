using System.Text.Json;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Measurement;

namespace Ndt.Tests.Measurement;

public sealed class GrideTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void It_is_the_maximum_that_SciPy_finds_of_the_published_likelihood(int near)
    {
        using var fixture = JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.Fixture("intrinsic_dimension.json")));
        double[] points = [.. fixture.RootElement.GetProperty("points").EnumerateArray().Select(value => value.GetDouble())];
        var expected = fixture.RootElement.GetProperty("gride").GetProperty($"{near}");
        var estimate = Gride.Of(points, 30, 5, near);
        Assert.Equal(30, estimate.Points);
        Assert.Equal(expected.GetProperty("dimension").GetDouble(), estimate.Dimension, 1e-6);
        Assert.Equal(expected.GetProperty("standard_error").GetDouble(), estimate.StandardError, 1e-5);
    }

    [Fact]
    public void With_the_two_nearest_neighbours_it_has_a_closed_form()
    {
        // 0, 1, 3, 7 on a line: ratios 3, 2, 1.5, 1.5; d is the inverse of the mean of their logarithms, its standard error d/√N.
        var estimate = Gride.Of((double[])[0, 1, 3, 7], 4, 1);
        var expected = 4 / (Math.Log(3) + Math.Log(2) + (2 * Math.Log(1.5)));
        Assert.Equal(expected, estimate.Dimension, 1e-12);
        Assert.Equal(expected / 2, estimate.StandardError, 1e-12);
    }

    [Fact]
    public void Noise_shows_at_the_smallest_scale_and_the_sheet_at_larger_ones()
    {
        const int Points = 2000;
        var random = new MersenneTwister(3);
        double[] sheet = [.. Enumerable.Range(0, Points).SelectMany(_ => (double[])[random.NextDouble(), random.NextDouble(), Normal.Sample(random, 0, 0.01), Normal.Sample(random, 0, 0.01)])];
        Assert.InRange(Gride.Of(sheet, Points, 4, near: 1).Dimension, 2.4, 4);
        Assert.InRange(Gride.Of(sheet, Points, 4, near: 64).Dimension, 1.8, 2.15);
    }

    [Theory]
    [InlineData(1e-170)]
    [InlineData(1e150)]
    public void Scale_and_points_that_are_there_twice_do_not_matter(double scale)
    {
        var (cloud, features) = BenchmarkManifolds.Make("M3", 200, seed: 1);
        double[] twice = [.. cloud, .. cloud];
        Assert.Equal(Gride.Of(cloud, 200, features, near: 2).Dimension, Gride.Of(Array.ConvertAll(twice, value => value * scale), 400, features, near: 2).Dimension, 1e-6);
    }

    [Fact]
    public void Nothing_to_tell_is_NaN()
    {
        Assert.Equal(double.NaN, Gride.Of(new double[20], 10, 2).Dimension);
        Assert.Equal(double.NaN, Gride.Of((double[])[1, double.NaN, 2, 3], 4, 1).Dimension);
        Assert.Equal(double.NaN, Gride.Of((double[])[], 0, 3).Dimension);
        Assert.Equal(double.NaN, Gride.Of((double[])[0, 1, 3, 7], 4, 1, near: 2).Dimension);
        Assert.Throws<ArgumentOutOfRangeException>(() => Gride.Of((double[])[0, 1, 3, 7], 4, 1, near: 0));
    }
}
