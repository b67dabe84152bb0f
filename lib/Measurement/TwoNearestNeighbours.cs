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
/// the representation is curved. It needs the activations; a record holds spectra, of which it cannot be taken.</para>
/// <para><b>What fools it.</b> Many dimensions: above about five it comes out too low unless there are very many points. Noise, since at the
/// distance of the nearest neighbours a thin sheet with noise is as thick as the noise. Duplicates and values on a grid, whose ratios are 1 or undefined. A density
/// that changes within the distance of two neighbours.</para>
/// <para><b>Reference.</b> Facco, d'Errico, Rodriguez and Laio, "Estimating the intrinsic dimension of datasets by a minimal neighborhood information",
/// Scientific Reports 7, 2017, doi:10.1038/s41598-017-11873-y.</para>
/// </remarks>
/// <param name="Dimension">The estimate, &gt; 0; NaN where fewer than two points tell anything.</param>
/// <param name="Points">Points that it rests on: duplicates and points whose two neighbours are equally far carry none, the farthest tenth is not fitted.</param>
public readonly record struct TwoNearestNeighbours(double Dimension, int Points)
{
    /// <summary>The share of points that is fitted: the largest ratios are few, noisy and the first to feel a boundary (Facco et al., methods).</summary>
    public const double FittedShare = 0.9;

    /// <summary>The estimate of a set of points. Takes samples² · features multiplications.</summary>
    /// <param name="matrix">[samples, features] in row order; NaN makes the estimate NaN.</param>
    /// <param name="samples">Rows: the points.</param>
    /// <param name="features">Columns.</param>
    /// <exception cref="ArgumentException">The values are not so many rows and columns.</exception>
    public static TwoNearestNeighbours Of(ReadOnlySpan<double> matrix, int samples, int features)
    {
        MatrixShape.Require(matrix.Length, samples, features);
        foreach (var value in matrix)
        {
            if (double.IsNaN(value))
            {
                return new TwoNearestNeighbours(double.NaN, 0);
            }
        }

        var logRatios = LogRatios(matrix, samples, features);
        Array.Sort(logRatios);
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

    /// <summary>ln(r₂/r₁) of every point that has a first neighbour at a distance and a second one.</summary>
    private static double[] LogRatios(ReadOnlySpan<double> matrix, int samples, int features)
    {
        var first = new double[samples];
        var second = new double[samples];
        Array.Fill(first, double.PositiveInfinity);
        Array.Fill(second, double.PositiveInfinity);
        for (var i = 0; i < samples; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var squared = SquaredDistance(matrix.Slice(i * features, features), matrix.Slice(j * features, features));
                Offer(squared, ref first[i], ref second[i]);
                Offer(squared, ref first[j], ref second[j]);
            }
        }

        var ratios = new List<double>(samples);
        for (var i = 0; i < samples; i++)
        {
            if (first[i] > 0 && double.IsFinite(second[i]))
            {
                ratios.Add(0.5 * Math.Log(second[i] / first[i]));
            }
        }

        return [.. ratios];
    }

    private static void Offer(double squared, ref double first, ref double second)
    {
        if (squared < first)
        {
            (first, second) = (squared, first);
        }
        else if (squared < second)
        {
            second = squared;
        }
    }

    // From differences, not from a Gram matrix: neighbours can be close beside their distance from the origin.
    private static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var gap = a[i] - b[i];
            sum += gap * gap;
        }

        return sum;
    }
}
