namespace Ndt.Statistics;

/// <summary>How far a figure varies within clusters: between seeds of the same experiment.</summary>
public static class PooledDeviation
{
    /// <summary>Root of the pooled sample variance; NaN where no cluster has two units.</summary>
    /// <param name="clusters">A figure per unit, in clusters; none of them empty.</param>
    public static double Of(IReadOnlyList<double[]> clusters)
    {
        double squares = 0;
        var degrees = 0;
        foreach (var cluster in clusters)
        {
            squares += Descriptive.PopulationVariance(cluster) * cluster.Length;
            degrees += cluster.Length - 1;
        }

        return degrees == 0 ? double.NaN : Math.Sqrt(squares / degrees);
    }
}
