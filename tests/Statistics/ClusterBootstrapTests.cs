using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Statistics;

namespace Ndt.Tests.Statistics;

public sealed class ClusterBootstrapTests
{
    [Fact]
    public void The_same_seed_gives_the_same_replicates_and_the_result_says_what_made_it()
    {
        var clusters = Clusters(new MersenneTwister(1), clusters: 6, units: 3, between: 1, within: 1);
        var one = ClusterBootstrap.Draw(clusters, Mean, 200, seed: 5).Bca(0.9);
        Assert.Equal(one, ClusterBootstrap.Draw(clusters, Mean, 200, seed: 5).Bca(0.9));
        Assert.NotEqual(one, ClusterBootstrap.Draw(clusters, Mean, 200, seed: 6).Bca(0.9));
        Assert.Equal((0.9, IntervalMethod.Bca, 200, 5, 6, 18), (one.Level, one.Method, one.Replicates, one.Seed, one.Clusters, one.Units));
        Assert.InRange(one.Estimate, one.Low, one.High);
    }

    [Fact]
    public void The_standard_error_of_a_mean_is_that_of_the_cluster_means()
    {
        // Resampling K whole clusters of equal size has the exact variance Σ(m − m̄)² / K².
        var clusters = Clusters(new MersenneTwister(2), clusters: 10, units: 4, between: 1, within: 1);
        var exact = Math.Sqrt(Descriptive.PopulationVariance([.. clusters.Select(Mean)]) / 10);
        var distribution = ClusterBootstrap.Draw(clusters, Mean, 20_000, seed: 1);
        Assert.Equal(exact, distribution.StandardError, 0.02 * exact);
    }

    [Fact]
    public void Intervals_over_clusters_cover_the_truth_about_as_often_as_they_say_and_over_units_far_too_seldom()
    {
        const int Repeats = 150;
        int byCluster = 0, byUnit = 0;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var clusters = Clusters(new MersenneTwister(repeat), clusters: 25, units: 5, between: 1, within: 0.3);
            byCluster += Covers(ClusterBootstrap.Draw(clusters, Mean, 300, repeat).Bca());
            byUnit += Covers(ClusterBootstrap.DrawUnits([.. clusters.SelectMany(c => c)], Mean, 300, repeat).Bca());
        }

        Assert.InRange((double)byCluster / Repeats, 0.88, 0.99);
        Assert.InRange((double)byUnit / Repeats, 0, 0.75);

        static int Covers(ConfidenceInterval interval) => interval.Low <= 0 && 0 <= interval.High ? 1 : 0;
    }

    [Fact]
    public void The_jackknife_behind_a_BCa_interval_leaves_out_one_cluster_at_a_time()
    {
        var drawn = ClusterBootstrap.Draw((double[][])[[1], [2, 4], [30], [5, 6, 7]], Mean, 500, seed: 3);
        var byHand = With([54.0 / 6, 49.0 / 5, 25.0 / 6, 37.0 / 4]);
        Assert.Equal(byHand.Low, drawn.Bca(widened: false).Low, 1e-12);
        Assert.Equal(byHand.High, drawn.Bca(widened: false).High, 1e-12);
        Assert.NotEqual(With([1, 1, 1, 1]).High, byHand.High);

        ConfidenceInterval With(double[] jackknife) => new BootstrapDistribution(55.0 / 7, drawn.Replicates, jackknife, seed: 3, units: 7).Bca(widened: false);
    }

    [Fact]
    public void No_clusters_and_empty_ones_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ClusterBootstrap.Draw<double>([], Mean, 10, 1));
        Assert.Throws<ArgumentException>(() => ClusterBootstrap.Draw<double>([[1], []], Mean, 10, 1));
    }

    [Fact]
    public void Spread_within_clusters_knows_nothing_of_that_between_them()
    {
        Assert.Equal(Math.Sqrt(2), PooledDeviation.Of([[1, 3], [11, 13], [21, 23]]), 1e-14);
        Assert.Equal(double.NaN, PooledDeviation.Of([[1], [2]]));
    }

    private static double Mean(IReadOnlyList<double> values) => Descriptive.Mean([.. values]);

    private static double[][] Clusters(Random random, int clusters, int units, double between, double within) =>
    [
        .. Enumerable.Range(0, clusters).Select(_ =>
        {
            var mean = between * Normal.Sample(random, 0, 1);
            return Enumerable.Range(0, units).Select(_ => mean + (within * Normal.Sample(random, 0, 1))).ToArray();
        }),
    ];
}
