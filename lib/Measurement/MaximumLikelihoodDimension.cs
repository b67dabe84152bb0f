namespace Ndt.Measurement;

/// <summary>
/// The maximum likelihood estimate of intrinsic dimension from distances to k neighbours: where points lie evenly near x, their number within distance t grows as tᵈ, and d
/// at x is most likely 1 / mean over j &lt; k of ln(T_k / T_j), with T_j the distance to the j-th neighbour.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="LevinaBickel"/> is the mean of the points' estimates, as first published. <see cref="Dimension"/> is the harmonic mean: the one d that is most likely for all points together
/// (MacKay and Ghahramani's correction), since the mean of estimates that are themselves reciprocals comes out too high for small k.
/// </para>
/// <para><b>When to use.</b> Beside <see cref="TwoNearestNeighbours"/>: more neighbours make a steadier estimate at a coarser scale. Take several k; a dimension that depends on k is
/// a dimension at that scale.</para>
/// <para><b>What fools it.</b> Few points in many dimensions: neighbours are then far away, the density is not even within their distance, and above about ten the estimate is far too low. A
/// boundary, which most points of a high-dimensional set are near. Noise, whose dimension is that of the space, at small scales. Clusters smaller than k.</para>
/// <para><b>Reference.</b> Levina and Bickel, "Maximum likelihood estimation of intrinsic dimension", NeurIPS 2004, eq. 8 and 9; MacKay and Ghahramani, "Comments on 'Maximum likelihood estimation of
/// intrinsic dimension' by E. Levina and P. Bickel", 2005.</para>
/// </remarks>
/// <param name="Dimension">One d for all points, &gt; 0; NaN where there are fewer than three distinct points, a value is not finite, or all neighbours are equally far.</param>
/// <param name="LevinaBickel">The mean of the points' own estimates; NaN as above, and where all neighbours of some point are equally far.</param>
/// <param name="Neighbours">k, at most the number of distinct points less one.</param>
/// <param name="Points">Distinct points; one that is there more than once counts once.</param>
public readonly record struct MaximumLikelihoodDimension(double Dimension, double LevinaBickel, int Neighbours, int Points)
{
    /// <summary>A k in the middle of the 10 to 20 that Levina and Bickel average over.</summary>
    public const int UsualNeighbours = 15;

    /// <summary>The estimate of a set of points. Takes samples² · features multiplications.</summary>
    /// <param name="matrix">[samples, features] in row order.</param>
    /// <param name="samples">Rows: the points.</param>
    /// <param name="features">Columns.</param>
    /// <param name="neighbours">k, at least 2.</param>
    /// <exception cref="ArgumentException">The values are not so many rows and columns, or k is less than 2.</exception>
    public static MaximumLikelihoodDimension Of(ReadOnlySpan<double> matrix, int samples, int features, int neighbours = UsualNeighbours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 2);
        if (NearestNeighbours.Find(matrix, samples, features, neighbours) is not { Distances: [{ Length: >= 2 and var k }, ..] distances })
        {
            return new MaximumLikelihoodDimension(double.NaN, double.NaN, 0, 0);
        }

        var inverse = Array.ConvertAll(distances, own => own[..^1].Average(distance => Math.Log(own[^1] / distance)));
        var together = inverse.Average();
        return new MaximumLikelihoodDimension(
            together > 0 ? 1 / together : double.NaN,
            Array.TrueForAll(inverse, own => own > 0) ? inverse.Average(own => 1 / own) : double.NaN,
            k,
            distances.Length);
    }

    /// <summary>As <see cref="Of(ReadOnlySpan{double}, int, int, int)"/>; computed in double precision.</summary>
    public static MaximumLikelihoodDimension Of(ReadOnlySpan<float> matrix, int samples, int features, int neighbours = UsualNeighbours) =>
        Of(MatrixShape.ToDouble(matrix), samples, features, neighbours);
}
