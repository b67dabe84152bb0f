using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Random;
using Ndt.Similarity;
using Ndt.Statistics;
using Matrix = Ndt.Similarity.Matrix;

namespace Ndt.PhaseTwo;

/// <summary>The silhouette of k-means clusters of filters, over many random starts: the study gives one start's number, with min(10, filters) clusters and the best of 10 restarts (study, §3).</summary>
/// <param name="Clusters">k.</param>
/// <param name="Values">The mean silhouette by each start, ascending; NaN where the layer has no 2 clusters.</param>
public sealed record SilhouetteStarts(int Clusters, IReadOnlyList<double> Values)
{
    /// <summary>Starts that a number is given over.</summary>
    public const int Starts = 200;

    private const int MostClusters = 10;
    private const int Restarts = 10;

    /// <summary>The median over starts.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The 2.5 % quantile over starts.</summary>
    public double Low => Quantile(0.025);

    /// <summary>The 97.5 % quantile over starts.</summary>
    public double High => Quantile(0.975);

    /// <summary>Whether some start gives <paramref name="value"/>, to <paramref name="tolerance"/>: the starts' range holds it.</summary>
    public bool Reaches(double value, double tolerance = 5e-4) => Values[0] <= value + tolerance && value - tolerance <= Values[^1];

    /// <summary>The share of starts whose silhouette is no larger than <paramref name="value"/>, half of those that equal it to <paramref name="tolerance"/> counted: its place among them, 0 to 1.</summary>
    public double PlaceOf(double value, double tolerance = 5e-4) =>
        (Values.Count(one => one < value - tolerance) + (0.5 * Values.Count(one => Math.Abs(one - value) <= tolerance))) / Values.Count;

    /// <summary>Of filters <c>[filters, weights]</c>, by seeds 0 to <paramref name="starts"/> − 1.</summary>
    public static SilhouetteStarts Of(Matrix filters, int starts = Starts)
    {
        var clusters = Math.Min(MostClusters, filters.Rows);
        var points = InTheirSpan(filters);
        var values = new double[starts];
        Parallel.For(0, starts, seed => values[seed] = Silhouette.Mean(
            points, KMeans.Cluster(points.Values, points.Columns, clusters, seed, Restarts, Candidates(clusters)).Labels, Dissimilarity.Euclidean));
        Array.Sort(values);
        return new SilhouetteStarts(clusters, values);
    }

    /// <summary>The mean of the same over independent N(0, 1) filters of a shape: the level of chance, for k-means finds clusters in noise too.</summary>
    public static double OfGaussian(int filters, int weights, int draws, int seed)
    {
        var random = new MersenneTwister(seed, threadSafe: false);
        return Enumerable.Range(0, draws).Select(_ =>
        {
            var noise = new double[filters * weights];
            Normal.Samples(random, noise, 0, 1);
            return new Matrix(filters, weights, noise);
        }).ToArray().Average(noise => Of(noise, starts: 1).Median);
    }

    /// <summary>The same points in coordinates of the space that they span: as many as points, at most, and the same distances.</summary>
    internal static Matrix InTheirSpan(Matrix points)
    {
        if (points.Columns <= points.Rows)
        {
            return points;
        }

        var matrix = DenseMatrix.OfColumnMajor(points.Columns, points.Rows, points.Values.ToArray());
        var gram = matrix.TransposeThisAndMultiply(matrix).Evd(Symmetricity.Symmetric);
        var coordinates = new double[points.Rows * points.Rows];
        for (var direction = 0; direction < points.Rows; direction++)
        {
            var length = Math.Sqrt(Math.Max(0, gram.EigenValues[direction].Real));
            for (var point = 0; point < points.Rows; point++)
            {
                coordinates[(point * points.Rows) + direction] = length * gram.EigenVectors[point, direction];
            }
        }

        return new Matrix(points.Rows, points.Rows, coordinates);
    }

    /// <summary>Points tried for each further start, as scikit-learn, which the study used, has it.</summary>
    private static int Candidates(int clusters) => 2 + (int)Math.Log(clusters);

    private double Quantile(double share) => Percentiles.Quantile([.. Values], share);
}
