using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>How far a series that counts as settled still moves: what the study's rule does not see.</summary>
public static class LaterDrift
{
    /// <summary>
    /// |m₂ − m₁| / |m₁|, where m₁ is the mean over the window in which the series is found settled and m₂ that over its last window: 0.5
    /// is a change by half. NaN for a series that never settles.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="point">Its <see cref="Convergence.StabilisationPoint"/>.</param>
    /// <param name="window">The rule's window.</param>
    public static double Of(ReadOnlySpan<double> series, int point, int window = Convergence.StudyWindow)
    {
        if (point == Convergence.Never)
        {
            return double.NaN;
        }

        var settled = Descriptive.Mean(series.Slice(point, window));
        return Math.Abs(Descriptive.Mean(series[^window..]) - settled) / Math.Abs(settled);
    }
}
