using System.Globalization;

namespace Ndt.Similarity;

/// <summary>
/// Singular vector canonical correlation between activations X and Y, <c>[samples, features]</c> of the same samples, centred
/// here: each side is cut to the leading singular directions that hold 99 % of its variance, and the mean canonical correlation
/// of what is left is taken.
/// </summary>
/// <remarks>
/// <para>
/// Invariant to orthogonal maps of the features (permutations among them), to isotropic scaling and to shifts. Not to general
/// invertible maps, which change the variances by which directions are kept. Symmetric.
/// </para>
/// <para><b>When to use.</b> In place of <see cref="CanonicalCorrelation"/> where layers have directions of noise, which it does not count.</para>
/// <para><b>What fools it.</b> The share of 99 % is a choice. The mean weighs all kept directions alike, the hundredth as the first (see <see cref="Pwcca"/>). With nearly as many
/// kept directions as samples it is near 1 for everything.</para>
/// <para><b>Reference.</b> Raghu, Gilmer, Yosinski and Sohl-Dickstein, "SVCCA: singular vector canonical correlation analysis for deep learning dynamics and interpretability",
/// NeurIPS 2017, section 2, arXiv:1706.05806.</para>
/// </remarks>
public static class Svcca
{
    /// <summary>The paper's share of the variance to keep.</summary>
    public const double DefaultShare = 0.99;

    /// <summary>The mean correlation, in [0, 1]; NaN where an element is not finite, there are fewer than 2 samples or no features, or a side is constant.</summary>
    /// <param name="x">Activations <c>[samples, features]</c>.</param>
    /// <param name="y">Activations of the same samples.</param>
    /// <param name="share">Share of the variance to keep, in (0, 1].</param>
    /// <exception cref="ArgumentException">The numbers of samples differ, or the share is not in (0, 1].</exception>
    public static double Similarity(Matrix x, Matrix y, double share = DefaultShare)
    {
        if (share is not (> 0 and <= 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The share of variance to keep is {share}; more than 0 and at most 1 is expected."), nameof(share));
        }

        return Samples.AreComparable(ref x, ref y, minimum: 2) && Subspace.Of(x) is { } a && Subspace.Of(y) is { } b
            ? CanonicalCorrelation.MeanOf(CanonicalCorrelation.Between(a.Leading(share), b.Leading(share)))
            : double.NaN;
    }
}
