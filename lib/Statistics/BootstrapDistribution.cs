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
    /// acceleration a, from the jackknife over clusters, as SciPy's <c>bootstrap</c> does it.
    /// </summary>
    /// <remarks>
    /// The ends are NaN where no such interval exists: fewer than two clusters, all replicates on one side of the estimate, or a NaN among
    /// replicates or jackknife values. Replicates that all equal the estimate give an interval without width.
    /// </remarks>
    public ConfidenceInterval Bca(double level = 0.95)
    {
        ConfidenceInterval.RequireLevel(level);
        var bias = Normal.InvCDF(0, 1, ShareBelowEstimate());
        var acceleration = Acceleration();
        return Interval(IntervalMethod.Bca, Moved((1 - level) / 2), Moved((1 + level) / 2), level);

        double Moved(double share)
        {
            var z = bias + Normal.InvCDF(0, 1, share);
            return Normal.CDF(0, 1, bias + (z / (1 - (acceleration * z))));
        }
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

    /// <summary>a = Σ(θ̄ − θᵢ)³ / (6·(Σ(θ̄ − θᵢ)²)^1.5) over the values θᵢ with cluster i left out; 0 where they are all the same.</summary>
    private double Acceleration()
    {
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
