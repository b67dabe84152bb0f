using Ndt.Statistics;

namespace Ndt.Analysis.Collapse;

/// <summary>Watches one series of effective ranks as it comes, and says when it collapses.</summary>
/// <param name="rule">When that is.</param>
/// <param name="largest">The largest rank that the series could have: min(samples − 1, features).</param>
public sealed class CollapseDetector(CollapseRule rule, int largest)
{
    private readonly List<double> logs = [];
    private bool wasAlive;

    /// <summary>The median of the remembered ranks that came before the low ones of the last alarm; NaN where there was none.</summary>
    public double Before { get; private set; } = double.NaN;

    /// <summary>Takes the next rank, ≥ 1; NaN is that of a layer that answers every example alike. True at a collapse, once: the series is then watched anew.</summary>
    public bool Add(double effectiveRank)
    {
        logs.Add(double.IsNaN(effectiveRank) ? 0 : Math.Log(Math.Max(1, effectiveRank)));
        var whole = rule.Memory + rule.Gap + rule.Recent;
        if (logs.Count > whole)
        {
            logs.RemoveAt(0);
        }

        if (logs.Count < rule.Recent)
        {
            return false;
        }

        var recent = logs.GetRange(logs.Count - rule.Recent, rule.Recent);
        var highest = recent.Max();
        var fell = logs.Count == whole && highest < Limit(logs.GetRange(0, rule.Memory));
        var atFloor = wasAlive && largest >= CollapseRule.FewestForFloor && highest <= Math.Log(rule.Floor);
        if (fell || atFloor)
        {
            Before = Math.Exp(RobustScale.Median([.. logs.Take(Math.Max(1, logs.Count - rule.Recent))]));
            logs.Clear();
            wasAlive = false;
            return true;
        }

        // Twice the floor: a rank that wavers around the floor gives no alarm after alarm.
        wasAlive |= recent.Min() > Math.Log(2 * rule.Floor);
        return false;
    }

    /// <summary>The level below which the recent logarithms have to lie: what the values before lead to expect, less the loss that counts and what their own scatter explains.</summary>
    private double Limit(List<double> before)
    {
        // Theil and Sen's line: the median of all slopes, which a few wild values do not turn. A rise is not expected to go on.
        var slopes = new List<double>();
        for (var i = 0; i < before.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                slopes.Add((before[i] - before[j]) / (i - j));
            }
        }

        var slope = Math.Min(0, RobustScale.Median([.. slopes]));
        double[] levels = [.. before.Select((value, i) => value - (slope * i))];
        var level = RobustScale.Median(levels);
        var expected = level + (slope * (before.Count + rule.Gap + ((rule.Recent - 1) / 2.0)));
        return expected + Math.Min(Math.Log(1 - rule.Share), -rule.Spreads * RobustScale.MedianAbsoluteDeviation(levels));
    }
}
