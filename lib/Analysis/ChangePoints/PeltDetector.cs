using Ndt.Statistics;

namespace Ndt.Analysis.ChangePoints;

/// <summary>
/// PELT with the L2 cost: the segmentation with the least Σ (x − segment mean)² + penalty · changes, found exactly.
/// </summary>
/// <remarks>
/// <para>
/// The search is our own: Perfolizer's discards a place as soon as a later one does better, which with a minimum above 1 is too early (the later one may not end a
/// segment yet), and so misses the best segmentation now and then.
/// </para>
/// <para><b>When to use.</b> On series that are level between their changes, with independent normal noise of one size: the case that its cost describes.</para>
/// <para><b>What fools it.</b> It fits steps to whatever there is: a drift becomes a staircase, and correlated noise has its slow swings cut up. Where noise dies down, as in
/// training, one σ is too small for the noisy part, which falls to pieces. A single value far out is a segment of its own, or two.</para>
/// <para><b>Reference.</b> Killick, Fearnhead and Eckley, "Optimal detection of changepoints with a linear computational cost", JASA 107, 2012,
/// doi:10.1080/01621459.2012.737745.</para>
/// </remarks>
/// <param name="penalty">Cost of a change, in squared units of the series; null for 2σ²·ln n by <see cref="BicPenalty"/>.</param>
/// <param name="minimum">Fewest values in a segment; at least 1.</param>
public sealed class PeltDetector(double? penalty = null, int minimum = 2) : IChangeDetector
{
    /// <inheritdoc/>
    public string Name => "PELT (L2)";

    /// <summary>
    /// 2σ²·ln n: the Bayesian information criterion for a change, which brings two parameters, a place and a level (Yao, "Estimating the number
    /// of change-points via Schwarz' criterion", Stat. Probab. Lett. 6, 1988, doi:10.1016/0167-7152(88)90118-6). σ is the noise's standard
    /// deviation from first differences, 1.4826 · median|v| / √2, which neither steps nor a slow drift move much; where more than half of the differences
    /// are 0 (counts, quantised figures), their population standard deviation / √2. 0 for fewer than two values and for a constant.
    /// </summary>
    /// <remarks>Noise that is correlated or dies down breaks what σ assumes: then changes are too many where the noise is large.</remarks>
    public static double BicPenalty(ReadOnlySpan<double> series)
    {
        if (series.Length < 2)
        {
            return 0;
        }

        var robust = RobustScale.NormalConsistency * RobustScale.Median(Increments.Magnitudes(series));
        var spread = robust > 0 ? robust : Descriptive.PopulationStandardDeviation(Increments.Of(series));
        return spread * spread * Math.Log(series.Length);
    }

    /// <inheritdoc/>
    public int[] Detect(ReadOnlySpan<double> series)
    {
        FiniteSeries.Require(series);
        // A constant is one segment at any penalty; at penalty 0 rounding would choose among segmentations of the same cost.
        if (series.Length < 2 * minimum || !series.ContainsAnyExcept(series[0]))
        {
            return [];
        }

        var starts = LastSegmentStarts(new SquaredDeviations(series), series.Length, penalty ?? BicPenalty(series));
        var changes = new List<int>();
        for (var start = starts[^1]; start > 0; start = starts[start])
        {
            changes.Add(start);
        }

        changes.Reverse();
        return [.. changes];
    }

    /// <summary>For every end the start of the last segment in the best segmentation up to it.</summary>
    private int[] LastSegmentStarts(SquaredDeviations cost, int length, double changeCost)
    {
        var best = new double[length + 1];
        var starts = new int[length + 1];
        best[0] = -changeCost;
        var candidates = new List<Candidate>();
        for (var end = minimum; end <= length; end++)
        {
            // The newest start that leaves room for a segment; one that ends no segment itself (0 < start < minimum) cannot be one.
            var newest = end - minimum;
            if (newest == 0 || newest >= minimum)
            {
                candidates.Add(new Candidate(newest, int.MaxValue));
            }

            best[end] = double.PositiveInfinity;
            foreach (var (start, _) in candidates)
            {
                var total = best[start] + cost.Of(start, end) + changeCost;
                if (total < best[end])
                {
                    (best[end], starts[end]) = (total, start);
                }
            }

            // A start that is beaten by a change at this end stays beaten (Killick et al., theorem 3.1), once a segment can begin here and end.
            for (var i = 0; i < candidates.Count; i++)
            {
                var (start, until) = candidates[i];
                if (until == int.MaxValue && best[start] + cost.Of(start, end) >= best[end])
                {
                    candidates[i] = new Candidate(start, end + minimum);
                }
            }

            candidates.RemoveAll(candidate => candidate.Until <= end + 1);
        }

        return starts;
    }

    /// <summary>A place where the last segment may start, and the first end for which it no longer needs to be looked at.</summary>
    private readonly record struct Candidate(int Start, int Until);
}
