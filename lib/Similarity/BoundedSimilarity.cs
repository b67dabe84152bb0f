using MathNet.Numerics.Random;
using Ndt.Statistics;

namespace Ndt.Similarity;

/// <summary>A similarity between its floor and its ceiling, without which it says little.</summary>
/// <param name="Measure">Name of the measure.</param>
/// <param name="Similarity">The similarity of the two layers.</param>
/// <param name="Floor">The mean similarity with the second layer's samples in random order: what two layers of these shapes have in common by chance.</param>
/// <param name="FloorLow">The 2.5th percentile of these draws.</param>
/// <param name="FloorHigh">Their 97.5th percentile.</param>
/// <param name="Ceiling">The similarity of the first layer and itself, its units in another order.</param>
/// <param name="Draws">Random orders drawn.</param>
/// <param name="Seed">Their seed.</param>
public readonly record struct BoundedSimilarity(string Measure, double Similarity, double Floor, double FloorLow, double FloorHigh, double Ceiling, int Draws, int Seed)
{
    /// <summary>Compares activations <c>[samples, features]</c> of the same samples. NaN where the measure is not defined.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ, or no draw is asked for.</exception>
    public static BoundedSimilarity Of(SimilarityMeasure measure, Matrix x, Matrix y, int draws, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var random = new MersenneTwister(seed, threadSafe: false);
        var floor = new double[draws];
        var order = new int[y.Rows];
        for (var draw = 0; draw < draws; draw++)
        {
            Permutations.Shuffle(order, random);
            floor[draw] = measure.Of(x, Rows(y, order));
        }

        var units = new int[x.Columns];
        Permutations.Shuffle(units, random);
        return new BoundedSimilarity(
            measure.Name,
            measure.Of(x, y),
            floor.Average(), Percentiles.Quantile(floor, 0.025), Percentiles.Quantile(floor, 0.975),
            measure.Of(x, Rows(x.Transpose(), units).Transpose()),
            draws, seed);
    }

    private static Matrix Rows(Matrix matrix, int[] order)
    {
        var values = new double[matrix.Values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            matrix.Row(order[i]).CopyTo(values.AsSpan(i * matrix.Columns));
        }

        return new Matrix(matrix.Rows, matrix.Columns, values);
    }
}
