using Ndt.Statistics;

namespace Ndt.Tests.Statistics;

public sealed class DescriptiveTests
{
    [Fact]
    public void Sum_mean_variance_and_deviation_equal_NumPys_in_every_bit()
    {
        foreach (var summary in StatisticsFixture.Summaries)
        {
            var values = summary.Doubles("values");
            Assert.Equal(summary.Double("sum"), PairwiseSum.Of(values));
            Assert.Equal(summary.Double("mean"), Descriptive.Mean(values));
            Assert.Equal(summary.Double("variance"), Descriptive.PopulationVariance(values));
            Assert.Equal(summary.Double("deviation"), Descriptive.PopulationStandardDeviation(values));
        }
    }

    [Fact]
    public void The_sample_deviation_divides_by_one_less_and_one_value_has_none()
    {
        Assert.Equal(Math.Sqrt(5 / 3.0), Descriptive.SampleStandardDeviation([1, 2, 3, 4]), 1e-15);
        Assert.Equal(double.NaN, Descriptive.SampleStandardDeviation([1]));
        Assert.Equal(double.NaN, Descriptive.SampleStandardDeviation([]));
        Assert.Equal(double.NaN, Descriptive.SampleStandardDeviation([1, double.NaN]));
    }

    [Fact]
    public void Nothing_sums_to_zero_and_has_no_mean_and_no_variance()
    {
        Assert.Equal(0, PairwiseSum.Of([]));
        Assert.Equal(double.NaN, Descriptive.Mean([]));
        Assert.Equal(double.NaN, Descriptive.PopulationVariance([]));
    }

    [Fact]
    public void One_NaN_makes_everything_NaN()
    {
        var values = new double[200];
        values[150] = double.NaN;
        Assert.Equal(double.NaN, Descriptive.Mean(values));
        Assert.Equal(double.NaN, Descriptive.PopulationVariance(values));
    }
}
