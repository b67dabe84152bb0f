namespace Ndt.Statistics;

/// <summary>How the spread of a series changes over time.</summary>
public static class VarianceEnvelope
{
    /// <summary>
    /// For every place the spread around the series' mean of the values at most <paramref name="reach"/> places away (fewer at the ends). Empty
    /// for an empty series; NaN throughout where a value is NaN, since the mean is.
    /// </summary>
    public static double[] Of(ReadOnlySpan<double> series, int reach, SpreadEstimator estimator = SpreadEstimator.MeanSquare)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reach);
        var mean = Descriptive.Mean(series);
        var gaps = new double[series.Length];
        for (var i = 0; i < gaps.Length; i++)
        {
            var gap = series[i] - mean;
            gaps[i] = estimator == SpreadEstimator.MeanSquare ? gap * gap : Math.Abs(gap);
        }

        var envelope = new double[series.Length];
        for (var i = 0; i < envelope.Length; i++)
        {
            var start = Math.Max(0, i - reach);
            var window = gaps.AsSpan(start, Math.Min(gaps.Length, i + reach + 1) - start);
            envelope[i] = estimator == SpreadEstimator.MeanSquare
                ? Math.Sqrt(Descriptive.Mean(window))
                : RobustScale.NormalConsistency * RobustScale.Median(window);
        }

        return envelope;
    }
}
