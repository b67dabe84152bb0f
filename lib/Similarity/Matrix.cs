using System.Numerics.Tensors;
using Ndt.Checkpoints;

namespace Ndt.Similarity;

/// <summary>
/// A read-only matrix of doubles in row-major order. Measures of representations take activations <c>[samples, features]</c>;
/// those of units take <c>[units, weights]</c>, a row per unit: each says which.
/// </summary>
public sealed class Matrix
{
    private readonly ReadOnlyMemory<double> values;

    /// <summary>Wraps <paramref name="values"/> without copying; they must not change afterwards.</summary>
    /// <exception cref="ArgumentException">The count is not rows × columns.</exception>
    public Matrix(int rows, int columns, ReadOnlyMemory<double> values)
    {
        if (rows < 0 || columns < 0 || (long)rows * columns != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not make a matrix of {rows} × {columns}.");
        }

        Rows = rows;
        Columns = columns;
        this.values = values;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>All elements, row after row.</summary>
    public ReadOnlySpan<double> Values => values.Span;

    /// <summary>Whether no element is NaN or infinite; true when there are none.</summary>
    public bool IsFinite
    {
        get
        {
            foreach (var value in Values)
            {
                if (!double.IsFinite(value))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Element (<paramref name="row"/>, <paramref name="column"/>).</summary>
    public double this[int row, int column] => Values[(row * Columns) + column];

    /// <summary>Row <paramref name="index"/>.</summary>
    public ReadOnlySpan<double> Row(int index) => Values.Slice(index * Columns, Columns);

    /// <summary>A matrix that copies single-precision values, as tensors hold them.</summary>
    public static Matrix FromSingles(int rows, int columns, ReadOnlySpan<float> values)
    {
        var copy = new double[values.Length];
        TensorPrimitives.ConvertSaturating<float, double>(values, copy);
        return new Matrix(rows, columns, copy);
    }

    /// <summary>A weight's units as rows: the first dimension by all others, so <c>[out, in]</c> of a linear layer and <c>[out, in·height·width]</c> of a convolution.</summary>
    /// <exception cref="ArgumentException">The tensor is a scalar.</exception>
    public static Matrix FromUnits(NamedTensor weight)
    {
        if (weight.Shape.Length == 0)
        {
            throw new ArgumentException($"Tensor '{weight.Name}' is a scalar; a weight with units in its first dimension is expected.");
        }

        var units = (int)weight.Shape[0];
        return new Matrix(units, units == 0 ? 0 : weight.Elements / units, weight.ToDoubles());
    }

    /// <summary>Rows and columns exchanged.</summary>
    public Matrix Transpose()
    {
        var result = new double[Values.Length];
        var values = Values;
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Columns; j++)
            {
                result[(j * Rows) + i] = values[(i * Columns) + j];
            }
        }

        return new Matrix(Columns, Rows, result);
    }

    /// <summary>
    /// Whether what centring left, of this norm, is nothing but rounding beside the norm of what was centred. Equal values leave the rounding of their mean, some 1e-16 of each; sums over
    /// many samples round more, and 1e-14 leaves them room. Nothing that is meant is so small: activations are single precision, with 6e-8. False for NaN.
    /// </summary>
    internal static bool IsRounding(double left, double original) => left <= 1e-14 * original;

    /// <summary>The matrix with each column's mean removed.</summary>
    public Matrix Centred()
    {
        var means = new double[Columns];
        for (var i = 0; i < Rows; i++)
        {
            TensorPrimitives.Add(means, Row(i), means);
        }

        TensorPrimitives.Divide(means, Rows, means);
        var result = new double[Values.Length];
        for (var i = 0; i < Rows; i++)
        {
            TensorPrimitives.Subtract(Row(i), means, result.AsSpan(i * Columns, Columns));
        }

        return new Matrix(Rows, Columns, result);
    }

    /// <summary>
    /// This matrix, or where its largest magnitude is so large or small that fourth powers leave the range of doubles, a copy divided by a power of two that brings it near 1.
    /// </summary>
    internal Matrix AtOrdinaryScale()
    {
        var largest = Values.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(Values));
        if (largest is 0 or (> 1e-50 and < 1e50))
        {
            return this;
        }

        var result = new double[Values.Length];
        var exponent = Math.ILogB(largest);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Math.ScaleB(Values[i], -exponent);
        }

        return new Matrix(Rows, Columns, result);
    }
}
