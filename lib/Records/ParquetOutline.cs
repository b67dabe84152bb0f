using System.Buffers.Binary;
using Parquet.Meta;

namespace Ndt.Records;

/// <summary>Looks over a Parquet file that nobody vouches for before the library reads it: its sizes are not believed until the bytes are known to be there.</summary>
/// <remarks>Layout: Apache Parquet, README.md ("File format") and parquet.thrift. Every message is a reason without the file's name.</remarks>
internal static class ParquetOutline
{
    /// <summary>
    /// The most rows for a byte of the file. A record in which nothing changes from row to row, the best that compression can have, comes to 36; one of a run to less than one.
    /// </summary>
    public const int MostRowsPerByte = 64;

    // What a page may unpack to: some bytes of bookkeeping, and of each row an element of 8 bytes and its place, with room for names written out.
    private const long FewestPageBytes = 1 << 16;
    private const long MostPageBytesPerRow = 128;

    // Fields of a page's header; the last two are structures whose first field is the page's number of values.
    private const int UncompressedSize = 2, CompressedSize = 3, DataPage = 5, DataPageV2 = 8;

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Checks the metadata at the file's end. Throws <see cref="InvalidDataException"/> where it is none, or claims what the file cannot hold.</summary>
    public static void CheckFooter(ReadOnlySpan<byte> file)
    {
        var tail = Magic.Length + sizeof(int);
        if (file.Length < Magic.Length + tail || !file.StartsWith(Magic) || !file.EndsWith(Magic))
        {
            throw new InvalidDataException("it does not begin and end with PAR1; the file is cut off, or no Parquet file");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[^tail..]);
        if (length > file.Length - tail - Magic.Length)
        {
            throw new InvalidDataException($"its metadata claims {length} bytes where the file has {file.Length}");
        }

        new ThriftOutline(file[^(tail + (int)length)..^tail]).Pass(ParquetShapes.FileMetaData, []);
    }

    /// <summary>Checks a row group: its number of rows against the file's length, and the size of every page of its columns. Throws <see cref="InvalidDataException"/> likewise.</summary>
    public static void CheckPages(ReadOnlySpan<byte> file, RowGroup group)
    {
        var rows = group.NumRows;
        if (rows < 0 || rows > (long)MostRowsPerByte * file.Length)
        {
            throw new InvalidDataException($"it claims {rows} rows, which a file of {file.Length} bytes cannot hold");
        }

        foreach (var column in group.Columns)
        {
            if (column.MetaData is { } chunk)
            {
                CheckChunk(file, chunk, rows);
            }
        }
    }

    private static void CheckChunk(ReadOnlySpan<byte> file, ColumnMetaData chunk, long rows)
    {
        var start = Math.Min(chunk.DataPageOffset, chunk.DictionaryPageOffset is > 0 and var dictionary ? dictionary : long.MaxValue);
        if (start < Magic.Length || chunk.TotalCompressedSize < 0 || start > file.Length || chunk.TotalCompressedSize > file.Length - start)
        {
            throw new InvalidDataException($"a column claims {chunk.TotalCompressedSize} bytes from {start} on, which the file does not hold");
        }

        if (chunk.NumValues != rows)
        {
            throw new InvalidDataException($"a column claims {chunk.NumValues} values; it has one for each of {rows} rows");
        }

        var numbers = new long[DataPageV2 + 1];
        var values = 0L;
        var pages = file.Slice((int)start, (int)chunk.TotalCompressedSize);
        while (!pages.IsEmpty)
        {
            Array.Clear(numbers);
            var header = new ThriftOutline(pages);
            header.Pass(ParquetShapes.PageHeader, numbers);
            var (unpacked, packed) = (numbers[UncompressedSize], numbers[CompressedSize]);
            if (packed < 0 || packed > pages.Length - header.Position || unpacked < 0 || unpacked > FewestPageBytes + (MostPageBytesPerRow * rows))
            {
                throw new InvalidDataException($"a page claims {packed} bytes that become {unpacked}, where {pages.Length - header.Position} follow and there are {rows} rows");
            }

            if (numbers[DataPage] < 0 || numbers[DataPageV2] < 0)
            {
                throw new InvalidDataException("a page claims fewer values than none");
            }

            values += numbers[DataPage] + numbers[DataPageV2];
            pages = pages[(header.Position + (int)packed)..];
        }

        // The library reads pages until it has all values, also beyond the column's end.
        if (values != rows)
        {
            throw new InvalidDataException($"a column's pages claim {values} values; it has one for each of {rows} rows");
        }
    }
}
