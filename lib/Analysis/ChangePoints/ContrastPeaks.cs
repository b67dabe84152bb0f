namespace Ndt.Analysis.ChangePoints;

/// <summary>What detectors that compare means on both sides of a place have in common.</summary>
internal static class ContrastPeaks
{
    // A mean of rounded values carries at most their rounding, a difference of two twice that; a few more for the sums.
    private const double RoundingUnits = 8;

    /// <summary>What rounding alone can make of a difference of two means of a series: no difference below it is one.</summary>
    public static double Rounding(ReadOnlySpan<double> series)
    {
        double largest = 0;
        foreach (var value in series)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return RoundingUnits * (Math.BitIncrement(largest) - largest);
    }

    /// <summary>Whether a place's deviation is the largest of those that stand out at most <paramref name="reach"/> places away; of equal ones the first is.</summary>
    public static bool IsLargest(double[] deviations, bool[] stands, int place, int reach)
    {
        for (var i = Math.Max(0, place - reach); i <= Math.Min(deviations.Length - 1, place + reach); i++)
        {
            if (stands[i] && (deviations[i] > deviations[place] || (deviations[i] == deviations[place] && i < place)))
            {
                return false;
            }
        }

        return true;
    }
}
