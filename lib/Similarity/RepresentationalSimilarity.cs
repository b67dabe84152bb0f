using Ndt.Statistics;

namespace Ndt.Similarity;

/// <summary>
/// Representational similarity analysis between activations X and Y, <c>[samples, features]</c> of the same samples: Spearman's
/// ρ between the two lists of distances of all pairs of samples.
/// </summary>
/// <remarks>
/// <para>
/// Invariant to any monotone change of the distances, and to what the distances themselves are invariant to: with Euclidean
/// ones to orthogonal maps of the features, isotropic scaling and shifts; with correlation distances (the paper's) to permuting
/// the features and to an affine map of each sample, but not to orthogonal maps in general. To general invertible maps neither
/// is. Symmetric.
/// </para>
/// <para><b>When to use.</b> Where only the order of distances between samples should count, or one side is no layer at all but a model's or a person's judgement of how alike samples are.</para>
/// <para><b>What fools it.</b> Classes: where samples fall into clusters, most of ρ says that both sides have the clusters. Noise in small distances is ranked as seriously as large
/// ones. The pairs are not independent of each other: a p-value of this ρ would mean nothing, so none is given.</para>
/// <para><b>Reference.</b> Kriegeskorte, Mur and Bandettini, "Representational similarity analysis: connecting the branches of systems neuroscience", Frontiers in Systems
/// Neuroscience 2, 2008, doi:10.3389/neuro.06.004.2008.</para>
/// </remarks>
public static class RepresentationalSimilarity
{
    /// <summary>ρ in [−1, 1], about 0 for unrelated representations; NaN where an element is not finite, there are fewer than 3 samples or no features, all distances of a side are equal, or one is undefined.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double Similarity(Matrix x, Matrix y, Dissimilarity kind = Dissimilarity.Correlation)
    {
        if (!Samples.AreComparable(ref x, ref y, minimum: 3))
        {
            return double.NaN;
        }

        var (a, b) = (Dissimilarities.Pairs(x, kind), Dissimilarities.Pairs(y, kind));
        return a.Any(double.IsNaN) || b.Any(double.IsNaN) ? double.NaN : Spearman.Correlate(a, b).Rho;
    }
}
