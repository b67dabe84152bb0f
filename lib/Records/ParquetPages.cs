using System.Buffers.Binary;

namespace Ndt.Records;

/// <summary>
/// Looks over the pages of a Parquet file before they are unpacked: Arrow's reader believes the size that a page unpacks to, and 30 kB can hold a gigabyte of zeros.
/// </summary>
/// <remarks>Field numbers: parquet.thrift. Messages are reasons without the file's name.</remarks>
internal static class ParquetPages
{
    // What a page may unpack to: some bytes of bookkeeping, and of each row an element of 8 bytes and its place, with room for names written out.
    private const long FewestBytes = 1 << 16;
    private const long MostBytesPerRow = 128;

    // An encoding by which few bytes become long texts: each begins as the one before.
    private const int DeltaByteArray = 7;

    /// <summary>Throws <see cref="InvalidDataException"/> where a page of a file that begins and ends with PAR1 claims more than a table of <paramref name="rows"/> rows needs.</summary>
    public static void Check(ReadOnlySpan<byte> file, long rows)
    {
        var length = file.Length < 12 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(file[^8..]);
        if (length > file.Length - 12)
        {
            throw new InvalidDataException($"its metadata claims {length} bytes where the file has {file.Length}");
        }

        var metadata = new ThriftReader(file[^(8 + (int)length)..^8]).Struct();
        foreach (var group in metadata.List(4))
        {
            foreach (var column in group.List(1))
            {
                Check(file, column.Struct(3), rows);
            }
        }
    }

    private static void Check(ReadOnlySpan<byte> file, ThriftStruct column, long rows)
    {
        var (data, dictionary, size) = (column.Int64(9), column.Int64(11), column.Int64(7));
        var start = dictionary > 0 && dictionary < data ? dictionary : data;
        if (start < 0 || size < 0 || start > file.Length || size > file.Length - start)
        {
            throw new InvalidDataException($"a column claims {size} bytes from {start} on, which the file does not hold");
        }

        var pages = file.Slice((int)start, (int)size);
        while (!pages.IsEmpty)
        {
            var reader = new ThriftReader(pages);
            var header = reader.Struct();
            var (unpacked, packed) = (header.Int32(2), header.Int32(3));
            if (packed < 0 || packed > pages.Length - reader.Position || unpacked < 0 || unpacked > FewestBytes + (MostBytesPerRow * rows))
            {
                throw new InvalidDataException($"a page claims {packed} bytes that become {unpacked}, where {pages.Length - reader.Position} follow and there are {rows} rows");
            }

            if (header.Struct(5).Int32(2) == DeltaByteArray || header.Struct(8).Int32(4) == DeltaByteArray)
            {
                throw new InvalidDataException("a page has texts that are put together from those before them (DELTA_BYTE_ARRAY), which are not read");
            }

            pages = pages[(reader.Position + packed)..];
        }
    }
}
