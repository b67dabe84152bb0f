using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Ndt.Similarity;

/// <summary>
/// How far activations X and Y, <c>[samples, features]</c> of the same samples, each centred and scaled to Frobenius norm 1 here, are apart after the best
/// rotation of one onto the other: the squared orthogonal Procrustes distance, min over orthogonal Q of ‖X − YQ‖²_F = 2 − 2‖XᵀY‖_*. Its root is the
/// distance, and a metric; the square is none (it breaks the triangle inequality).
/// </summary>
/// <remarks>
/// <para>
/// Invariant to orthogonal maps of the features (permutations among them), to isotropic scaling and to shifts; not to general
/// invertible maps. Where the numbers of features differ, the smaller side counts as padded with zeros. Symmetric, and 1 − ‖XᵀY‖_*
/// vanishes only for representations that are equal up to these maps.
/// </para>
/// <para><b>When to use.</b> Beside CKA, as a second opinion that weighs small directions more; and where a distance is needed: <see cref="Distance"/>.</para>
/// <para><b>What fools it.</b> Few samples: a best rotation is sought, and with many features one fits anything somewhat, so that unrelated representations are well above 0. Compare with
/// a floor of the same shape. Large directions still weigh most.</para>
/// <para><b>Reference.</b> Ding, Denain and Steinhardt, "Grounding representation similarity through statistical testing", NeurIPS 2021, arXiv:2108.01661.</para>
/// </remarks>
public static class Procrustes
{
    /// <summary>The squared distance, in [0, 2]; 0 for representations equal up to an orthogonal map, 2 for uncorrelated ones. NaN as for <see cref="Similarity"/>.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double SquaredDistance(Matrix x, Matrix y) => 2 - (2 * Similarity(x, y));

    /// <summary>The distance, in [0, √2]: a metric on representations up to the maps named above (Williams et al., NeurIPS 2021, arXiv:2110.14739). NaN as for <see cref="Similarity"/>.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double Distance(Matrix x, Matrix y) => Math.Sqrt(SquaredDistance(x, y));

    /// <summary>The nuclear norm ‖XᵀY‖_*, in [0, 1], which is 1 − distance² / 2; NaN where an element is not finite, there are fewer than 2 samples or no features, or a side is constant.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double Similarity(Matrix x, Matrix y)
    {
        if (!Samples.AreComparable(ref x, ref y, minimum: 2) || Normalised(x) is not { } a || Normalised(y) is not { } b)
        {
            return double.NaN;
        }

        return Math.Min(1, a.Multiply(b.Transpose()).Svd(computeVectors: false).S.Sum());
    }

    /// <summary>
    /// The transposed, centred and scaled activations, <c>[features, samples]</c>. More features than samples are turned by an
    /// orthogonal map into as many as there are samples, which changes no distance.
    /// </summary>
    private static Matrix<double>? Normalised(Matrix x)
    {
        var centred = x.Centred();
        var norm = TensorPrimitives.Norm(centred.Values);
        if (Matrix.IsRounding(norm, TensorPrimitives.Norm(x.Values)))
        {
            return null;
        }

        // The row-major values of X are the column-major values of Xᵀ.
        var transposed = Matrix<double>.Build.Dense(centred.Columns, centred.Rows, centred.Values.ToArray()).Divide(norm);
        return centred.Columns > centred.Rows ? transposed.QR().R : transposed;
    }
}
