using MathNet.Numerics.Random;
using Ndt.Statistics;

namespace Ndt.Tests.Statistics;

public sealed class KMeansTests
{
    [Fact]
    public void Three_separate_groups_are_found_whatever_the_seed()
    {
        double[] centres = [0, 0, 10, 0, 0, 10];
        int[] sizes = [50, 30, 7];
        var random = new MersenneTwister(1);
        var points = sizes.SelectMany((size, group) => Enumerable.Range(0, size).SelectMany(_ =>
            (double[])[centres[2 * group] + random.NextDouble(), centres[(2 * group) + 1] + random.NextDouble()])).ToArray();
        for (var seed = 0; seed < 10; seed++)
        {
            var clustering = KMeans.Cluster(points, 2, 3, seed);
            Assert.Equal(sizes, clustering.Sizes);
            Assert.Equal([.. Enumerable.Repeat(0, 50), .. Enumerable.Repeat(1, 30), .. Enumerable.Repeat(2, 7)], clustering.Labels);
            Assert.Equal(10.5, clustering.Centres[2], 0.2);
        }
    }

    [Fact]
    public void Each_further_start_is_drawn_far_from_the_others_so_that_one_try_finds_groups_far_apart()
    {
        // Of eight groups, eight starts drawn alike would find each once in 1 of 400 tries.
        var random = new MersenneTwister(2);
        var points = Enumerable.Range(0, 8).SelectMany(group => Enumerable.Range(0, 20).Select(_ => (1000.0 * group) + random.NextDouble())).ToArray();
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.All(KMeans.Cluster(points, 1, 8, seed, restarts: 1).Sizes, size => Assert.Equal(20, size));
        }
    }

    [Fact]
    public void Of_several_tries_the_best_is_kept()
    {
        var random = new MersenneTwister(3);
        var points = Enumerable.Range(0, 200).Select(_ => random.NextDouble()).ToArray();
        double[] tries = [.. Enumerable.Range(1, 30).Select(restarts => KMeans.Cluster(points, 2, 9, seed: 4, restarts).Inertia)];
        Assert.Equal(tries.OrderDescending(), tries);
        Assert.True(tries[^1] < tries[0]);
    }

    [Fact]
    public void As_many_clusters_as_points_leave_no_distance() =>
        Assert.Equal(0, KMeans.Cluster([1, 2, 4, 8], 1, 4, seed: 3).Inertia);

    [Fact]
    public void Equal_points_still_make_whole_clusters()
    {
        var clustering = KMeans.Cluster([5, 5, 5, 5, 5], 1, 2, seed: 3);
        Assert.Equal(5, clustering.Sizes.Sum());
        Assert.Equal(0, clustering.Inertia);
    }

    [Fact]
    public void Too_few_points_broken_rows_and_NaN_are_refused()
    {
        Assert.Throws<ArgumentException>(() => KMeans.Cluster([1, 2], 1, 3, seed: 0));
        Assert.Throws<ArgumentException>(() => KMeans.Cluster([1, 2, 3], 2, 1, seed: 0));
        Assert.Throws<ArgumentException>(() => KMeans.Cluster([1, double.NaN], 1, 1, seed: 0));
    }

    [Fact]
    public void Standard_columns_have_mean_0_and_deviation_1_and_constant_ones_are_0()
    {
        var standard = Standardisation.OfColumns([1, 7, 2, 7, 3, 7], 2);
        Assert.Equal([-Math.Sqrt(1.5), 0, 0, 0, Math.Sqrt(1.5), 0], standard.Select(value => Math.Round(value, 12)), (a, b) => Math.Abs(a - b) < 1e-11);
    }
}
