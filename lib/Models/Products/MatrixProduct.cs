using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace Ndt.Models.Products;

/// <summary>
/// Products of matrices in single precision, for processors whose vectors hold sixteen values: at the shapes of our networks about twice as fast as libtorch's
/// on processors for which MKL takes its AVX2 kernels. After Goto and van de Geijn (2008), cut down to what networks of some hundred
/// units need: panels of 32 columns, packed once a product, and tiles of 8 × 32 (<see cref="ProductTile"/>).
/// </summary>
/// <remarks>
/// A step packs a weight twice, forward as Wᵀ and backward as W: these are two orders, so that remembering panels would save nothing. There is no tile for
/// vectors of eight, since MKL's AVX2 kernels reach the limit of AVX2 at these shapes: half of the limit that the benchmarks measure here.
/// </remarks>
internal static unsafe class MatrixProduct
{
    // Below this a product is over before a second thread has begun.
    private const double WorthSharing = 4e6;

    /// <summary>Whether this processor has what the tiles are written for; elsewhere libtorch's own products are used. A matter of the processor alone, never of
    /// timing or of .NET's advice against wide vectors (<c>Vector512.IsHardwareAccelerated</c>), so that records agree bit for bit wherever they can.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>
    /// c = start + a · b for a [m, k], b [k, n] and c [m, n], whose rows are dense. <paramref name="start"/> is nothing, a row (stride 0) added to every row such as a
    /// bias, or a matrix, which may be c itself. Every entry is one chain of fused multiply-adds that begins with its start: the same bits for any number of threads.
    /// </summary>
    public static void Multiply(MatrixView a, MatrixView b, MatrixView c, float* start = null, nint startRow = 0, bool relu = false)
    {
        if (a.Columns != b.Rows || a.Rows != c.Rows || b.Columns != c.Columns || c.ColumnStride != 1)
        {
            throw new ArgumentException($"[{a.Rows}, {a.Columns}] · [{b.Rows}, {b.Columns}] does not give [{c.Rows}, {c.Columns}] with dense rows", nameof(c));
        }

        var panels = (c.Columns + ProductTile.Columns - 1) / ProductTile.Columns;
        var threads = 2.0 * c.Rows * c.Columns * a.Columns < WorthSharing ? 1 : Math.Min(get_num_threads(), panels);
        if (threads <= 1)
        {
            Panels(a, b, c, start, startRow, relu, 0, panels);
        }
        else
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
                Panels(a, b, c, start, startRow, relu, panels * thread / threads, panels * (thread + 1) / threads));
        }
    }

    private static void Panels(MatrixView a, MatrixView b, MatrixView c, float* start, nint startRow, bool relu, int from, int to)
    {
        const int Columns = ProductTile.Columns;
        const int TileSize = ProductTile.Rows * Columns;
        var edge = Scratch.Panel((2 * TileSize) + ((nint)b.Rows * Columns));
        var edgeStart = edge + TileSize;
        var panel = edgeStart + TileSize;
        for (var p = from; p < to; p++)
        {
            var first = p * Columns;
            var count = Math.Min(Columns, c.Columns - first);
            PanelPacking.Pack(b, first, panel);
            if (start is null || count < Columns)
            {
                new Span<float>(edgeStart, TileSize).Clear();
            }

            for (var row = 0; row < c.Rows;)
            {
                var rows = c.Rows - row >= ProductTile.Rows ? ProductTile.Rows : 1;
                var target = c.Start + (row * c.RowStride) + first;
                var begin = start is null ? edgeStart : start + (row * startRow) + first;
                var beginRow = start is null ? 0 : startRow;
                var left = a.Start + (row * a.RowStride);
                if (count == Columns)
                {
                    Tile(rows, a, left, panel, begin, beginRow, target, c.RowStride, relu);
                }
                else
                {
                    if (start is not null)
                    {
                        CopyRows(begin, beginRow, edgeStart, Columns, rows, count);
                    }

                    Tile(rows, a, left, panel, edgeStart, Columns, edge, Columns, relu);
                    CopyRows(edge, Columns, target, c.RowStride, rows, count);
                }

                row += rows;
            }
        }
    }

    private static void Tile(int rows, MatrixView a, float* left, float* panel, float* start, nint startRow, float* target, nint targetRow, bool relu)
    {
        if (rows == ProductTile.Rows)
        {
            ProductTile.Multiply(a.Columns, left, a.RowStride, a.ColumnStride, panel, ProductTile.Columns, start, startRow, target, targetRow, relu);
        }
        else
        {
            ProductTile.MultiplyRow(a.Columns, left, a.ColumnStride, panel, ProductTile.Columns, start, target, relu);
        }
    }

    private static void CopyRows(float* source, nint sourceRow, float* target, nint targetRow, int rows, int count)
    {
        for (var i = 0; i < rows; i++)
        {
            new ReadOnlySpan<float>(source + (i * sourceRow), count).CopyTo(new Span<float>(target + (i * targetRow), count));
        }
    }
}
