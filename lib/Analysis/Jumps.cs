using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>Finds the increments of a series that stand out (study, phase 1).</summary>
public static class Jumps
{
    /// <summary>The study's z.</summary>
    public const double StudyThreshold = 2;

    private const int SpeedReach = 2;

    /// <summary>
    /// Every i with |v[i] − mean(v)| / sd(v) strictly above <paramref name="threshold"/>, population sd; none where sd = 0 or NaN. In order of i.
    /// </summary>
    /// <remarks>
    /// By Chebyshev's inequality at most 1/threshold² of the increments can be jumps, a quarter at z = 2; of independent normal increments
    /// 4.6 % are. A count of jumps says nothing before it is held against such a null.
    /// </remarks>
    public static IReadOnlyList<Jump> Find(ReadOnlySpan<double> series, double threshold = StudyThreshold)
    {
        var increments = Increments.Of(series);
        var jumps = new List<Jump>();
        foreach (var i in AmongIncrements(increments, threshold))
        {
            jumps.Add(new Jump(i, Math.Abs(increments[i]), Speed(series, i), Math.Sign(increments[i])));
        }

        return jumps;
    }

    /// <summary>The places of <see cref="Find"/>'s jumps, from the increments v alone.</summary>
    public static IReadOnlyList<int> AmongIncrements(ReadOnlySpan<double> increments, double threshold = StudyThreshold)
    {
        var mean = Descriptive.Mean(increments);
        var deviation = Descriptive.PopulationStandardDeviation(increments);
        if (deviation == 0)
        {
            return [];
        }

        var indices = new List<int>();
        for (var i = 0; i < increments.Length; i++)
        {
            if (Math.Abs((increments[i] - mean) / deviation) > threshold)
            {
                indices.Add(i);
            }
        }

        return indices;
    }

    private static double Speed(ReadOnlySpan<double> series, int index)
    {
        var start = Math.Max(0, index - SpeedReach);
        var end = Math.Min(series.Length, index + SpeedReach + 1);
        return Math.Abs(series[end - 1] - series[start]) / (end - start);
    }
}
