using Ndt.Statistics;

namespace Ndt.Tests.Statistics;

public sealed class BootstrapDistributionTests
{
    [Fact]
    public void Percentile_and_BCa_intervals_equal_SciPys_on_its_own_replicates()
    {
        foreach (var expected in ResamplingFixture.Bootstraps)
        {
            var distribution = new BootstrapDistribution(
                expected.Double("estimate"), expected.Doubles("replicates"), expected.Doubles("jackknife"), seed: 0, units: 0);
            AssertInterval(expected.Doubles("percentile"), distribution.Percentile(expected.Double("level")), 1e-13);

            // The inverse normal is the one place where two libraries differ in the last digits.
            AssertInterval(expected.Doubles("bca"), distribution.Bca(expected.Double("level"), widened: false), 1e-9);
        }
    }

    [Fact]
    public void Replicates_without_bias_and_skewness_have_the_same_interval_either_way()
    {
        var replicates = Enumerable.Range(-500, 1001).Select(i => (double)i).ToArray();
        var distribution = new BootstrapDistribution(0, replicates, [-1, 0, 1], seed: 0, units: 3);
        Assert.Equal(distribution.Percentile().Low, distribution.Bca(widened: false).Low, 1e-9);
        Assert.Equal(distribution.Percentile().High, distribution.Bca(widened: false).High, 1e-9);
    }

    [Theory]
    [InlineData(6, 0.0024318)]
    [InlineData(14, 0.0124833)]
    [InlineData(41, 0.0203692)]
    public void With_few_clusters_the_levels_move_outwards_as_Hesterbergs_do(int clusters, double tail)
    {
        // SciPy 1.10.1: norm.cdf(sqrt(n / (n - 1)) * t.ppf(0.025, n - 1)).
        var replicates = Enumerable.Range(-500_000, 1_000_001).Select(i => (double)i).ToArray();
        var jackknife = Enumerable.Range(0, clusters).Select(i => i - ((clusters - 1) / 2.0)).ToArray();
        var widened = new BootstrapDistribution(0, replicates, jackknife, seed: 0, units: clusters).Bca();
        Assert.Equal(tail, (widened.Low + 500_000) / 1_000_000, 1e-6);
        Assert.Equal(1 - tail, (widened.High + 500_000) / 1_000_000, 1e-6);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(11)]
    public void Widened_intervals_over_few_of_our_own_cells_hold_the_truth_more_often_than_plain_ones(int cells)
    {
        const int Trials = 600;
        var all = EarlyEventsByCell;
        var truth = Ndt.Analysis.Quotient.Pooled(all);
        var random = new MathNet.Numerics.Random.MersenneTwister(cells);
        int plain = 0, widened = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var drawn = Enumerable.Range(0, cells).Select(_ => all[random.Next(all.Length)]).ToArray();
            var distribution = ClusterBootstrap.DrawUnits(drawn, Ndt.Analysis.Quotient.Pooled, 500, trial);
            plain += Holds(distribution.Bca(widened: false));
            widened += Holds(distribution.Bca());
        }

        // NumPy, 2,000 trials: 85.2 and 92.6 % of 6 cells, 90.0 and 93.4 % of 11.
        Assert.InRange((double)plain / Trials, 0.82, 0.925);
        Assert.InRange((double)widened / Trials, 0.905, 0.965);
        Assert.True(widened - plain > 0.015 * Trials);

        int Holds(ConfidenceInterval interval) => interval.Low <= truth && truth <= interval.High ? 1 : 0;
    }

    [Fact]
    public void Replicates_that_are_all_the_estimate_give_an_interval_without_width()
    {
        var distribution = new BootstrapDistribution(5, [5, 5, 5], [5, 5], seed: 0, units: 2);
        Assert.Equal((5, 5), (distribution.Bca().Low, distribution.Bca().High));
    }

    [Fact]
    public void Jackknife_values_that_are_all_the_same_have_no_acceleration_whatever_their_mean_rounds_to()
    {
        double[] replicates = [.. Enumerable.Range(-500, 1001).Select(i => (double)i)];
        var same = Enumerable.Repeat(0.1, 3).ToArray();
        Assert.NotEqual(0.1, Descriptive.Mean(same)); // or the case tells nothing
        var distribution = new BootstrapDistribution(0, replicates, same, seed: 0, units: 3);
        Assert.Equal(distribution.Percentile().Low, distribution.Bca(widened: false).Low, 1e-9);
        Assert.Equal(distribution.Percentile().High, distribution.Bca(widened: false).High, 1e-9);
        Assert.Equal(double.NaN, new BootstrapDistribution(0, replicates, [double.NaN, double.NaN], seed: 0, units: 2).Bca(widened: false).Low);
    }

    [Fact]
    public void No_BCa_interval_exists_where_all_replicates_lie_on_one_side_or_one_is_NaN_or_one_cluster_is_all()
    {
        Assert.Equal(double.NaN, new BootstrapDistribution(9, [1, 2, 3], [1, 2], seed: 0, units: 2).Bca().High);
        Assert.Equal(double.NaN, new BootstrapDistribution(2, [1, double.NaN, 3], [1, 2], seed: 0, units: 2).Bca().Low);
        Assert.Equal(double.NaN, new BootstrapDistribution(2, [1, double.NaN, 3], [1, 2], seed: 0, units: 2).Percentile().Low);
        Assert.Equal(double.NaN, new BootstrapDistribution(2, [1, 2, 3], [], seed: 0, units: 1).Bca().Low);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    public void A_level_outside_0_to_1_is_refused(double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BootstrapDistribution(2, [1, 2, 3], [1, 2], seed: 0, units: 2).Bca(level));

    /// <summary>Events of the stable rank before 10 % of training and all, summed over the five seeds of each of our 41 cells (tests/fixtures/cells.csv).</summary>
    private static Ndt.Analysis.Quotient[] EarlyEventsByCell =>
    [
        .. File.ReadLines(RepositoryPaths.Fixture("cells.csv")).Skip(1).Select(line => line.Split(',')).Select(parts => new Ndt.Analysis.Quotient(
            double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), double.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture))),
    ];

    private static void AssertInterval(double[] expected, ConfidenceInterval actual, double tolerance)
    {
        Assert.Equal(expected[0], actual.Low, tolerance);
        Assert.Equal(expected[1], actual.High, tolerance);
    }
}
