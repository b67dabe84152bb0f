using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Intrinsic dimension by principal components of neighbourhoods: around each point, of the point and its k nearest neighbours, the number of variances λᵢ above a share α of the
/// largest; the mean over points.
/// </summary>
/// <remarks>
/// <para>In a neighbourhood small enough to be flat a sheet of d dimensions has d variances of one size; the rest is bending and noise.</para>
/// <para><b>When to use.</b> As a check on <see cref="TwoNearestNeighbours"/> and <see cref="MaximumLikelihoodDimension"/> by another route: it holds on to the noise-free dimension where
/// noise is thin beside the neighbourhood.</para>
/// <para><b>What fools it.</b> k is a choice: of d dimensions at most k can be seen, and far fewer well; a wide neighbourhood counts the bending. Variances of one size scatter when k
/// is small, so that the smallest fall below the share: above about ten dimensions it comes out too low. Directions that are truly thin are not counted.</para>
/// <para><b>Reference.</b> Fukunaga and Olsen, "An algorithm for finding intrinsic dimensionality of data", IEEE Transactions on Computers C-20, 1971,
/// doi:10.1109/T-C.1971.223208.</para>
/// </remarks>
/// <param name="Dimension">The mean over points, in [1, min(k, features)]; NaN where there are fewer than two distinct points or a value is not finite.</param>
/// <param name="Neighbours">k, at most the number of distinct points less one.</param>
/// <param name="Points">Distinct points; one that is there more than once counts once.</param>
public readonly record struct LocalPrincipalComponents(double Dimension, int Neighbours, int Points)
{
    /// <summary>Neighbours that show up to about ten dimensions.</summary>
    public const int UsualNeighbours = 50;

    /// <summary>Fukunaga and Olsen's share.</summary>
    public const double UsualShare = 0.05;

    /// <summary>The estimate of a set of points. Takes samples² · features multiplications, and a decomposition for each point.</summary>
    /// <param name="matrix">[samples, features] in row order.</param>
    /// <param name="samples">Rows: the points.</param>
    /// <param name="features">Columns.</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="share">α, in (0, 1).</param>
    /// <exception cref="ArgumentException">The values are not so many rows and columns, k is less than 1, or α not in (0, 1).</exception>
    public static LocalPrincipalComponents Of(ReadOnlySpan<double> matrix, int samples, int features, int neighbours = UsualNeighbours, double share = UsualShare)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        if (share is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "more than 0 and less than 1 is expected");
        }

        if (NearestNeighbours.Find(matrix, samples, features, neighbours) is not { Distances: [{ Length: >= 1 and var k }, ..] } found)
        {
            return new LocalPrincipalComponents(double.NaN, 0, 0);
        }

        double sum = 0;
        for (var i = 0; i < found.Distances.Length; i++)
        {
            sum += Components(found, i, share);
        }

        return new LocalPrincipalComponents(sum / found.Distances.Length, k, found.Distances.Length);
    }

    /// <summary>As <see cref="Of(ReadOnlySpan{double}, int, int, int, double)"/>; computed in double precision.</summary>
    public static LocalPrincipalComponents Of(ReadOnlySpan<float> matrix, int samples, int features, int neighbours = UsualNeighbours, double share = UsualShare) =>
        Of(MatrixShape.ToDouble(matrix), samples, features, neighbours, share);

    private static int Components(NearestNeighbours found, int point, double share)
    {
        var centre = found.Point(point);
        var rows = found.Indices[point];
        var patch = new double[(rows.Length + 1) * centre.Length];

        // From differences to the point: the patch is small beside its distance from the origin. The point itself is the row of noughts.
        for (var i = 0; i < rows.Length; i++)
        {
            var row = found.Point(rows[i]);
            for (var feature = 0; feature < row.Length; feature++)
            {
                patch[((i + 1) * row.Length) + feature] = row[feature] - centre[feature];
            }
        }

        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var values = linalg.svdvals(tensor(MatrixShape.Centred(patch, rows.Length + 1, centre.Length), [rows.Length + 1, centre.Length]));
        var singular = MemoryMarshal.Cast<byte, double>(values.bytes);
        var count = 0;
        foreach (var s in singular)
        {
            count += s * s > share * singular[0] * singular[0] ? 1 : 0;
        }

        return count;
    }
}
