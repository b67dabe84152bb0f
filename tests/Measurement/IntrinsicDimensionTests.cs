using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Measurement;

namespace Ndt.Tests.Measurement;

/// <summary>Estimators of intrinsic dimension on manifolds whose dimension is known in closed form (several of the benchmark set of Campadelli et al. 2015, as scikit-dimension has it).</summary>
public sealed class IntrinsicDimensionTests
{
    private const int Points = 1000;

    public static TheoryData<string, int> Manifolds => new() { { "sphere", 4 }, { "linear", 3 }, { "helix", 1 }, { "swiss roll", 2 }, { "Moebius", 2 }, { "torus", 2 } };

    [Theory]
    [MemberData(nameof(Manifolds))]
    public void All_three_estimators_find_the_dimension_of_a_manifold(string name, int dimension)
    {
        var (cloud, features) = Make(name, seed: 5);
        Assert.Equal(dimension, TwoNearestNeighbours.Of(cloud, Points, features).Dimension, 0.15 * dimension);
        var likelihood = MaximumLikelihoodDimension.Of(cloud, Points, features);
        Assert.Equal((15, Points), (likelihood.Neighbours, likelihood.Points));
        Assert.Equal(dimension, likelihood.Dimension, 0.15 * dimension);
        Assert.Equal(dimension, likelihood.LevinaBickel, 0.2 * dimension);
        Assert.True(likelihood.LevinaBickel > likelihood.Dimension);
        Assert.Equal(dimension, LocalPrincipalComponents.Of(cloud, Points, features, neighbours: 30).Dimension, 0.15 * dimension);
    }

    [Fact]
    public void Likelihood_follows_its_formula()
    {
        // 0, 1, 3, 7 on a line with k = 2: T = (1, 3), (1, 2), (2, 3), (4, 6).
        double[] inverse = [Math.Log(3), Math.Log(2), Math.Log(1.5), Math.Log(1.5)];
        var estimate = MaximumLikelihoodDimension.Of((double[])[0, 1, 3, 7], 4, 1, neighbours: 2);
        Assert.Equal(1 / inverse.Average(), estimate.Dimension, 1e-12);
        Assert.Equal(inverse.Average(one => 1 / one), estimate.LevinaBickel, 1e-12);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(1)]
    public void Points_that_are_there_twice_count_once(double share)
    {
        var (cloud, features) = Make("linear", seed: 2);
        var twice = cloud.Concat(cloud.Take((int)(share * Points) * features)).ToArray();
        var samples = twice.Length / features;
        Assert.Equal(TwoNearestNeighbours.Of(cloud, Points, features), TwoNearestNeighbours.Of(twice, samples, features));
        Assert.Equal(MaximumLikelihoodDimension.Of(cloud, Points, features), MaximumLikelihoodDimension.Of(twice, samples, features));
        Assert.Equal(LocalPrincipalComponents.Of(cloud, Points, features), LocalPrincipalComponents.Of(twice, samples, features));
    }

    [Theory]
    [InlineData(1e-170)]
    [InlineData(1e150)]
    public void Scale_does_not_matter(double scale)
    {
        var (cloud, features) = Make("helix", seed: 3);
        var scaled = Array.ConvertAll(cloud, value => value * scale);
        Assert.Equal(TwoNearestNeighbours.Of(cloud, Points, features).Dimension, TwoNearestNeighbours.Of(scaled, Points, features).Dimension, 1e-6);
        Assert.Equal(MaximumLikelihoodDimension.Of(cloud, Points, features).Dimension, MaximumLikelihoodDimension.Of(scaled, Points, features).Dimension, 1e-6);
        Assert.Equal(LocalPrincipalComponents.Of(cloud, Points, features).Dimension, LocalPrincipalComponents.Of(scaled, Points, features).Dimension, 1e-6);
    }

    [Fact]
    public void Nothing_to_tell_is_NaN()
    {
        foreach (var (matrix, samples, features) in new[] { (new double[20], 10, 2), (Array.Empty<double>(), 0, 3), ([1.0, double.NaN, 2, 3], 4, 1), ([1.0, double.PositiveInfinity, 2, 3], 4, 1), (Array.Empty<double>(), 3, 0) })
        {
            Assert.Equal(double.NaN, TwoNearestNeighbours.Of(matrix, samples, features).Dimension);
            Assert.Equal(double.NaN, MaximumLikelihoodDimension.Of(matrix, samples, features).Dimension);
            Assert.Equal(double.NaN, LocalPrincipalComponents.Of(matrix, samples, features).Dimension);
        }

        Assert.Throws<ArgumentException>(() => MaximumLikelihoodDimension.Of([1.0, 2, 3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MaximumLikelihoodDimension.Of([1.0, 2, 3], 3, 1, neighbours: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LocalPrincipalComponents.Of([1.0, 2, 3], 3, 1, share: 1));
    }

    private static (double[] Cloud, int Features) Make(string name, int seed)
    {
        var random = new MersenneTwister(seed);
        double Uniform() => random.NextDouble();
        Func<double[]> point = name switch
        {
            "sphere" => () =>
            {
                var x = Enumerable.Range(0, 5).Select(_ => Normal.Sample(random, 0, 1)).ToArray();
                var norm = Math.Sqrt(x.Sum(value => value * value));
                return Array.ConvertAll(x, value => value / norm);
            }
            ,
            "linear" => () =>
            {
                var (a, b, c) = (Uniform(), Uniform(), Uniform());
                return [a + b, b - c, a + (2 * c), 3 * a, b];
            }
            ,
            "helix" => () =>
            {
                var t = 4 * Math.PI * Uniform();
                return [Math.Cos(t), Math.Sin(t), t];
            }
            ,
            "swiss roll" => () =>
            {
                var t = 1.5 * Math.PI * (1 + (2 * Math.Sqrt(Uniform())));
                return [t * Math.Cos(t), 21 * Uniform(), t * Math.Sin(t)];
            }
            ,
            "Moebius" => () =>
            {
                var (phi, r) = (2 * Math.PI * Uniform(), (2 * Uniform()) - 1);
                var width = 1 + (0.5 * r * Math.Cos(0.5 * phi));
                return [width * Math.Cos(phi), width * Math.Sin(phi), 0.5 * r * Math.Sin(0.5 * phi)];
            }
            ,
            _ => () =>
            {
                var (u, v) = (2 * Math.PI * Uniform(), 2 * Math.PI * Uniform());
                return [Math.Cos(u), Math.Sin(u), Math.Cos(v), Math.Sin(v)];
            }
            ,
        };
        var points = Enumerable.Range(0, Points).Select(_ => point()).ToArray();
        return (points.SelectMany(x => x).ToArray(), points[0].Length);
    }
}
