using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ndt.Models.Products;

/// <summary>
/// Brings a panel of the right factor, up to 32 of its columns, into the order in which <see cref="ProductTile"/> reads it: [depth, 32], dense, with zeros
/// where there are fewer columns. A panel is packed just before it is used and lies in the nearest cache for all rows of the left factor.
/// </summary>
internal static unsafe class PanelPacking
{
    private const int Half = ProductTile.Columns / 2;

    /// <summary>Packs the columns from <paramref name="first"/> on into <paramref name="panel"/>, which has room for 32 · rows values.</summary>
    public static void Pack(MatrixView b, int first, float* panel)
    {
        var source = b.Start + (first * b.ColumnStride);
        var count = Math.Min(ProductTile.Columns, b.Columns - first);
        if (count < ProductTile.Columns)
        {
            Part(b, source, count, panel);
        }
        else if (b.ColumnStride == 1)
        {
            Copy(b.Rows, source, b.RowStride, panel);
        }
        else if (b.RowStride == 1)
        {
            Transpose(b.Rows, source, b.ColumnStride, panel);
            Transpose(b.Rows, source + (Half * b.ColumnStride), b.ColumnStride, panel + Half);
        }
        else
        {
            Part(b, source, count, panel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(int depth, float* source, nint rowStride, float* panel)
    {
        for (var k = 0; k < depth; k++, source += rowStride, panel += ProductTile.Columns)
        {
            Vector512.Load(source).Store(panel);
            Vector512.Load(source + Half).Store(panel + Half);
        }
    }

    // Sixteen columns that each lie dense in memory, four values of each at a time. Every vector takes its four values from four columns that are four apart;
    // changing rows and columns within its quarters then brings all sixteen columns into order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(int depth, float* source, nint columnStride, float* panel)
    {
        var k = 0;
        for (; k <= depth - 4; k += 4, source += 4, panel += 4 * ProductTile.Columns)
        {
            var (c0, c1) = (Quarters(source, 4 * columnStride), Quarters(source + columnStride, 4 * columnStride));
            var (c2, c3) = (Quarters(source + (2 * columnStride), 4 * columnStride), Quarters(source + (3 * columnStride), 4 * columnStride));
            var (low01, high01) = (Avx512F.UnpackLow(c0, c1).AsDouble(), Avx512F.UnpackHigh(c0, c1).AsDouble());
            var (low23, high23) = (Avx512F.UnpackLow(c2, c3).AsDouble(), Avx512F.UnpackHigh(c2, c3).AsDouble());
            Avx512F.UnpackLow(low01, low23).AsSingle().Store(panel);
            Avx512F.UnpackHigh(low01, low23).AsSingle().Store(panel + ProductTile.Columns);
            Avx512F.UnpackLow(high01, high23).AsSingle().Store(panel + (2 * ProductTile.Columns));
            Avx512F.UnpackHigh(high01, high23).AsSingle().Store(panel + (3 * ProductTile.Columns));
        }

        for (; k < depth; k++, source++, panel += ProductTile.Columns)
        {
            for (var j = 0; j < Half; j++)
            {
                panel[j] = source[j * columnStride];
            }
        }
    }

    private static Vector512<float> Quarters(float* source, nint stride) => Vector512.Create(
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + stride)),
        Vector256.Create(Vector128.Load(source + (2 * stride)), Vector128.Load(source + (3 * stride))));

    private static void Part(MatrixView b, float* source, int count, float* panel)
    {
        for (var k = 0; k < b.Rows; k++, source += b.RowStride, panel += ProductTile.Columns)
        {
            for (var j = 0; j < count; j++)
            {
                panel[j] = source[j * b.ColumnStride];
            }

            new Span<float>(panel + count, ProductTile.Columns - count).Clear();
        }
    }
}
