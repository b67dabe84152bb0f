namespace Ndt.Statistics;

/// <summary>How far a figure varies between seeds of the same experiment.</summary>
/// <param name="WithinClusters">Root of the pooled sample variance within clusters: the spread between seeds; NaN where no cluster has two units.</param>
/// <param name="Clusters">Clusters.</param>
/// <param name="Units">Units in all clusters.</param>
public readonly record struct VarianceComponents(double WithinClusters, int Clusters, int Units)
{
    /// <summary>Of a figure per unit, in clusters; none of them empty.</summary>
    public static VarianceComponents Of(IReadOnlyList<double[]> clusters)
    {
        double squares = 0;
        var degrees = 0;
        foreach (var cluster in clusters)
        {
            squares += Descriptive.PopulationVariance(cluster) * cluster.Length;
            degrees += cluster.Length - 1;
        }

        return new VarianceComponents(
            degrees == 0 ? double.NaN : Math.Sqrt(squares / degrees),
            clusters.Count,
            clusters.Sum(cluster => cluster.Length));
    }
}
