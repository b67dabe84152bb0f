using System.Numerics.Tensors;

namespace Ndt.Similarity;

/// <summary>
/// Centred kernel alignment with a linear kernel between activations X and Y, <c>[samples, features]</c> of the same samples;
/// the features are centred here, and their numbers may differ. ‖XᵀY‖²_F / (‖XᵀX‖_F ‖YᵀY‖_F), as it stands or free of bias.
/// </summary>
/// <remarks>
/// <para>
/// Invariant to orthogonal maps of the features (permutations among them), to isotropic scaling and to shifts; not to general invertible maps. Symmetric.
/// NaN where it is undefined: an element is not finite, there are no features, a representation is constant over the samples,
/// or there are too few samples (2 biased, 4 debiased).
/// </para>
/// <para><b>When to use.</b> As the common currency for comparing layers of different width or of different networks; <see cref="Debiased"/> unless samples are many times
/// the features. Beside a floor (networks trained apart) and a ceiling (a copy with its units permuted): the number alone says little.</para>
/// <para><b>What fools it.</b> A few directions of large variance decide, and what happens in the others hardly shows. A few outlying samples can carry it (Davari et al.). Biased, few samples:
/// unrelated representations look alike. Inputs that share a strong structure make random networks alike, too.</para>
/// <para><b>Reference.</b> Kornblith, Norouzi, Lee and Hinton, "Similarity of neural network representations revisited", ICML 2019, equation 4, arXiv:1905.00414.
/// Davari, Horoi, Natik, Lajoie, Wolf and Belilovsky, "Reliability of CKA as a similarity measure in deep learning", ICLR 2023, arXiv:2210.16156.</para>
/// </remarks>
public static class LinearCka
{
    /// <summary>
    /// ‖XᵀY‖²_F / (‖XᵀX‖_F ‖YᵀY‖_F), in [0, 1]. Biased upwards where samples are few: independent Gaussian features give about
    /// p / (p + n) for p features and n samples. Use it on many samples, <see cref="Debiased"/> otherwise.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double Biased(Matrix x, Matrix y)
    {
        if (!Samples.AreComparable(ref x, ref y, minimum: 2))
        {
            return double.NaN;
        }

        var (a, b) = (x.Centred(), y.Centred());
        return Math.Min(1, Ratio(CrossProduct.NormSquared(a, b), CrossProduct.NormSquared(a, a), CrossProduct.NormSquared(b, b), VanishingNorm(x, a), VanishingNorm(y, b)));
    }

    /// <summary>
    /// The same ratio of the unbiased estimator HSIC₁ of Song et al., "Feature selection via dependence maximization", JMLR 13
    /// (2012), as used by Nguyen, Raghu and Kornblith, "Do wide and deep networks learn the same things?", ICLR
    /// 2021, arXiv:2010.15327: about 0 for independent features at any number of samples, at most 1, and somewhat below 0 by chance. It is free of the bias of few
    /// <em>samples</em>; where the features are themselves a sample of more units, the norms below the fraction are still too large and the ratio too
    /// small (<see cref="Both"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double Debiased(Matrix x, Matrix y)
    {
        if (!Samples.AreComparable(ref x, ref y, minimum: 4))
        {
            return double.NaN;
        }

        var (a, b) = (x.Centred(), y.Centred());
        return Ratio(Hsic1(a, b), Hsic1(a, a), Hsic1(b, b), VanishingNorm(x, a), VanishingNorm(y, b));
    }

    /// <summary>
    /// The debiased ratio for features that are a sample of more units, as recorded neurons or a narrow layer that stands for a wide one: an estimate of the CKA of all units.
    /// Of a side with itself, ‖XᵀX‖² counts each feature's product with itself, which a sample of p features does p times too often: those terms are left out, and the mean is
    /// taken over the p(p − 1) others. About 0 for independent features; it may exceed 1 by chance. Use <see cref="Debiased"/> where the features are all there are.
    /// </summary>
    /// <remarks>After Chun, Canatar, Chung and Lee, arXiv:2502.15104; what it gives is held to simulated populations of units in this project's tests.</remarks>
    /// <returns>The ratio; NaN also where a side has one feature, or too few for a positive norm.</returns>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static double Both(Matrix x, Matrix y)
    {
        if (!Samples.AreComparable(ref x, ref y, minimum: 4) || x.Columns < 2 || y.Columns < 2)
        {
            return double.NaN;
        }

        var (a, b) = (x.Centred(), y.Centred());
        double p = x.Columns, q = y.Columns;
        return Ratio(
            Hsic1(a, b) / (p * q), BetweenFeatures(a) / (p * (p - 1)), BetweenFeatures(b) / (q * (q - 1)), VanishingNorm(x, a), VanishingNorm(y, b));
    }

    /// <summary>HSIC₁ of features with themselves, without the terms of a feature with itself.</summary>
    private static double BetweenFeatures(Matrix features)
    {
        var columns = features.Transpose();
        var sum = Hsic1(features, features);
        for (var i = 0; i < columns.Rows; i++)
        {
            var one = new Matrix(columns.Columns, 1, columns.Row(i).ToArray());
            sum -= Hsic1(one, one);
        }

        return sum;
    }

    private static double Ratio(double cross, double own, double other, bool ownVanishes, bool otherVanishes) =>
        own > 0 && other > 0 && !ownVanishes && !otherVanishes ? cross / (Math.Sqrt(own) * Math.Sqrt(other)) : double.NaN;

    /// <summary>Whether centring left nothing but rounding: the features are constant.</summary>
    private static bool VanishingNorm(Matrix matrix, Matrix centred) =>
        Matrix.IsRounding(TensorPrimitives.Norm(centred.Values), TensorPrimitives.Norm(matrix.Values));

    /// <summary>
    /// n(n−3) HSIC₁ of centred features; the factor cancels in the ratio. Song's HSIC₁ in the Gram matrices K and L with
    /// their diagonals removed becomes this, since the rows of a centred Gram matrix sum to 0 and HSIC₁ does not change with
    /// centring: ⟨K, L⟩ − n/(n−2) Σ kᵢᵢlᵢᵢ + Σkᵢᵢ Σlᵢᵢ / ((n−1)(n−2)).
    /// </summary>
    private static double Hsic1(Matrix x, Matrix y)
    {
        double n = x.Rows, traces = 0, traceX = 0, traceY = 0;
        for (var i = 0; i < x.Rows; i++)
        {
            var (k, l) = (TensorPrimitives.SumOfSquares(x.Row(i)), TensorPrimitives.SumOfSquares(y.Row(i)));
            traces += k * l;
            traceX += k;
            traceY += l;
        }

        return CrossProduct.NormSquared(x, y) - (n / (n - 2) * traces) + (traceX * traceY / ((n - 1) * (n - 2)));
    }
}
