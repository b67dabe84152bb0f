namespace Ndt.Statistics;

/// <summary>How a bootstrap interval's ends are read off the replicates.</summary>
public enum IntervalMethod
{
    /// <summary>The replicates' own quantiles (Efron 1979).</summary>
    Percentile,

    /// <summary>Bias-corrected and accelerated: quantiles moved for the bias and the skewness of the estimate (Efron 1987), and outwards for few clusters (Hesterberg 2015).</summary>
    Bca,
}
