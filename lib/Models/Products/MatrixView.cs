namespace Ndt.Models.Products;

/// <summary>A matrix [rows, columns] in native memory; entry (i, j) lies at <c>start[i · rowStride + j · columnStride]</c>. Keeps nothing alive.</summary>
/// <param name="start">Entry (0, 0).</param>
/// <param name="rows">Rows.</param>
/// <param name="columns">Columns.</param>
/// <param name="rowStride">Values from one row to the next.</param>
/// <param name="columnStride">Values from one column to the next.</param>
internal readonly unsafe struct MatrixView(float* start, int rows, int columns, nint rowStride, nint columnStride)
{
    /// <summary>A dense matrix, row after row.</summary>
    public MatrixView(float* start, int rows, int columns) : this(start, rows, columns, columns, 1)
    {
    }

    /// <summary>Entry (0, 0).</summary>
    public float* Start => start;

    /// <summary>Rows.</summary>
    public int Rows => rows;

    /// <summary>Columns.</summary>
    public int Columns => columns;

    /// <summary>Values from one row to the next.</summary>
    public nint RowStride => rowStride;

    /// <summary>Values from one column to the next.</summary>
    public nint ColumnStride => columnStride;

    /// <summary>The same memory, rows and columns changed over.</summary>
    public MatrixView Transposed => new(start, columns, rows, columnStride, rowStride);
}
