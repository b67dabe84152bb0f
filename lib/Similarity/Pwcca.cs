using System.Numerics.Tensors;

namespace Ndt.Similarity;

/// <summary>
/// Projection-weighted canonical correlation between activations X and Y, <c>[samples, features]</c> of the same samples,
/// centred here: the mean canonical correlation Σαᵢρᵢ / Σαᵢ with weight αᵢ = Σⱼ |⟨hᵢ, xⱼ⟩|, how much of X's features xⱼ the canonical
/// variate hᵢ accounts for.
/// </summary>
/// <remarks>
/// <para>
/// Not symmetric: the weights are X's; put the reference first. Invariant to every invertible affine map of Y's features; of
/// X's only to permutations, isotropic scaling and shifts, since the weights are sums over single features.
/// </para>
/// <para><b>Which directions count.</b> Those of a singular value above max(n, p) · ε of the largest, as in numpy's <c>matrix_rank</c>; ε is that of the numbers, 2⁻²³ where all are
/// of single precision, as activations are, else 2⁻⁵².</para>
/// <para><b>When to use.</b> Where one side is the reference (a layer's final state), and directions should count by how much of it they carry.</para>
/// <para><b>What fools it.</b> Few samples, as with all of CCA: with as many features as samples it is 1 for everything. Equal subspaces give 1 whatever happens within them.
/// Exchanging the sides gives another number.</para>
/// <para><b>Reference.</b> Morcos, Raghu and Bengio, "Insights on representational similarity in neural networks with canonical correlation", NeurIPS 2018, arXiv:1806.05759.</para>
/// </remarks>
public static class Pwcca
{
    /// <summary>The weighted mean correlation, in [0, 1]; NaN where an element is not finite, there are fewer than 2 samples or no features, or a side is constant.</summary>
    /// <param name="x">Activations <c>[samples, features]</c> that give the weights.</param>
    /// <param name="y">Activations of the same samples.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double Similarity(Matrix x, Matrix y)
    {
        if (!Samples.AreComparable(ref x, ref y, minimum: 2) || Subspace.Of(x) is not { } a || Subspace.Of(y) is not { } b)
        {
            return double.NaN;
        }

        var svd = a.Directions.TransposeThisAndMultiply(b.Directions).Svd();
        var count = Math.Min(a.Rank, b.Rank);
        var correlations = CanonicalCorrelation.Clamp(svd.S);

        // X's canonical variates, a row each: orthonormal combinations of its directions.
        var variates = a.Directions.Multiply(svd.U.SubMatrix(0, a.Rank, 0, count)).ToColumnArrays();
        var features = x.Centred().Transpose();
        double weights = 0, weighted = 0;
        for (var i = 0; i < count; i++)
        {
            double weight = 0;
            for (var j = 0; j < features.Rows; j++)
            {
                weight += Math.Abs(TensorPrimitives.Dot<double>(variates[i], features.Row(j)));
            }

            weights += weight;
            weighted += weight * correlations[i];
        }

        return weighted / weights;
    }
}
