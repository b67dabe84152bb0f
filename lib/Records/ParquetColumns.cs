using ParquetSharp;

namespace Ndt.Records;

/// <summary>Writes columns as a Parquet file of one row group, which <see cref="ParquetTable"/> reads: the same columns give the same bytes.</summary>
internal static class ParquetColumns
{
    // zstd's best that needs no more memory for reading (levels 20 to 22 do; zstd's manual, "--ultra").
    private const int Level = 19;

    // A column is one page.
    private const long PageBytes = 1 << 30;

    /// <summary>The file's bytes.</summary>
    /// <param name="columns">Names and values: arrays of <see cref="string"/>, <see cref="int"/>, <see cref="Nullable{Int32}"/> or <see cref="double"/>, all of one length.</param>
    /// <param name="inSeries">Whether whole numbers mostly rise or stay from row to row: their differences are stored then, else a dictionary of them.</param>
    /// <param name="metadata">The file's key-value metadata.</param>
    public static byte[] Write(IReadOnlyList<(string Name, Array Values)> columns, bool inSeries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ParquetNative.Prepare();
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Zstd).CompressionLevel(Level).DataPagesize(PageBytes).DisableStatistics().SetSizeStatisticsLevel(SizeStatisticsLevel.None);
        foreach (var (name, values) in columns.Where(column => column.Values is double[] || (inSeries && column.Values is int[])))
        {
            builder.DisableDictionary(name).Encoding(name, values.GetType() == typeof(double[]) ? Encoding.ByteStreamSplit : Encoding.DeltaBinaryPacked);
        }

        using var properties = builder.Build();
        using var bytes = new MemoryStream();
        using (var file = new ParquetFileWriter(bytes, [.. columns.Select(column => new Column(column.Values.GetType().GetElementType()!, column.Name))], LogicalTypeFactory.Default, properties, metadata, leaveOpen: true))
        {
            using var group = file.AppendRowGroup();
            foreach (var (_, values) in columns)
            {
                using var column = group.NextColumn();
                switch (values)
                {
                    case string[] texts: Put(column, texts); break;
                    case int[] wholes: Put(column, wholes); break;
                    case int?[] wholes: Put(column, wholes); break;
                    default: Put(column, (double[])values); break;
                }
            }

            file.Close();
        }

        return bytes.ToArray();
    }

    private static void Put<T>(ColumnWriter column, T[] values)
    {
        using var writer = column.LogicalWriter<T>();
        writer.WriteBatch(values);
    }
}
