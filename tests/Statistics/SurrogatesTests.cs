using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Statistics;

namespace Ndt.Tests.Statistics;

public sealed class SurrogatesTests
{
    [Theory]
    [InlineData(399)]
    [InlineData(400)]
    [InlineData(2)]
    [InlineData(1)]
    public void A_Fourier_surrogate_keeps_mean_and_circular_autocorrelation_and_nothing_else(int length)
    {
        var series = Series(length, 1);
        var surrogate = new FourierSurrogate(series).Draw(new MersenneTwister(2));
        Assert.Equal(Descriptive.Mean(series), Descriptive.Mean(surrogate), 1e-12);
        for (var lag = 0; lag < Math.Min(20, length); lag++)
        {
            Assert.Equal(CircularProduct(series, series, lag), CircularProduct(surrogate, surrogate, lag), 1e-9);
        }

        if (length > 2)
        {
            Assert.True(CircularProduct(series, surrogate, 0) < 0.5 * CircularProduct(series, series, 0));
        }
    }

    [Fact]
    public void Surrogates_of_two_series_with_common_phases_keep_their_cross_correlation()
    {
        var a = Series(399, 1);
        double[] b = [.. Series(399, 2).Zip(a, (x, y) => x + y)];
        var phases = new double[FourierSurrogate.PhaseCount(399)];
        FourierSurrogate.DrawPhases(phases, new MersenneTwister(3));
        double[] surrogateA = new double[399], surrogateB = new double[399];
        new FourierSurrogate(a).Draw(phases, surrogateA);
        new FourierSurrogate(b).Draw(phases, surrogateB);
        for (var lag = 0; lag < 5; lag++)
        {
            Assert.Equal(CircularProduct(a, b, lag), CircularProduct(surrogateA, surrogateB, lag), 1e-9);
        }
    }

    [Fact]
    public void Nothing_has_an_empty_surrogate() => Assert.Empty(new FourierSurrogate([]).Draw(new MersenneTwister(1)));

    [Fact]
    public void A_shuffle_is_a_permutation_and_each_place_is_equally_likely()
    {
        var random = new MersenneTwister(1);
        var counts = new int[4, 4];
        var order = new int[4];
        for (var draw = 0; draw < 4000; draw++)
        {
            Permutations.Shuffle(order, random);
            Assert.Equal([0, 1, 2, 3], order.Order());
            for (var place = 0; place < 4; place++)
            {
                counts[place, order[place]]++;
            }
        }

        foreach (var count in counts)
        {
            Assert.InRange(count, 880, 1120); // 1000 ± 4.4 standard deviations
        }
    }

    [Fact]
    public void A_shuffle_within_blocks_leaves_every_value_in_its_block()
    {
        var order = new int[399];
        Permutations.ShuffleWithinBlocks(order, 10, new MersenneTwister(1));
        Assert.Equal(Enumerable.Range(0, 399), order.Order());
        Assert.All(order.Select((from, to) => (from, to)), pair => Assert.Equal(BlockOf(pair.to), BlockOf(pair.from)));
        Assert.NotEqual(Enumerable.Range(0, 399), order);

        static int BlockOf(int place) => Enumerable.Range(0, 10).Last(block => block * 399 / 10 <= place);
    }

    [Fact]
    public void A_rotation_moves_what_falls_off_the_end_to_the_start()
    {
        var order = new int[4];
        var target = new double[4];
        Permutations.Rotate(order, 1);
        Permutations.Apply(order, [10, 20, 30, 40], target);
        Assert.Equal([40, 10, 20, 30], target);
        Permutations.Rotate(order, -5);
        Permutations.Apply(order, [10, 20, 30, 40], target);
        Assert.Equal([20, 30, 40, 10], target);
    }

    [Fact]
    public void The_envelope_is_the_local_spread_about_the_mean_of_all()
    {
        // Mean 0; squares 4, 4, 4, 4, 0, 0.
        var envelope = VarianceEnvelope.Of([2, -2, 2, -2, 0, 0], reach: 1);
        Assert.Equal([2, 2, 2, Math.Sqrt(8.0 / 3), Math.Sqrt(4.0 / 3), 0], envelope);
    }

    [Theory]
    [InlineData(SpreadEstimator.MeanSquare)]
    [InlineData(SpreadEstimator.Median)]
    public void The_envelope_of_a_series_with_NaN_is_NaN_throughout(SpreadEstimator estimator) =>
        Assert.All(VarianceEnvelope.Of([1, 2, 3, 4, 5, double.NaN], reach: 1, estimator), spread => Assert.Equal(double.NaN, spread));

    [Fact]
    public void The_median_deviation_of_normal_values_is_their_standard_deviation()
    {
        double[] quantiles = [.. Enumerable.Range(1, 9999).Select(i => Normal.InvCDF(3, 2, i / 10000.0))];
        Assert.Equal(2, RobustScale.MedianAbsoluteDeviation(quantiles), 1e-3);
        Assert.Equal(0, RobustScale.MedianAbsoluteDeviation([1, 1, 1, 9]));
        Assert.Equal(double.NaN, RobustScale.MedianAbsoluteDeviation([]));
    }

    [Fact]
    public void Derived_seeds_differ_and_are_SplitMix64s()
    {
        var seeds = Enumerable.Range(0, 100).SelectMany(seed => Enumerable.Range(0, 100).Select(part => DerivedSeed.Of(seed, part))).ToArray();
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        // The first output of SplitMix64 from state 0 is 0xE220A8397B1DCDAF; of it the lower half.
        Assert.Equal(0x7B1DCDAF, DerivedSeed.Of(0, 0));
    }

    private static double[] Series(int length, int seed)
    {
        var values = new double[length];
        Normal.Samples(new MersenneTwister(seed), values, 1, 1);
        for (var i = 1; i < length; i++)
        {
            values[i] += 0.7 * values[i - 1];
        }

        var mean = Descriptive.Mean(values);
        return Array.ConvertAll(values, value => value - mean + 0.1);
    }

    private static double CircularProduct(double[] a, double[] b, int lag) =>
        a.Select((value, i) => value * b[(i + lag) % b.Length]).Sum() / a.Length;
}
