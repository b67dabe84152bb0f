using Ndt.Cli.Commands;

namespace Ndt.Tests.Commands;

public sealed class SeriesLinesTests
{
    [Fact]
    public void A_picture_spans_least_to_greatest_and_leaves_gaps_for_what_is_not_finite()
    {
        // The middle of eight blocks is where the fifth begins.
        Assert.Equal("▁▅█", SeriesLines.Picture([0, 1, 2], 0, 2, 10));
        Assert.Equal("▁ █", SeriesLines.Picture([0, double.NaN, 2], 0, 2, 10));
        Assert.Equal("▁▁", SeriesLines.Picture([3, 3], 3, 3, 10));
        Assert.Equal(10, SeriesLines.Picture(new double[400], 0, 1, 10).Length);
    }
}
