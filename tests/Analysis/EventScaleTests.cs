using Ndt.Analysis;

namespace Ndt.Tests.Analysis;

public sealed class EventScaleTests
{
    [Fact]
    public void Events_are_measured_in_floors()
    {
        var scale = EventScale.Of([1, 2, 10], 2);
        Assert.Equal((3, 2, 0.55, 1, 1.0 / 3), (scale.Events, scale.Floor, scale.Low, scale.Median, scale.ShareAbove));
        Assert.Equal(4.6, scale.High, 1e-12);
        Assert.Equal(double.PositiveInfinity, EventScale.Of([1], 0).Median);
        Assert.Equal(double.NaN, EventScale.Of([], 1).Median);
    }
}
