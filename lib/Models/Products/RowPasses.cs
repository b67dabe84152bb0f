using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ndt.Models.Products;

/// <summary>What is done to a matrix between its products, each in one pass over memory.</summary>
internal static unsafe class RowPasses
{
    private const int Lanes = 16;

    /// <summary>Σ over rows, for every column: a bias's gradient. Rows are added in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ColumnSums(MatrixView matrix, float* sums)
    {
        new Span<float>(sums, matrix.Columns).Clear();
        for (var i = 0; i < matrix.Rows; i++)
        {
            Add(matrix.Start + (i * matrix.RowStride), sums, matrix.Columns);
        }
    }

    /// <summary>values ← mask · values, row by row, with a mask drawn on the way; rows are multiples of 16 values. Nothing at a rate of 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Drop(MatrixView values, MaskStream stream, double rate)
    {
        if (rate == 0)
        {
            return;
        }

        var mask = Scratch.Head(values.Columns);
        for (var i = 0; i < values.Rows; i++)
        {
            stream.Fill(new Span<float>(mask, values.Columns));
            var row = values.Start + (i * values.RowStride);
            for (var j = 0; j < values.Columns; j += Lanes)
            {
                (Vector512.Load(row + j) * Vector512.Load(mask + j)).Store(row + j);
            }
        }
    }

    /// <summary>gradient ← factor · gradient where a unit's value is positive, else 0: the gradient of ReLU, and of dropout after it, whose values stay positive only where they were kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KeepWherePositive(MatrixView gradient, MatrixView values, float factor)
    {
        nint count = (nint)gradient.Rows * gradient.Columns;
        var g = gradient.Start;
        var v = values.Start;
        nint i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            var passes = Vector512.GreaterThan(Vector512.Load(v + i), Vector512<float>.Zero);
            ((Vector512.Load(g + i) * factor) & passes).Store(g + i);
        }

        for (; i < count; i++)
        {
            g[i] = v[i] > 0 ? g[i] * factor : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* row, float* sums, int count)
    {
        var j = 0;
        for (; j <= count - Lanes; j += Lanes)
        {
            (Vector512.Load(sums + j) + Vector512.Load(row + j)).Store(sums + j);
        }

        for (; j < count; j++)
        {
            sums[j] += row[j];
        }
    }
}
