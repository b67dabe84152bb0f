using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ndt.Models.Products;

/// <summary>The innermost part of a matrix product: a tile of the result that stays in registers while the common dimension goes by.</summary>
/// <remarks>
/// Eight rows by two vectors of sixteen are sixteen sums. A processor that begins two fused multiply-adds a cycle and needs four cycles for each must have
/// eight under way; sixteen also leave registers for what is loaded: per step two vectors of <c>b</c> and eight single values of <c>a</c>, ten loads for
/// sixteen operations. Larger tiles (10 × 32, 12 × 32) were not faster and waste more at a batch of 32. The single values are read where they lie, row by row or column by
/// column, so that only <c>b</c> is ever packed. Every entry is one chain of fused multiply-adds over the common dimension in order: its bits depend neither on
/// the tile that it fell into nor on the number of threads.
/// </remarks>
internal static unsafe class ProductTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 8;

    /// <summary>Columns of a tile: two vectors.</summary>
    public const int Columns = 2 * Half;

    private const int Half = 16;

    /// <summary>
    /// c[8, 32] = start + a · b for a [8, depth] and b [depth, 32]. Rows of <paramref name="b"/>, <paramref name="start"/> and <paramref name="c"/> are dense; <paramref name="start"/> may be
    /// <paramref name="c"/> itself, or one row for all with a stride of 0. With <paramref name="relu"/> what is negative becomes 0; NaN stays.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        nint depth, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* start, nint startRow, float* c, nint cRow, bool relu)
    {
        var (l0, h0) = (Vector512.Load(start), Vector512.Load(start + Half));
        var (l1, h1) = (Vector512.Load(start + startRow), Vector512.Load(start + startRow + Half));
        var (l2, h2) = (Vector512.Load(start + (2 * startRow)), Vector512.Load(start + (2 * startRow) + Half));
        var (l3, h3) = (Vector512.Load(start + (3 * startRow)), Vector512.Load(start + (3 * startRow) + Half));
        var (l4, h4) = (Vector512.Load(start + (4 * startRow)), Vector512.Load(start + (4 * startRow) + Half));
        var (l5, h5) = (Vector512.Load(start + (5 * startRow)), Vector512.Load(start + (5 * startRow) + Half));
        var (l6, h6) = (Vector512.Load(start + (6 * startRow)), Vector512.Load(start + (6 * startRow) + Half));
        var (l7, h7) = (Vector512.Load(start + (7 * startRow)), Vector512.Load(start + (7 * startRow) + Half));

        var a1 = a + aRow;
        var a2 = a1 + aRow;
        var a3 = a2 + aRow;
        var a4 = a3 + aRow;
        var a5 = a4 + aRow;
        var a6 = a5 + aRow;
        var a7 = a6 + aRow;
        var end = depth * aColumn;
        for (nint k = 0; k != end; k += aColumn, b += bRow)
        {
            var low = Vector512.Load(b);
            var high = Vector512.Load(b + Half);
            var x = Vector512.Create(a[k]);
            l0 = Vector512.FusedMultiplyAdd(x, low, l0);
            h0 = Vector512.FusedMultiplyAdd(x, high, h0);
            x = Vector512.Create(a1[k]);
            l1 = Vector512.FusedMultiplyAdd(x, low, l1);
            h1 = Vector512.FusedMultiplyAdd(x, high, h1);
            x = Vector512.Create(a2[k]);
            l2 = Vector512.FusedMultiplyAdd(x, low, l2);
            h2 = Vector512.FusedMultiplyAdd(x, high, h2);
            x = Vector512.Create(a3[k]);
            l3 = Vector512.FusedMultiplyAdd(x, low, l3);
            h3 = Vector512.FusedMultiplyAdd(x, high, h3);
            x = Vector512.Create(a4[k]);
            l4 = Vector512.FusedMultiplyAdd(x, low, l4);
            h4 = Vector512.FusedMultiplyAdd(x, high, h4);
            x = Vector512.Create(a5[k]);
            l5 = Vector512.FusedMultiplyAdd(x, low, l5);
            h5 = Vector512.FusedMultiplyAdd(x, high, h5);
            x = Vector512.Create(a6[k]);
            l6 = Vector512.FusedMultiplyAdd(x, low, l6);
            h6 = Vector512.FusedMultiplyAdd(x, high, h6);
            x = Vector512.Create(a7[k]);
            l7 = Vector512.FusedMultiplyAdd(x, low, l7);
            h7 = Vector512.FusedMultiplyAdd(x, high, h7);
        }

        Store(l0, h0, c, relu);
        Store(l1, h1, c + cRow, relu);
        Store(l2, h2, c + (2 * cRow), relu);
        Store(l3, h3, c + (3 * cRow), relu);
        Store(l4, h4, c + (4 * cRow), relu);
        Store(l5, h5, c + (5 * cRow), relu);
        Store(l6, h6, c + (6 * cRow), relu);
        Store(l7, h7, c + (7 * cRow), relu);
    }

    /// <summary>One row of what <see cref="Multiply"/> does, with the same bits: for the rows that eights leave over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyRow(nint depth, float* a, nint aColumn, float* b, nint bRow, float* start, float* c, bool relu)
    {
        var (low, high) = (Vector512.Load(start), Vector512.Load(start + Half));
        for (nint k = 0; k < depth; k++, a += aColumn, b += bRow)
        {
            var x = Vector512.Create(*a);
            low = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), low);
            high = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + Half), high);
        }

        Store(low, high, c, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> low, Vector512<float> high, float* c, bool relu)
    {
        (relu ? Vector512.Max(low, Vector512<float>.Zero) : low).Store(c);
        (relu ? Vector512.Max(high, Vector512<float>.Zero) : high).Store(c + Half);
    }
}
