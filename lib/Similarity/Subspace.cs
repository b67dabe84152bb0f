using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Ndt.Similarity;

/// <summary>The column space of centred activations: left singular vectors <c>[samples, rank]</c> and singular values, largest first.</summary>
internal sealed record Subspace(Matrix<double> Directions, double[] SingularValues)
{
    private const double DoubleRounding = 1.0 / (1L << 52);
    private const double SingleRounding = 1.0 / (1L << 23);

    /// <summary>The number of directions, at least 1.</summary>
    public int Rank => SingularValues.Length;

    /// <summary>
    /// Decomposes the centred <paramref name="x"/>. Directions of a singular value at rounding level, max(n, p) · ε · s₁, are left out, as numpy's matrix_rank does;
    /// null where none is left. ε is that of the numbers: 2⁻²³ where all of <paramref name="x"/> are numbers of single precision, as a network's activations are, else 2⁻⁵².
    /// Of a layer whose units depend on each other the difference is what its rounding leaves, which is as large as a direction in CCA, and another on another processor.
    /// </summary>
    public static Subspace? Of(Matrix x)
    {
        var centred = x.Centred();

        // The row-major values of X are the column-major values of Xᵀ.
        var transposed = Matrix<double>.Build.Dense(centred.Columns, centred.Rows, centred.Values.ToArray());
        Matrix<double> directions;
        Vector<double> values;
        if (centred.Columns < centred.Rows)
        {
            // MathNet's SVD gives all n left vectors; that of the small triangle gives the p there are.
            var qr = transposed.Transpose().QR();
            var svd = qr.R.Svd();
            directions = qr.Q * svd.U;
            values = svd.S;
        }
        else
        {
            var svd = transposed.QR().R.Transpose().Svd();
            directions = svd.U;
            values = svd.S;
        }

        // What a constant leaves is relative to what was there before it was centred: its own rounding, and that of its mean, which is summed in double precision.
        var rounding = IsSingle(x.Values) ? SingleRounding : DoubleRounding;
        var tolerance = Math.Max(
            Math.Max(x.Rows, x.Columns) * rounding * values[0],
            Math.Max(rounding, Math.Sqrt(x.Values.Length) * DoubleRounding) * TensorPrimitives.Norm(x.Values));
        var rank = values.Count(value => value > tolerance);
        return rank == 0 ? null : new Subspace(directions.SubMatrix(0, x.Rows, 0, rank), [.. values.Take(rank)]);
    }

    /// <summary>The leading directions that together hold at least <paramref name="share"/> of the variance Σs².</summary>
    public Subspace Leading(double share)
    {
        var total = SingularValues.Sum(value => value * value);
        double sum = 0;
        var count = 0;
        while (count < SingularValues.Length && sum < share * total)
        {
            sum += SingularValues[count] * SingularValues[count];
            count++;
        }

        return new Subspace(Directions.SubMatrix(0, Directions.RowCount, 0, count), SingularValues[..count]);
    }

    private static bool IsSingle(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if ((float)value != value)
            {
                return false;
            }
        }

        return true;
    }
}
