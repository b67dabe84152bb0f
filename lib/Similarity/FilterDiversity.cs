using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Statistics;

namespace Ndt.Similarity;

/// <summary>How clustered a layer's filters are beside filters of noise: the study's k-means silhouette with the reference it lacked.</summary>
/// <remarks>
/// <para>
/// The mean <see cref="Similarity.Silhouette"/> of k-means clusters of a layer's filters, beside mean and central 95 % of the same figure of as many Gaussian filters.
/// </para>
/// <para><b>When to use.</b> To ask whether filters form groups at all, at one k that was fixed before.</para>
/// <para><b>What fools it.</b> Trying several k and keeping the best. Trained filters may be smooth, which Gaussian noise is not: filters that are merely smooth have fewer effective dimensions, and
/// so a higher silhouette, than the noise they are held against. Above noise is not "several kinds of filter" yet.</para>
/// <para><b>Reference.</b> The study's phase 2, which gave the silhouette without a reference (defect H).</para>
/// </remarks>
/// <param name="Silhouette">The silhouette of the filters' k-means clusters, in [−1, 1]; NaN where it is undefined.</param>
/// <param name="GaussianMean">The mean over the draws of as many Gaussian filters of the same size.</param>
/// <param name="GaussianLow">The 2.5 % quantile over the draws.</param>
/// <param name="GaussianHigh">The 97.5 % quantile over the draws: filters above it are more clustered than noise.</param>
public readonly record struct FilterDiversity(double Silhouette, double GaussianMean, double GaussianLow, double GaussianHigh)
{
    /// <summary>
    /// Clusters <paramref name="filters"/> <c>[filters, weights]</c> by k-means and does the same with independent N(0, 1) filters.
    /// Invariant to permuting the filters (but for k-means' random starts), to orthogonal maps of the weights and to scaling; with
    /// cosine distances to scaling each filter. k-means finds k clusters in noise too: only the comparison says anything.
    /// </summary>
    /// <param name="filters">A row per filter (<see cref="Matrix.FromUnits"/>).</param>
    /// <param name="clusters">k, 2 to filters − 1.</param>
    /// <param name="kind">The distance; for cosine and correlation the filters are brought to length 1 first, which is what k-means then works on.</param>
    /// <param name="seed">Of k-means' starts and of the draws.</param>
    /// <param name="draws">Draws of Gaussian filters; 100 give the quantiles to about one draw in forty.</param>
    /// <param name="restarts">Starts of each k-means.</param>
    /// <exception cref="ArgumentException">There are not 2 to filters − 1 clusters.</exception>
    public static FilterDiversity Measure(Matrix filters, int clusters, Dissimilarity kind, int seed, int draws = 100, int restarts = 8)
    {
        if (clusters < 2 || clusters >= filters.Rows)
        {
            throw new ArgumentException($"{filters.Rows} filters do not make {clusters} clusters; 2 to {filters.Rows - 1} are expected.", nameof(clusters));
        }

        var random = new MersenneTwister(seed);
        var gaussian = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var noise = new double[filters.Values.Length];
            Normal.Samples(random, noise, 0, 1);
            gaussian[draw] = SilhouetteOf(new Matrix(filters.Rows, filters.Columns, noise), clusters, kind, random.Next(), restarts);
        }

        return new FilterDiversity(
            SilhouetteOf(filters, clusters, kind, seed, restarts),
            draws == 0 ? double.NaN : gaussian.Average(),
            Percentiles.Quantile(gaussian, 0.025),
            Percentiles.Quantile(gaussian, 0.975));
    }

    private static double SilhouetteOf(Matrix filters, int clusters, Dissimilarity kind, int seed, int restarts)
    {
        var points = Dissimilarities.Coordinates(filters, kind);
        return points.IsFinite && points.Columns > 0
            ? Similarity.Silhouette.Mean(filters, KMeans.Cluster(points.Values, points.Columns, clusters, seed, restarts).Labels, kind)
            : double.NaN;
    }
}
