using MathNet.Numerics.Distributions;

namespace Ndt.Claims;

/// <summary>How far a quantity of the rule is from being decided, and how many seeds would decide it.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Distance">From its estimate to its threshold.</param>
/// <param name="Reach">Half the width of its interval; it decides where the distance is larger.</param>
/// <param name="Seeds">Fewest seeds whose interval would exclude the threshold, if estimate and spread stay as they are; null where that takes more than <see cref="Most"/> or there is no interval.</param>
public readonly record struct SeedsNeeded(RuleQuantity Quantity, double Distance, double Reach, int? Seeds)
{
    /// <summary>More seeds than this are not counted out.</summary>
    public const int Most = 10_000;

    /// <summary>Of a quantity, with the rule's confidence and its fewest seeds.</summary>
    /// <param name="quantity">The quantity, with an interval by Student's t.</param>
    /// <param name="rule">The rule.</param>
    public static SeedsNeeded Of(RuleQuantity quantity, PhaseTwoRule rule)
    {
        var distance = Math.Abs(quantity.Value.Estimate - quantity.Threshold);
        var reach = (quantity.Value.High - quantity.Value.Low) / 2;
        var n = quantity.Value.Count;
        if (!double.IsFinite(reach) || n < 2)
        {
            return new SeedsNeeded(quantity, distance, reach, null);
        }

        var spread = reach * Math.Sqrt(n) / T(n);
        var seeds = Enumerable.Range(rule.MinimumSeeds, Most - rule.MinimumSeeds + 1).FirstOrDefault(count => T(count) * spread / Math.Sqrt(count) < distance);
        return new SeedsNeeded(quantity, distance, reach, seeds == 0 ? null : seeds);

        double T(int count) => StudentT.InvCDF(0, 1, count - 1, (1 + rule.Confidence) / 2);
    }
}
