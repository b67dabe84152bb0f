namespace Ndt.Measurement;

/// <summary>
/// The participation ratio of neighbourhoods: of the k nearest neighbours of each point, corrected as in <see cref="CorrectedParticipationRatio"/>; over the points, the inverse of the mean of the inverses.
/// </summary>
/// <remarks>
/// <para>
/// A bent sheet of d dimensions has globally as many as it bends through, locally d. Where points lie evenly, the neighbours of a point inside the distance of the next one are independent of each other, which
/// the correction needs; the point itself, which sits in their middle by choice, is left out. Inverses are averaged since their denominators, (tr C)², are never near 0, while a corrected tr C² may be.
/// </para>
/// <para><b>When to use.</b> Beside the global <see cref="CorrectedParticipationRatio"/>: a local one far below it says that the representation is curved, or falls into parts. Beside
/// <see cref="TwoNearestNeighbours"/>, which looks at distances alone and at the smallest scale, where noise is largest. <see cref="Row"/> where the features are all there are,
/// <see cref="Both"/> where they are a sample of more.</para>
/// <para><b>What fools it.</b> k is a choice: a wide neighbourhood counts the bending, and among few points every neighbourhood is wide. In many dimensions too, where k neighbours reach far. Directions
/// along which the neighbourhood is thinner count in part. Near a boundary neighbourhoods are lopsided, and the ratio is too low.</para>
/// <para><b>Reference.</b> Chun, Canatar, Chung and Lee, "Estimating dimensionality of neural representations from finite samples", ICLR 2026, arXiv:2509.26560, weight samples by
/// whether they lie near a point. Which neighbourhoods, and the mean over points, are ours.</para>
/// </remarks>
/// <param name="Naive">Uncorrected, in [1, k − 1]; NaN where there are fewer than three distinct points or a value is not finite.</param>
/// <param name="Row">Corrected for the number of neighbours; NaN also where they are fewer than four.</param>
/// <param name="Both">Corrected for the number of features, too; NaN also where there is one.</param>
/// <param name="Neighbours">k, at most the number of distinct points less one.</param>
/// <param name="Points">Distinct points; one that is there more than once counts once.</param>
public readonly record struct LocalParticipationRatio(double Naive, double Row, double Both, int Neighbours, int Points)
{
    /// <summary>Neighbours that show up to about ten dimensions.</summary>
    public const int UsualNeighbours = 20;

    /// <summary>The estimate of a set of points. Takes samples² · features multiplications, and neighbours² · features for each point.</summary>
    /// <param name="matrix">[samples, features] in row order.</param>
    /// <param name="samples">Rows: the points.</param>
    /// <param name="features">Columns.</param>
    /// <param name="neighbours">k, at least 2.</param>
    /// <exception cref="ArgumentException">The values are not so many rows and columns, or k is less than 2.</exception>
    public static LocalParticipationRatio Of(ReadOnlySpan<double> matrix, int samples, int features, int neighbours = UsualNeighbours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 2);
        if (NearestNeighbours.Find(matrix, samples, features, neighbours) is not { Distances: [{ Length: >= 2 and var k }, ..] } found)
        {
            return new LocalParticipationRatio(double.NaN, double.NaN, double.NaN, 0, 0);
        }

        var points = found.Distances.Length;
        var patch = new double[k * features];
        double naive = 0, row = 0, both = 0;
        for (var point = 0; point < points; point++)
        {
            // From differences to the point: the patch is small beside its distance from the origin.
            var centre = found.Point(point);
            for (var i = 0; i < patch.Length; i++)
            {
                patch[i] = found.Point(found.Indices[point][i / features])[i % features] - centre[i % features];
            }

            var ratios = CorrectedParticipationRatio.Of(patch, k, features);
            naive += 1 / ratios.Naive / points;
            row += 1 / ratios.Row / points;
            both += 1 / ratios.Both / points;
        }

        return new LocalParticipationRatio(1 / naive, 1 / row, 1 / both, k, points);
    }

    /// <summary>As <see cref="Of(ReadOnlySpan{double}, int, int, int)"/>; computed in double precision.</summary>
    public static LocalParticipationRatio Of(ReadOnlySpan<float> matrix, int samples, int features, int neighbours = UsualNeighbours) =>
        Of(MatrixShape.ToDouble(matrix), samples, features, neighbours);
}
