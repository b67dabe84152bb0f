namespace Ndt.Analysis.ChangePoints;

/// <summary>
/// The study's rule: with v[i] = x[i + 1] − x[i] a change wherever |v[i] − mean v| / sd v is above z, mean and population standard deviation taken over the whole series
/// (<see cref="Jumps"/>). None where sd v is 0.
/// </summary>
/// <remarks>
/// <para><b>When to use.</b> To reproduce the study, or as a list of a series' largest increments; not to say that anything jumped.</para>
/// <para><b>What fools it.</b> Nearly everything. It compares a series with itself: of normal noise about one increment in 22 is beyond two standard deviations (the whole
/// series is noise), a series that first moves and then rests has its "changes" where it moves, a smooth sigmoid in its middle, and a drift at rounding wherever the
/// rounding falls. A higher z makes events fewer, not truer.</para>
/// <para><b>Reference.</b> The study, §2.</para>
/// </remarks>
/// <param name="threshold">z.</param>
public sealed class IncrementRule(double threshold = Jumps.StudyThreshold) : IChangeDetector
{
    /// <inheritdoc/>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"z > {threshold}");

    /// <inheritdoc/>
    public int[] Detect(ReadOnlySpan<double> series)
    {
        FiniteSeries.Require(series);
        return [.. Jumps.AmongIncrements(Increments.Of(series), threshold).Select(index => index + 1)];
    }
}
