using Ndt.Analysis;

namespace Ndt.Tests.Analysis;

public sealed class NoiseFloorTests
{
    [Fact]
    public void Floors_are_what_a_control_moves_by_and_what_rounding_does()
    {
        Assert.Equal(1, NoiseFloor.OfControl([0, 1, 0, 1, 0]));
        Assert.Equal(Math.Pow(2, -52), NoiseFloor.OfDoubleRounding([1, -1.5, 1.5]));
        Assert.Equal(double.NaN, NoiseFloor.OfDoubleRounding([]));
    }
}
