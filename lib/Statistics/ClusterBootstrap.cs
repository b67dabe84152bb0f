using MathNet.Numerics.Random;

namespace Ndt.Statistics;

/// <summary>
/// The bootstrap for data in clusters: layers of one run, and seeds of one experiment, resemble each other, so whole clusters are
/// resampled and not the values in them (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, §3.8).
/// </summary>
public static class ClusterBootstrap
{
    /// <summary>
    /// Draws resamples of <paramref name="clusters"/> (experiments, each with its units: one run a seed) and takes
    /// <paramref name="statistic"/> of each, over the units of all drawn clusters in a row. The jackknife leaves out one cluster at a time.
    /// </summary>
    /// <param name="clusters">At least one; none of them empty.</param>
    /// <param name="statistic">A function of the units in any order; where it is NaN for a resample, no interval can be given and its ends are NaN.</param>
    /// <param name="replicates">Resamples; 2,000 hold the ends of a 95 % interval still to about a twentieth of its width.</param>
    /// <param name="seed">The same seed gives the same replicates.</param>
    /// <remarks>
    /// Units within a drawn cluster are not resampled: whole clusters alone carry the variance between clusters and within them already, and a second stage counts the latter twice (Davison
    /// and Hinkley, strategies 1 and 2).
    /// </remarks>
    /// <exception cref="ArgumentException">No clusters, or an empty one.</exception>
    public static BootstrapDistribution Draw<T>(
        IReadOnlyList<IReadOnlyList<T>> clusters, Func<IReadOnlyList<T>, double> statistic, int replicates, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        if (clusters.Count == 0 || clusters.Any(cluster => cluster.Count == 0))
        {
            throw new ArgumentException("a bootstrap needs at least one cluster, and at least one unit in each", nameof(clusters));
        }

        var random = new MersenneTwister(seed);
        var drawn = new List<T>();
        var values = new double[replicates];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            drawn.Clear();
            for (var i = 0; i < clusters.Count; i++)
            {
                drawn.AddRange(clusters[random.Next(clusters.Count)]);
            }

            values[replicate] = statistic(drawn);
        }

        T[] all = [.. clusters.SelectMany(cluster => cluster)];
        return new BootstrapDistribution(statistic(all), values, Jackknife(clusters, statistic), seed, all.Length);
    }

    /// <summary>As <see cref="Draw{T}"/> where every unit is a cluster of its own: the ordinary bootstrap.</summary>
    public static BootstrapDistribution DrawUnits<T>(IReadOnlyList<T> units, Func<IReadOnlyList<T>, double> statistic, int replicates, int seed) =>
        Draw([.. units.Select(unit => (IReadOnlyList<T>)[unit])], statistic, replicates, seed);

    private static double[] Jackknife<T>(IReadOnlyList<IReadOnlyList<T>> clusters, Func<IReadOnlyList<T>, double> statistic)
    {
        if (clusters.Count < 2)
        {
            return [];
        }

        var left = new List<T>();
        var values = new double[clusters.Count];
        for (var without = 0; without < values.Length; without++)
        {
            left.Clear();
            for (var i = 0; i < clusters.Count; i++)
            {
                if (i != without)
                {
                    left.AddRange(clusters[i]);
                }
            }

            values[without] = statistic(left);
        }

        return values;
    }
}
