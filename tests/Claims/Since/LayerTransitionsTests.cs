using Ndt.Claims.Since;

namespace Ndt.Tests.Claims.Since;

public sealed class LayerTransitionsTests
{
    [Fact]
    public void A_rolling_window_reports_a_value_far_from_the_fifty_before_it()
    {
        var series = Enumerable.Range(0, 100).Select(i => (double)(i % 2)).ToArray();
        Assert.Equal(0, LayerTransitions.BeyondRollingWindow(series, 2));
        series[80] = 10;
        Assert.Equal(1, LayerTransitions.BeyondRollingWindow(series, 2));
        series[80] = 0;
        series[10] = 10;
        Assert.Equal(0, LayerTransitions.BeyondRollingWindow(series, 2));
    }

    [Fact]
    public void A_constant_has_none_since_its_window_does_not_vary() =>
        Assert.Equal(0, LayerTransitions.BeyondRollingWindow([.. Enumerable.Repeat(1.0, 60), 2], 2));
}
