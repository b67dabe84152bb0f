namespace Ndt.Statistics;

/// <summary>How the spread of a few values is estimated.</summary>
public enum SpreadEstimator
{
    /// <summary>Root mean square: the best for normal noise; one value far out makes its whole window wide.</summary>
    MeanSquare,

    /// <summary>Median of the absolute values, scaled to a normal standard deviation (<see cref="RobustScale.NormalConsistency"/>): blind to what less than half of a window does.</summary>
    Median,
}
