using System.Numerics.Tensors;

namespace Ndt.Similarity;

/// <summary>Distances between all pairs of rows.</summary>
public static class Dissimilarities
{
    /// <summary>The n(n−1)/2 distances of <paramref name="points"/> <c>[points, coordinates]</c>, row after row above the diagonal: (0,1), (0,2), …, (1,2), …</summary>
    public static double[] Pairs(Matrix points, Dissimilarity kind)
    {
        var rows = Coordinates(points, kind);
        var result = new double[(long)rows.Rows * (rows.Rows - 1) / 2];
        var at = 0;
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var j = i + 1; j < rows.Rows; j++)
            {
                result[at++] = kind == Dissimilarity.Euclidean
                    ? TensorPrimitives.Distance(rows.Row(i), rows.Row(j))
                    : 1 - TensorPrimitives.Dot(rows.Row(i), rows.Row(j));
            }
        }

        return result;
    }

    /// <summary>The points in the space where <paramref name="kind"/> is the Euclidean distance, or half its square: brought to length 1 for cosines; for correlations, each point's mean is subtracted first.</summary>
    internal static Matrix Coordinates(Matrix points, Dissimilarity kind) => kind switch
    {
        Dissimilarity.Euclidean => points,
        Dissimilarity.Cosine => UnitRows(points, points),
        Dissimilarity.Correlation => UnitRows(points.Transpose().Centred().Transpose(), points),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a dissimilarity."),
    };

    /// <summary>Where the distance between rows <paramref name="i"/> and <paramref name="j"/> of <paramref name="count"/> stands in <see cref="Pairs"/>.</summary>
    internal static int Index(int i, int j, int count)
    {
        var (low, high) = i < j ? (i, j) : (j, i);
        return (low * count) - (low * (low + 1) / 2) + high - low - 1;
    }

    /// <summary>Rows of length 1; NaN for one of which nothing but rounding is left of the <paramref name="original"/>.</summary>
    private static Matrix UnitRows(Matrix points, Matrix original)
    {
        var result = new double[points.Values.Length];
        for (var i = 0; i < points.Rows; i++)
        {
            var norm = TensorPrimitives.Norm(points.Row(i));
            var divisor = Matrix.IsRounding(norm, TensorPrimitives.Norm(original.Row(i))) ? double.NaN : norm;
            TensorPrimitives.Divide(points.Row(i), divisor, result.AsSpan(i * points.Columns, points.Columns));
        }

        return new Matrix(points.Rows, points.Columns, result);
    }
}
