using System.Numerics.Tensors;

namespace Ndt.Measurement;

/// <summary>The nearest neighbours of points that all differ: what estimators of intrinsic dimension start from.</summary>
internal sealed class NearestNeighbours
{
    private const int Block = 32;

    private readonly double[] points;
    private readonly int features;

    private NearestNeighbours(double[] points, int features, double[][] distances, int[][] indices)
    {
        this.points = points;
        this.features = features;
        (Distances, Indices) = (distances, indices);
    }

    /// <summary>Distances to the nearest neighbours, nearest first, of every distinct point; all &gt; 0, in units of the power of two at or below the largest magnitude.</summary>
    public double[][] Distances { get; }

    /// <summary>Which points these are.</summary>
    public int[][] Indices { get; }

    /// <summary>Point <paramref name="index"/> of the distinct ones.</summary>
    public ReadOnlySpan<double> Point(int index) => points.AsSpan(index * features, features);

    /// <summary>
    /// Finds at most <paramref name="count"/> neighbours of each point, fewer where there are fewer other points; null where a value is not finite. A point that is there more than once
    /// counts once: its copies would be neighbours at no distance, of itself and, as pairs, of others. Takes samples² · features multiplications.
    /// </summary>
    public static NearestNeighbours? Find(ReadOnlySpan<double> matrix, int samples, int features, int count)
    {
        MatrixShape.Require(matrix.Length, samples, features);
        foreach (var value in matrix)
        {
            if (!double.IsFinite(value))
            {
                return null;
            }
        }

        var points = Distinct(MatrixShape.AtUnitScale(matrix).Values, samples, features);
        var number = features == 0 ? Math.Min(samples, 1) : points.Length / features;
        var neighbours = Math.Clamp(number - 1, 0, count);
        var distances = new double[number][];
        var indices = new int[number][];
        for (var i = 0; i < number; i++)
        {
            (distances[i], indices[i]) = (new double[neighbours], new int[neighbours]);
            Array.Fill(distances[i], double.PositiveInfinity);
        }

        // A point is compared with a block of others, which stay in the cache; every point still meets the others in their order.
        for (var start = 0; start < number; start += Block)
        {
            var end = Math.Min(start + Block, number);
            for (var j = 0; j < end; j++)
            {
                for (var i = Math.Max(start, j + 1); i < end; i++)
                {
                    // From differences, not from a Gram matrix: neighbours can be close beside their distance from the origin.
                    var distance = TensorPrimitives.Distance(points.AsSpan(i * features, features), points.AsSpan(j * features, features));
                    Offer(distance, j, distances[i], indices[i]);
                    Offer(distance, i, distances[j], indices[j]);
                }
            }
        }

        return new NearestNeighbours(points, features, distances, indices);
    }

    private static double[] Distinct(double[] matrix, int samples, int features)
    {
        var seen = new HashSet<int>(new RowComparer(matrix, features));
        var rows = Enumerable.Range(0, samples).Where(seen.Add).ToArray();
        if (rows.Length == samples)
        {
            return matrix;
        }

        var points = new double[rows.Length * features];
        for (var i = 0; i < rows.Length; i++)
        {
            matrix.AsSpan(rows[i] * features, features).CopyTo(points.AsSpan(i * features));
        }

        return points;
    }

    // Insertion into a short list that is kept in order; of equal distances the earlier point stays first.
    private static void Offer(double distance, int index, double[] distances, int[] indices)
    {
        var place = distances.Length;
        while (place > 0 && distance < distances[place - 1])
        {
            place--;
        }

        if (place == distances.Length)
        {
            return;
        }

        Array.Copy(distances, place, distances, place + 1, distances.Length - place - 1);
        Array.Copy(indices, place, indices, place + 1, indices.Length - place - 1);
        (distances[place], indices[place]) = (distance, index);
    }

    private sealed class RowComparer(double[] matrix, int features) : IEqualityComparer<int>
    {
        public bool Equals(int a, int b) => Row(a).SequenceEqual(Row(b));

        public int GetHashCode(int row)
        {
            var hash = new HashCode();
            foreach (var value in Row(row))
            {
                // 0 and −0 are equal.
                hash.Add(value == 0 ? 0 : value);
            }

            return hash.ToHashCode();
        }

        private Span<double> Row(int row) => matrix.AsSpan(row * features, features);
    }
}
