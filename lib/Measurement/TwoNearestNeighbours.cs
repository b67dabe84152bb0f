namespace Ndt.Measurement;

/// <summary>
/// TwoNN, an intrinsic dimension from distances to two neighbours: with μ = r₂/r₁ the ratio of a point's distances to its second and first neighbour,
/// −ln(1 − F(μ)) = d·ln μ, where F is the share of points with a smaller ratio; d is the slope through the origin over the lowest 90 % of μ.
/// </summary>
/// <remarks>
/// <para>
/// A dimension of the point set near each point, not of the space it spans: a curve in 20 dimensions has 1. It ignores scale and centring.
/// </para>
/// <para><b>When to use.</b> Beside the participation ratio, to tell a bent sheet of few dimensions from a flat cloud of many: where the two differ much,
/// the representation is curved. It needs the activations; a record holds figures, of which it cannot be taken.
/// Beside <see cref="MaximumLikelihoodDimension"/>, which looks at more neighbours: where the two differ, the dimension depends on the scale, and <see cref="Gride"/> says how.</para>
/// <para><b>What fools it.</b> Many dimensions: above about five it comes out too low unless there are very many points. Noise, since at the
/// distance of the nearest neighbours a thin sheet with noise is as thick as the noise. Values on a grid and points that are nearly, but not exactly, repeated, whose ratios are 1
/// or huge. A density that changes within the distance of two neighbours. And the question itself: on representations of trained networks the common estimators do not follow the
/// true dimension where that is known (Schulte and Rügamer, arXiv:2604.20276), so that a comparison of layers or moments is worth more than the number.</para>
/// <para><b>Reference.</b> Facco, d'Errico, Rodriguez and Laio, "Estimating the intrinsic dimension of datasets by a minimal neighborhood information",
/// Scientific Reports 7, 2017, doi:10.1038/s41598-017-11873-y.</para>
/// </remarks>
/// <param name="Dimension">The estimate, &gt; 0; NaN where there are fewer than three distinct points, a value is not finite, or all fitted ratios are 1.</param>
/// <param name="Points">Distinct points that it rests on: the tenth of the largest ratios is not fitted.</param>
public readonly record struct TwoNearestNeighbours(double Dimension, int Points)
{
    /// <summary>The share of points that is fitted: the largest ratios are few, noisy and the first to feel a boundary (Facco et al., methods).</summary>
    public const double FittedShare = 0.9;

    /// <summary>The estimate of a set of points. A point that is there more than once counts once. Takes samples² · features multiplications.</summary>
    /// <param name="matrix">[samples, features] in row order; a value that is not finite makes the estimate NaN.</param>
    /// <param name="samples">Rows: the points.</param>
    /// <param name="features">Columns.</param>
    /// <exception cref="ArgumentException">The values are not so many rows and columns.</exception>
    public static TwoNearestNeighbours Of(ReadOnlySpan<double> matrix, int samples, int features)
    {
        if (NearestNeighbours.Find(matrix, samples, features, count: 2) is not { } neighbours)
        {
            return new TwoNearestNeighbours(double.NaN, 0);
        }

        var logRatios = neighbours.Distances.Where(own => own.Length == 2).Select(own => Math.Log(own[1] / own[0])).Order().ToArray();
        var fitted = (int)(logRatios.Length * FittedShare);
        double xy = 0, xx = 0;
        for (var i = 0; i < fitted; i++)
        {
            xy += logRatios[i] * -Math.Log(1 - ((i + 1.0) / logRatios.Length));
            xx += logRatios[i] * logRatios[i];
        }

        return new TwoNearestNeighbours(xx > 0 ? xy / xx : double.NaN, fitted);
    }

    /// <summary>As <see cref="Of(ReadOnlySpan{double}, int, int)"/>; computed in double precision.</summary>
    public static TwoNearestNeighbours Of(ReadOnlySpan<float> matrix, int samples, int features) =>
        Of(MatrixShape.ToDouble(matrix), samples, features);
}
