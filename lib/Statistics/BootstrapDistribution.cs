using MathNet.Numerics.Distributions;

namespace Ndt.Statistics;

/// <summary>What a bootstrap drew: the estimate, its replicates, and its values with one cluster left out; intervals are read off it.</summary>
public sealed class BootstrapDistribution
{
    private readonly double[] sorted;
    private readonly double[] jackknife;
    private readonly int seed;
    private readonly int units;

    internal BootstrapDistribution(double estimate, ReadOnlySpan<double> replicates, ReadOnlySpan<double> jackknife, int seed, int units)
    {
        Estimate = estimate;
        sorted = replicates.ToArray();
        Array.Sort(sorted);
        this.jackknife = jackknife.ToArray();
        this.seed = seed;
        this.units = units;
    }

    /// <summary>The statistic of the data themselves.</summary>
    public double Estimate { get; }

    /// <summary>The replicates in ascending order, NaN first.</summary>
    public ReadOnlySpan<double> Replicates => sorted;

    /// <summary>Standard deviation of the replicates (ddof 0): the bootstrap's standard error; NaN where a replicate is.</summary>
    public double StandardError => Descriptive.PopulationStandardDeviation(sorted);

    /// <summary>
    /// The percentile interval: the (1 − level)/2 and (1 + level)/2 quantiles of the replicates (Efron, "Bootstrap methods: another look at
    /// the jackknife", Ann. Stat. 7, 1979, doi:10.1214/aos/1176344552). Its ends are NaN where a replicate is.
    /// </summary>
    public ConfidenceInterval Percentile(double level = 0.95)
    {
        ConfidenceInterval.RequireLevel(level);
        return Interval(IntervalMethod.Percentile, (1 - level) / 2, (1 + level) / 2, level);
    }

    /// <summary>
    /// The bias-corrected and accelerated interval (Efron, "Better bootstrap confidence intervals", JASA 82, 1987,
    /// doi:10.1080/01621459.1987.10478410, eq. 2.3 and 6.6): the percentile interval with its two levels moved for the median bias z₀ and the
    /// acceleration a, from the jackknife over clusters. With few clusters that interval is too narrow, so the two levels are first moved
    /// outwards from α to Φ(−√(n/(n−1))·t₁₋α,ₙ₋₁), n being the clusters (Hesterberg, "What teachers should know about the bootstrap", The American Statistician 69,
    /// 2015, doi:10.1080/00031305.2015.1089789, §5.3).
    /// </summary>
    /// <param name="level">Nominal coverage.</param>
    /// <param name="widened">Whether the levels are moved for few clusters; without, it is Efron's interval as SciPy's <c>bootstrap</c> gives it.</param>
    /// <remarks>
    /// Of early shares over 6, 11 and 14 cells drawn from our own 41, Efron's 95 % interval holds the truth in 85, 90 and 91 % of trials and this one in 93 % each; a t
    /// interval from the jackknife (94, 94, 93 %) and a studentised one (93 %) do no better, and may leave [0, 1]. (2,000 trials each; a test repeats it on
    /// tests/fixtures/cells.csv.) A mean over few cells of which one is far out, such as events a layer of transformers, stays under 80 % whatever the method.
    /// The ends are NaN where no such interval exists: fewer than two clusters, all replicates on one side of the estimate, or a NaN among
    /// replicates or jackknife values. Replicates that all equal the estimate give an interval without width.
    /// </remarks>
    public ConfidenceInterval Bca(double level = 0.95, bool widened = true)
    {
        ConfidenceInterval.RequireLevel(level);
        var reach = Reach((1 - level) / 2, widened);
        var bias = Normal.InvCDF(0, 1, ShareBelowEstimate());
        var acceleration = Acceleration();
        return Interval(IntervalMethod.Bca, Moved(-reach), Moved(reach), level);

        double Moved(double normal)
        {
            var z = bias + normal;
            return Normal.CDF(0, 1, bias + (z / (1 - (acceleration * z))));
        }
    }

    /// <summary>How many standard errors an interval reaches to either side: the normal quantile, or Hesterberg's for few clusters. NaN for one cluster, of which nothing is known.</summary>
    private double Reach(double tail, bool widened)
    {
        var clusters = jackknife.Length;
        return !widened ? -Normal.InvCDF(0, 1, tail)
            : clusters < 2 ? double.NaN
            : -Math.Sqrt(clusters / (clusters - 1.0)) * StudentT.InvCDF(0, 1, clusters - 1, tail);
    }

    private ConfidenceInterval Interval(IntervalMethod method, double lowShare, double highShare, double level) => new(
        Estimate, Quantile(lowShare), Quantile(highShare), level, method, sorted.Length, seed, Math.Max(1, jackknife.Length), units);

    private double Quantile(double share) => double.IsNaN(share) ? double.NaN : Percentiles.QuantileOfSorted(sorted, share);

    /// <summary>Share of the replicates below the estimate, ties counting half.</summary>
    private double ShareBelowEstimate()
    {
        double below = 0;
        foreach (var value in sorted)
        {
            below += value < Estimate ? 1 : value == Estimate ? 0.5 : 0;
        }

        return below / sorted.Length;
    }

    /// <summary>a = Σ(θ̄ − θᵢ)³ / (6·(Σ(θ̄ − θᵢ)²)^1.5) over the values θᵢ with cluster i left out; 0 where they are all the same, NaN for fewer than two or where one is NaN.</summary>
    private double Acceleration()
    {
        // Their mean may be a rounding away from them, and the quotient below knows no scale: a rounding would be a skewness.
        if (jackknife.Length > 1 && Array.TrueForAll(jackknife, value => value == jackknife[0]))
        {
            return 0;
        }

        var mean = Descriptive.Mean(jackknife);
        double squares = 0, cubes = 0;
        foreach (var value in jackknife)
        {
            var gap = mean - value;
            squares += gap * gap;
            cubes += gap * gap * gap;
        }

        return jackknife.Length < 2 ? double.NaN : squares == 0 ? 0 : cubes / (6 * Math.Pow(squares, 1.5));
    }
}
