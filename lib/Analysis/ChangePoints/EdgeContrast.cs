using Ndt.Statistics;

namespace Ndt.Analysis.ChangePoints;

/// <summary>
/// A detector that knows drift and fading noise, and sees steps near a series' ends: the difference between the means of the values after and before a place must
/// stand out from the same difference around it, from the noise of these very values, and from the same difference one width to either side.
/// </summary>
/// <remarks>
/// <para>
/// With D the difference of two means over <c>width</c> values and d = |D − median D| over the 2·<c>reach</c> + 1 places around (near an end the nearest ones, so that the
/// window lies on one side), a place is a change where all three hold, and d is the largest within two widths:
/// d exceeds <c>threshold</c> median absolute deviations of D in that window (at least their median over the series, and the rounding of the values): no drift does that;
/// |D| exceeds <c>noise</c> standard errors, taken from the values on both sides about their own means: noise that is loud here and quiet later does not do that;
/// d is at least <c>fall</c> times d one width before and one width after: a step's D rises and falls within a width, a transient's only falls.
/// </para>
/// <para>
/// <b>When to use.</b> To ask whether a series steps early: it is blind in the first and last 2·<c>width</c> values only (8 of a first tenth of 40), where
/// <see cref="LocalContrast"/> is in 25.
/// </para>
/// <para>
/// <b>What fools it.</b> Strongly correlated noise: its swings are steps at this resolution (about one false alarm in 1,000 values at an autocorrelation of 0.8, so one in every second or third series of 400). Steps of less than five standard
/// deviations of the noise around them are often missed, and steps closer than two widths are one. What happens in the first 2·width values it cannot say. Its
/// constants were chosen on Laplace noise, AR(1) 0.5, noise fading with time constants of 4 to 64 values and smooth transients, with NumPy's generator and seed 1: judge it on
/// the bench, which has other kinds and seeds.
/// </para>
/// <para><b>Reference.</b> None: the rule is this project's own.</para>
/// </remarks>
/// <param name="width">Values in each mean.</param>
/// <param name="reach">Places on either side that a difference is compared with; at least two widths.</param>
/// <param name="threshold">Median absolute deviations that a difference must stand out by.</param>
/// <param name="noise">Standard errors that a difference must exceed.</param>
/// <param name="fall">How many times a difference must exceed those one width away.</param>
public sealed class EdgeContrast(int width = 4, int reach = 9, double threshold = 3, double noise = 5, double fall = 1.3) : IChangeDetector
{
    /// <inheritdoc/>
    public string Name => "edge contrast";

    /// <inheritdoc/>
    public int[] Detect(ReadOnlySpan<double> series)
    {
        FiniteSeries.Require(series);
        var places = series.Length - (2 * width) + 1;
        if (places < Math.Max((2 * reach) + 1, (2 * width) + 1))
        {
            return [];
        }

        var contrasts = new double[places];
        var errors = new double[places];
        for (var i = 0; i < places; i++)
        {
            var before = series.Slice(i, width);
            var after = series.Slice(i + width, width);
            contrasts[i] = Descriptive.Mean(after) - Descriptive.Mean(before);
            var squares = width * (Descriptive.PopulationVariance(before) + Descriptive.PopulationVariance(after));
            errors[i] = Math.Sqrt(squares / ((2 * width) - 2) * 2 / width);
        }

        var (deviations, spreads) = AmongNeighbours(contrasts);
        var rounding = ContrastPeaks.Rounding(series);
        var least = Math.Max(RobustScale.Median(spreads), rounding);
        bool[] stands =
        [
            .. Enumerable.Range(0, places).Select(i =>
                deviations[i] > threshold * Math.Max(spreads[i], least) && Math.Abs(contrasts[i]) > noise * Math.Max(errors[i], rounding) && IsPeak(deviations, i)),
        ];
        return [.. Enumerable.Range(0, places).Where(i => stands[i] && ContrastPeaks.IsLargest(deviations, stands, i, 2 * width)).Select(i => i + width)];
    }

    private (double[] Deviations, double[] Spreads) AmongNeighbours(double[] contrasts)
    {
        var window = (2 * reach) + 1;
        var (deviations, spreads) = (new double[contrasts.Length], new double[contrasts.Length]);
        for (var i = 0; i < contrasts.Length; i++)
        {
            var around = contrasts.AsSpan(Math.Clamp(i - reach, 0, contrasts.Length - window), window);
            deviations[i] = Math.Abs(contrasts[i] - RobustScale.Median(around));
            spreads[i] = RobustScale.MedianAbsoluteDeviation(around);
        }

        return (deviations, spreads);
    }

    /// <summary>Whether the deviation falls off within a width on both sides; where the series has no such place it cannot be told, and is no peak.</summary>
    private bool IsPeak(double[] deviations, int i) =>
        i >= width && i + width < deviations.Length && deviations[i] >= fall * deviations[i - width] && deviations[i] >= fall * deviations[i + width];
}
