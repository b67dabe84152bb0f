using Ndt.Training;

namespace Ndt.Tests.Training;

public sealed class SumOfSquaresTests
{
    [Fact]
    public void Every_length_has_the_sum_of_its_squares()
    {
        for (var length = 0; length <= 100; length++)
        {
            // Whole numbers, so that the sum is exact in any order: n(n + 1)(2n + 1)/6.
            float[] values = [.. Enumerable.Range(1, length).Select(i => i % 2 == 0 ? i : -(float)i)];
            Assert.Equal(length * (length + 1) * ((2 * length) + 1) / 6, SumOfSquares.Of(values));
        }
    }

    [Fact]
    public void Squares_are_taken_in_double_precision()
    {
        Assert.Equal(33e60, SumOfSquares.Of([.. Enumerable.Repeat(1e30f, 33)]), 33e60 * 1e-7);
        Assert.Equal(33e-60, SumOfSquares.Of([.. Enumerable.Repeat(1e-30f, 33)]), 33e-60 * 1e-7);
    }

    [Theory]
    [InlineData(float.NaN, double.NaN)]
    [InlineData(float.NegativeInfinity, double.PositiveInfinity)]
    public void Values_that_are_no_numbers_show(float value, double sum)
    {
        foreach (var place in new[] { 0, 31, 32 })
        {
            var values = new float[40];
            values[place] = value;
            Assert.Equal(sum, SumOfSquares.Of(values));
        }
    }
}
