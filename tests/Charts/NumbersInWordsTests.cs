using Ndt.Analysis;
using Ndt.Charts;

namespace Ndt.Tests.Charts;

public sealed class NumbersInWordsTests
{
    [Theory]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(0, "0")]
    [InlineData(-12345, "−12,345")]
    [InlineData(12345.6, "12,346")]
    [InlineData(-32.04, "−32.0")]
    [InlineData(-0.8333, "−0.833")]
    [InlineData(0.00005, "5.0e−5")]
    [InlineData(-0.00005, "−5.0e−5")]
    [InlineData(-250000.5, "−2.5e+5")]
    public void A_number_of_any_size_has_one_kind_of_minus_sign(double value, string expected) => Assert.Equal(expected, Phrase.Number(value));

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(0.0001, "0.0")]
    [InlineData(-0.0001, "0.0")]
    [InlineData(0.0123, "+1.2")]
    [InlineData(-0.0123, "−1.2")]
    public void A_difference_of_nothing_has_no_sign(double difference, string expected)
    {
        Assert.Equal(expected, Phrase.Points(difference));
        Assert.Equal($"{expected} points", Words.Points(new Estimate(difference, double.NaN, double.NaN, 3, 3)));
    }
}
