using MathNet.Numerics.Distributions;

namespace Ndt.Statistics;

/// <summary>
/// The jackknife: the spread of an estimate over independent units (such as seeds), from what it becomes when each unit is left out.
/// Tukey (1958); for statistics over pairs of units, where every unit takes part in several pairs, Arvesen, "Jackknifing
/// U-statistics", Annals of Mathematical Statistics 40 (1969), doi:10.1214/aoms/1177697287.
/// </summary>
public static class Jackknife
{
    /// <summary>The mean of one value a unit with its 95 % t interval; NaN of no values, without ends of one.</summary>
    public static JackknifeInterval OfMean(double[] units)
    {
        if (units.Length == 0)
        {
            return new JackknifeInterval(double.NaN, double.NaN, double.NaN, 0);
        }

        var sum = units.Sum();
        return Interval(units.Average(), units.Length < 2 ? [] : Array.ConvertAll(units, value => (sum - value) / (units.Length - 1)));
    }

    /// <summary>
    /// estimate ± t · √((n − 1)/n · Σ(θ₍ᵢ₎ − θ₍·₎)²), with Student's t of n − 1 degrees of freedom. For a mean this is the usual t interval.
    /// </summary>
    /// <param name="estimate">From all n units.</param>
    /// <param name="withoutEach">θ₍ᵢ₎: the estimate without unit i, one per unit.</param>
    /// <param name="confidence">Confidence, in (0, 1).</param>
    /// <returns>NaN as ends for fewer than two units, or where an estimate is NaN.</returns>
    public static JackknifeInterval Interval(double estimate, ReadOnlySpan<double> withoutEach, double confidence = 0.95)
    {
        var n = withoutEach.Length;
        if (n < 2)
        {
            return new JackknifeInterval(estimate, double.NaN, double.NaN, n);
        }

        var error = Math.Sqrt((n - 1) * Descriptive.PopulationVariance(withoutEach));
        var reach = error * StudentT.InvCDF(0, 1, n - 1, (1 + confidence) / 2);
        return new JackknifeInterval(estimate, estimate - reach, estimate + reach, n);
    }
}
