namespace Ndt.Similarity;

/// <summary>
/// The silhouette of a clustering: the mean over points of (b − a) / max(a, b), with a the mean distance to the point's own cluster and b that to the nearest other one.
/// </summary>
/// <remarks>
/// <para><b>When to use.</b> To say how far given clusters stand apart, on one set of points.</para>
/// <para><b>What fools it.</b> k-means makes clusters that stand apart in noise, too, the more so the fewer the dimensions: without the silhouette of noise of the same shape
/// (<see cref="FilterDiversity"/>) it says nothing. The number of clusters that gives the largest one is a choice made on the data.</para>
/// <para><b>Reference.</b> Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", Journal of Computational and Applied Mathematics 20,
/// 1987, doi:10.1016/0377-0427(87)90125-7.</para>
/// </remarks>
public static class Silhouette
{
    /// <summary>
    /// The mean, in [−1, 1]; a point alone in its cluster counts as 0. Invariant to what the distances are invariant to, to
    /// scaling, and to the clusters' numbers. NaN where there are not 2 to n − 1 clusters or a distance is NaN.
    /// </summary>
    /// <param name="points">Points <c>[points, coordinates]</c>, such as a layer's filters.</param>
    /// <param name="labels">The cluster of each point; any whole numbers.</param>
    /// <param name="kind">The distance.</param>
    /// <exception cref="ArgumentException">There are not as many labels as points.</exception>
    public static double Mean(Matrix points, ReadOnlySpan<int> labels, Dissimilarity kind)
    {
        if (labels.Length != points.Rows)
        {
            throw new ArgumentException($"{labels.Length} labels do not fit {points.Rows} points.");
        }

        var numbers = new Dictionary<int, int>();
        var clusters = new int[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            numbers.TryAdd(labels[i], numbers.Count);
            clusters[i] = numbers[labels[i]];
        }

        if (numbers.Count < 2 || numbers.Count >= points.Rows)
        {
            return double.NaN;
        }

        var sizes = new int[numbers.Count];
        foreach (var cluster in clusters)
        {
            sizes[cluster]++;
        }

        var distances = Dissimilarities.Pairs(points, kind);
        var sums = new double[sizes.Length];
        double total = 0;
        for (var i = 0; i < clusters.Length; i++)
        {
            Array.Clear(sums);
            for (var j = 0; j < clusters.Length; j++)
            {
                sums[clusters[j]] += i == j ? 0 : distances[Dissimilarities.Index(i, j, clusters.Length)];
            }

            total += Width(sums, sizes, clusters[i]);
        }

        return total / clusters.Length;
    }

    private static double Width(ReadOnlySpan<double> sums, ReadOnlySpan<int> sizes, int own)
    {
        if (sizes[own] == 1)
        {
            return 0;
        }

        var within = sums[own] / (sizes[own] - 1);
        var nearest = double.PositiveInfinity;
        for (var cluster = 0; cluster < sizes.Length; cluster++)
        {
            nearest = cluster == own ? nearest : Math.Min(nearest, sums[cluster] / sizes[cluster]);
        }

        // Points that all coincide are neither well nor badly placed.
        var larger = Math.Max(within, nearest);
        return larger == 0 ? 0 : (nearest - within) / larger;
    }
}
