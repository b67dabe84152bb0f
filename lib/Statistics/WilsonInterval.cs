using MathNet.Numerics.Distributions;

namespace Ndt.Statistics;

/// <summary>An interval for a share of independent trials.</summary>
/// <param name="Share">Successes over trials.</param>
/// <param name="Low">Lower end, in [0, 1].</param>
/// <param name="High">Upper end, in [0, 1].</param>
/// <param name="Successes">Successes.</param>
/// <param name="Trials">Trials.</param>
/// <param name="Level">Nominal coverage.</param>
public readonly record struct WilsonInterval(double Share, double Low, double High, int Successes, int Trials, double Level)
{
    /// <summary>
    /// The score interval (Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927,
    /// doi:10.2307/2276774), without continuity correction. It holds up for few trials and shares near 0 and 1. NaN throughout for no trials.
    /// </summary>
    /// <remarks>For independent trials only; events of layers of one run are not, and want <see cref="ClusterBootstrap"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Successes are not in [0, trials], or the level is not in (0, 1).</exception>
    public static WilsonInterval Of(int successes, int trials, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        ConfidenceInterval.RequireLevel(level);
        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        var share = (double)successes / trials;
        var shrink = 1 + (z * z / trials);
        var centre = (share + (z * z / (2.0 * trials))) / shrink;
        var reach = z / shrink * Math.Sqrt((share * (1 - share) / trials) + (z * z / (4.0 * trials * trials)));

        // At 0 and at n successes one end is 0 or 1 by the formula; rounding must not move it.
        var low = successes == 0 ? trials == 0 ? double.NaN : 0 : centre - reach;
        var high = successes == trials ? trials == 0 ? double.NaN : 1 : centre + reach;
        return new WilsonInterval(share, low, high, successes, trials, level);
    }
}
