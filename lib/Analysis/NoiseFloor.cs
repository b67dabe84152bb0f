using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>Sizes of change below which a change means nothing, in a metric's unit.</summary>
public static class NoiseFloor
{
    /// <summary>
    /// The population standard deviation of a control's increments: what the measurement itself moves by, from one point to the next. The control is
    /// a series in which nothing should change: learning rate 0, or a fresh probe at every point (sampling noise). NaN for fewer than two values.
    /// </summary>
    public static double OfControl(ReadOnlySpan<double> series) => Descriptive.PopulationStandardDeviation(Increments.Of(series));

    /// <summary>The spacing of doubles at the median |x|: what one rounding of a value can move. NaN for no values.</summary>
    public static double OfDoubleRounding(ReadOnlySpan<double> series)
    {
        var level = MedianMagnitude(series);
        return Math.BitIncrement(level) - level;
    }

    private static double MedianMagnitude(ReadOnlySpan<double> series)
    {
        var magnitudes = series.ToArray();
        foreach (ref var value in magnitudes.AsSpan())
        {
            value = Math.Abs(value);
        }

        return RobustScale.Median(magnitudes);
    }
}
