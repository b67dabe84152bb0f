using MathNet.Numerics.LinearAlgebra;

namespace Ndt.Similarity;

/// <summary>
/// Canonical correlation analysis between activations X and Y, <c>[samples, features]</c> of the same samples,
/// centred here: how well the best linear combinations of one side's features match those of the other. The correlations are the singular values of QₓᵀQᵧ, with Q
/// orthonormal bases of the two column spaces.
/// </summary>
/// <remarks>
/// <para>Invariant to every invertible affine map of the features, and so to permutations, orthogonal maps and scaling. Symmetric.</para>
/// <para><b>Which directions count.</b> Those of a singular value above max(n, p) · ε of the largest, as in numpy's <c>matrix_rank</c>; ε is that of the numbers, 2⁻²³ where all are
/// of single precision, as activations are, else 2⁻⁵².</para>
/// <para><b>When to use.</b> Where two layers count as the same when a linear read-out of one can do what that of the other does, and there are many more samples than features.
/// Otherwise <see cref="Svcca"/>.</para>
/// <para><b>What fools it.</b> Its invariance: directions of next to no variance count as much as the largest. Few samples: with as many features as samples every correlation is 1,
/// whatever the data, and well before that they are high.</para>
/// <para><b>Reference.</b> Hotelling, "Relations between two sets of variates", Biometrika 28, 1936, doi:10.1093/biomet/28.3-4.321; computed after Björck and Golub,
/// "Numerical methods for computing angles between linear subspaces", Mathematics of Computation 27, 1973, doi:10.1090/S0025-5718-1973-0348991-3.</para>
/// </remarks>
public static class CanonicalCorrelation
{
    /// <summary>The canonical correlations, in [0, 1], largest first, as many as the smaller of the two ranks; empty where an element is not finite, there are fewer than 2 samples, or a side is constant.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double[] All(Matrix x, Matrix y) =>
        Samples.AreComparable(ref x, ref y, minimum: 2) && Subspace.Of(x) is { } a && Subspace.Of(y) is { } b ? Between(a, b) : [];

    /// <summary>The mean of <see cref="All"/>, in [0, 1] (Raghu et al. 2017, ρ̄); NaN where there are none.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double Mean(Matrix x, Matrix y) => MeanOf(All(x, y));

    /// <summary>The cosines of the principal angles: the singular values of the product of orthonormal bases (Björck and Golub 1973).</summary>
    internal static double[] Between(Subspace x, Subspace y) => Clamp(x.Directions.TransposeThisAndMultiply(y.Directions).Svd(computeVectors: false).S);

    /// <summary>Correlations beyond 1 are rounding.</summary>
    internal static double[] Clamp(Vector<double> correlations) => [.. correlations.Select(value => Math.Clamp(value, 0, 1))];

    internal static double MeanOf(double[] correlations) => correlations.Length == 0 ? double.NaN : correlations.Average();
}
