using Ndt.Analysis;

namespace Ndt.Tests.Analysis;

public sealed class ConvergenceTests
{
    [Fact]
    public void A_constant_series_is_settled_from_the_start() =>
        Assert.Equal(0, Convergence.StabilisationPoint(Enumerable.Repeat(3.0, 400).ToArray()));

    [Fact]
    public void A_series_of_zeros_never_settles_for_its_variance_is_not_below_its_level() =>
        Assert.Equal(Convergence.Never, Convergence.StabilisationPoint(new double[400]));

    [Fact]
    public void A_series_settles_at_the_first_window_behind_its_step()
    {
        var series = Enumerable.Range(0, 400).Select(i => i < 100 ? (i % 2 == 0 ? 10.0 : 50.0) : 30.0).ToArray();

        // Mean 30, bound 9. A window holding k of the alternating values (each 20 off the mean) has variance near 20k: only k = 0 is below.
        Assert.Equal(100, Convergence.StabilisationPoint(series));
    }

    [Fact]
    public void The_last_window_is_not_looked_at_as_in_the_study()
    {
        var series = Enumerable.Range(0, 40).Select(i => i < 20 ? (i % 2 == 0 ? 10.0 : 50.0) : 30.0).ToArray();
        Assert.Equal(Convergence.Never, Convergence.StabilisationPoint(series));
        Assert.Equal(20, Convergence.StabilisationPoint([.. series, 30.0]));
    }

    [Fact]
    public void A_series_no_longer_than_the_window_never_settles() =>
        Assert.Equal(Convergence.Never, Convergence.StabilisationPoint(Enumerable.Repeat(3.0, 20).ToArray()));

    [Fact]
    public void Layers_that_settle_from_input_to_output_are_bottom_up_and_reversing_them_flips_rho()
    {
        int[] points = [0, 3, 7, 7, 20, 31];
        int[] depths = [0, 1, 2, 3, 4, 5];
        var order = Convergence.Order(depths, points);
        var reversed = Convergence.Order([.. depths.Reverse()], points);

        Assert.Equal("bottom-up", order.PatternName);
        Assert.Equal("top-down", reversed.PatternName);
        Assert.Equal(-order.Rho, reversed.Rho);
        Assert.Equal(order.PValue, reversed.PValue);
    }

    [Theory]
    [InlineData(0.582, "unclear", "unclear", 13, 1, 2, 3, 0, 5, 6, 7, 9, 12, 10, 11, 4, 8, 14, 15)]
    [InlineData(0.629, "bottom-up", "top-down", 9, 3, 2, 1, 4, 5, 6, 11, 13, 0, 10, 7, 12, 8, 14, 15)]
    public void Among_orders_that_chance_hardly_gives_those_above_0_6_have_a_direction(double rho, string pattern, string reversed, params int[] points)
    {
        int[] depths = [.. Enumerable.Range(0, points.Length)];
        var order = Convergence.Order(depths, points);
        Assert.Equal(rho, order.Rho, 1e-3);
        Assert.True(order.PValue < 0.05);
        Assert.Equal(pattern, order.PatternName);
        Assert.Equal(reversed, Convergence.Order([.. depths.Reverse()], points).PatternName);
    }

    [Fact]
    public void Layers_that_never_settle_are_left_out_of_the_order()
    {
        var order = Convergence.Order([0, 1, 2, 3], [0, 5, -1, 9]);
        Assert.Equal(3, order.SettledLayers);
        Assert.Equal(1, order.Rho);
    }

    [Fact]
    public void Fewer_than_three_settled_layers_have_rho_0_and_are_called_simultaneous() =>
        Assert.Equal(new SettlingOrder(0, 1, 2, SettlingPattern.Simultaneous), Convergence.Order([0, 1, 2], [4, -1, 8]));

    [Fact]
    public void An_undefined_order_is_unclear()
    {
        var order = Convergence.Order([999, 999, 999], [0, 1, 2]);
        Assert.Equal(double.NaN, order.Rho);
        Assert.Equal("unclear", order.PatternName);
    }
}
