
namespace Ndt.Tests.Notebooks.Display;

public sealed class NumberColumnTests
{
    [Theory]
    [InlineData(new[] { 1.0, 250, -3 }, new[] { "1", "250", "-3" })]
    [InlineData(new[] { 0.5, 0.25 }, new[] { "0.50", "0.25" })]
    [InlineData(new[] { 1.23456, 12.3456 }, new[] { "1.23", "12.35" })]
    [InlineData(new[] { 0.5612345, 0.00012 }, new[] { "0.5612", "1.2e-04" })]
    [InlineData(new[] { 1e-9, 1e-13, 0 }, new[] { "1.0e-09", "1.0e-13", "0" })]
    [InlineData(new[] { 1e20, 1 }, new[] { "1.0e+20", "1.0e+00" })]
    [InlineData(new[] { 2991.5, double.NaN, double.PositiveInfinity }, new[] { "2992", "NaN", "∞" })]
    public void A_column_has_one_number_of_decimals_and_no_more_than_it_needs(double[] values, string[] expected) =>
        Assert.Equal(expected, NumberColumn.Format([.. values.Select(v => (double?)v)]));

    [Fact]
    public void Nothing_is_shown_for_what_is_missing() =>
        Assert.Equal(["", "1"], NumberColumn.Format([null, 1]));
}
