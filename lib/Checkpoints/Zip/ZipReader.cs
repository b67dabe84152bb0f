using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Ndt.Checkpoints.Zip;

/// <summary>
/// Reads the kinds of zip that hold a checkpoint: entries as they are, which PyTorch writes, or deflated, as they are after another
/// program has packed them. Nothing is ever extracted to disk, entries may not overlap, and what is inflated is bounded in all.
/// </summary>
internal sealed class ZipReader
{
    private const int MaximumNameLength = 1024;

    // Deflate gives at most 1,032 bytes for one. Weights give hardly two, freshly made moments of an optimiser, all zero, the most.
    private const int MostForOneByte = 1032;
    private const int MostInflated = 64;
    private const int Spare = 64 << 20;

    private readonly UntrustedFile file;
    private readonly Dictionary<string, ZipEntry> entries;
    private readonly HashSet<string> inflated = [];
    private long inflationLeft;

    private ZipReader(UntrustedFile file, Dictionary<string, ZipEntry> entries)
    {
        this.file = file;
        this.entries = entries;
        inflationLeft = Math.Max(MostInflated * file.Length, Spare);
    }

    public IReadOnlyCollection<ZipEntry> Entries => entries.Values;

    public ZipEntry? Find(string name) => entries.GetValueOrDefault(name);

    /// <summary>Reads and checks the directory: names, methods, bounds, duplicates and overlaps, but no entry's bytes.</summary>
    public static ZipReader Open(UntrustedFile file)
    {
        var (directoryOffset, directoryLength, count) = FindDirectory(file);
        var directory = file.Read(directoryOffset, directoryLength, "the zip's directory");
        var entries = new Dictionary<string, ZipEntry>();
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var entry = ReadEntry(file, directory, directoryOffset, ref at);
            if (!entries.TryAdd(entry.Name, entry))
            {
                throw file.Bad($"the zip holds {Printable.Quote(entry.Name)} twice");
            }
        }

        RefuseOverlaps(file, entries.Values);
        return new ZipReader(file, entries);
    }

    /// <summary>The bytes of an entry, checksum verified where there is one.</summary>
    public byte[] Read(ZipEntry entry)
    {
        var bytes = file.Read(entry.Offset, entry.StoredLength, Printable.Quote(entry.Name));
        bytes = entry.Method switch
        {
            ZipRecord.Stored => bytes,
            ZipRecord.Deflated => Inflate(entry, bytes),
            _ => throw file.Bad($"the zip's entry {Printable.Quote(entry.Name)} is compressed by method {entry.Method}; stored and deflated ones are read"),
        };

        // PyTorch writes 0 where it is asked to compute none (torch.serialization.set_crc32_options).
        return entry.Crc == 0 || Crc32.HashToUInt32(bytes) == entry.Crc
            ? bytes
            : throw file.Bad($"the checksum of {Printable.Quote(entry.Name)} is wrong; the file is damaged");
    }

    private byte[] Inflate(ZipEntry entry, byte[] deflated)
    {
        if (entry.Length > MostForOneByte * (long)deflated.Length)
        {
            throw file.Bad($"the zip's entry {Printable.Quote(entry.Name)} claims to become {entry.Length} bytes; {deflated.Length} can become at most {MostForOneByte * (long)deflated.Length}");
        }

        // An entry that is read again costs no more memory than the first time.
        inflationLeft -= inflated.Add(entry.Name) ? entry.Length : 0;
        if (inflationLeft < 0 || entry.Length > Array.MaxLength)
        {
            throw file.Bad($"the zip's entry {Printable.Quote(entry.Name)} claims to become {entry.Length} bytes; at most {MostInflated} times the file's bytes are inflated in all, or {Spare}");
        }

        try
        {
            using var stream = new DeflateStream(new MemoryStream(deflated), CompressionMode.Decompress);
            var bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
            stream.ReadExactly(bytes);
            return stream.ReadByte() < 0
                ? bytes
                : throw file.Bad($"the zip's entry {Printable.Quote(entry.Name)} becomes more bytes than the {entry.Length} that it claims");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InputException($"{file.Path}: the zip's entry {Printable.Quote(entry.Name)} is damaged: it does not inflate to {entry.Length} bytes.", e);
        }
    }

    private static (long Offset, long Length, int Count) FindDirectory(UntrustedFile file)
    {
        // The end record is the last thing in the file, but for a comment of at most 65,535 bytes.
        var tailLength = Math.Min(file.Length, ZipRecord.EndSize + ushort.MaxValue);
        var tail = file.Read(file.Length - tailLength, tailLength, "the zip's end");
        for (var at = tail.Length - ZipRecord.EndSize; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != ZipRecord.EndSignature || U16(end, 20) != end.Length - ZipRecord.EndSize)
            {
                continue;
            }

            var position = file.Length - tailLength + at;
            long count = U16(end, 10), length = U32(end, 12), offset = U32(end, 16);
            if (count == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue)
            {
                (offset, length, count) = FindLargeDirectory(file, position) ?? (offset, length, count);
            }
            else if (U16(end, 4) != 0 || U16(end, 6) != 0 || U16(end, 8) != count)
            {
                throw file.Bad("the zip is one part of several; a whole one is expected");
            }

            if (offset < 0 || length < 0 || count < 0 || offset > position || length > position - offset || count > length / ZipRecord.CentralSize)
            {
                throw file.Bad($"the zip's directory of {count} entries claims {length} bytes at offset {offset}, which the file does not hold");
            }

            return (offset, length, (int)count);
        }

        throw file.Bad("the zip has no end record; the file is cut off");
    }

    /// <summary>The directory of a zip of 4 GiB or 65,535 entries and more: the end record of 64 bits, which a locator before the plain one names. Null where there is none.</summary>
    private static (long Offset, long Length, long Count)? FindLargeDirectory(UntrustedFile file, long endOffset)
    {
        if (endOffset < ZipRecord.Locator64Size)
        {
            return null;
        }

        var locator = file.Read(endOffset - ZipRecord.Locator64Size, ZipRecord.Locator64Size, "the zip's locator").AsSpan();
        if (U32(locator, 0) != ZipRecord.Locator64Signature)
        {
            return null;
        }

        var end = file.Read(I64(locator, 8), ZipRecord.End64Size, "the zip's end record of 64 bits").AsSpan();
        return U32(end, 0) == ZipRecord.End64Signature && U32(end, 16) == 0 && U32(end, 20) == 0 && I64(end, 24) == I64(end, 32)
            ? (I64(end, 48), I64(end, 40), I64(end, 32))
            : throw file.Bad("the zip's end record of 64 bits is damaged, or the zip is one part of several; a whole one is expected");
    }

    private static ZipEntry ReadEntry(UntrustedFile file, ReadOnlySpan<byte> directory, long directoryOffset, ref int at)
    {
        var header = directory[at..];
        if (header.Length < ZipRecord.CentralSize || U32(header, 0) != ZipRecord.CentralSignature)
        {
            throw file.Bad($"the zip's directory is damaged at byte {at}");
        }

        int nameLength = U16(header, 28), size = ZipRecord.CentralSize + nameLength + U16(header, 30) + U16(header, 32);
        if (header.Length < size)
        {
            throw file.Bad($"the zip's directory is cut off at byte {at}");
        }

        var nameBytes = header.Slice(ZipRecord.CentralSize, nameLength);
        var name = CheckedName(file, nameBytes);
        var flags = U16(header, 8);
        if ((flags & ZipRecord.EncryptionFlags) != 0)
        {
            throw file.Bad($"the zip's entry {Printable.Quote(name)} is encrypted");
        }

        var method = U16(header, 10);
        long stored = U32(header, 20), length = U32(header, 24), headerOffset = U32(header, 42);
        ReadLargeSizes(file, name, header.Slice(ZipRecord.CentralSize + nameLength, U16(header, 30)), ref length, ref stored, ref headerOffset);
        if (method == ZipRecord.Stored && stored != length)
        {
            throw file.Bad($"the zip's entry {Printable.Quote(name)} is stored as it is, but {stored} bytes are claimed to become {length}");
        }

        at += size;
        return new ZipEntry(name, DataOffset(file, name, nameBytes, method, headerOffset, stored, directoryOffset), stored, length, U32(header, 16), method);
    }

    /// <summary>The sizes and the offset that are all ones in the header stand in an extra field, those in need and in this order.</summary>
    private static void ReadLargeSizes(UntrustedFile file, string name, ReadOnlySpan<byte> extra, ref long length, ref long stored, ref long headerOffset)
    {
        if (length != uint.MaxValue && stored != uint.MaxValue && headerOffset != uint.MaxValue)
        {
            return;
        }

        while (extra.Length >= 4 && U16(extra, 2) <= extra.Length - 4)
        {
            var field = extra.Slice(4, U16(extra, 2));
            if (U16(extra, 0) == ZipRecord.Zip64Field)
            {
                length = Next(ref field, length);
                stored = Next(ref field, stored);
                headerOffset = Next(ref field, headerOffset);
                break;
            }

            extra = extra[(4 + field.Length)..];
        }

        if (length < 0 || stored < 0 || headerOffset < 0)
        {
            throw file.Bad($"the zip's entry {Printable.Quote(name)} has a negative size or offset");
        }

        static long Next(ref ReadOnlySpan<byte> field, long value)
        {
            if (value != uint.MaxValue || field.Length < sizeof(long))
            {
                return value;
            }

            value = I64(field, 0);
            field = field[sizeof(long)..];
            return value;
        }
    }

    /// <summary>Where the bytes start, as the entry's own header says; it has to agree with the directory.</summary>
    private static long DataOffset(UntrustedFile file, string name, ReadOnlySpan<byte> nameBytes, ushort method, long headerOffset, long length, long directoryOffset)
    {
        var what = $"the header of {Printable.Quote(name)}";
        var header = file.Read(headerOffset, ZipRecord.LocalSize + nameBytes.Length, what).AsSpan();
        if (U32(header, 0) != ZipRecord.LocalSignature || U16(header, 8) != method || (U16(header, 6) & ZipRecord.EncryptionFlags) != 0
            || U16(header, ZipRecord.LocalNameLengthAt) != nameBytes.Length || !header[ZipRecord.LocalSize..].SequenceEqual(nameBytes))
        {
            throw file.Bad($"{what} does not agree with the zip's directory");
        }

        var offset = headerOffset + ZipRecord.LocalSize + nameBytes.Length + U16(header, 28);
        return offset <= directoryOffset && length <= directoryOffset - offset
            ? offset
            : throw file.Bad($"the zip's entry {Printable.Quote(name)} claims {length} bytes at offset {offset}, which the file does not hold");
    }

    private static string CheckedName(UntrustedFile file, ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.UTF8.GetString(bytes);
        var isSafe = bytes.Length is > 0 and <= MaximumNameLength
            && !name.StartsWith('/')
            && !name.AsSpan().ContainsAny('\\', '\0')
            && !name.Split('/').Contains("..");
        return isSafe ? name : throw file.Bad($"the zip holds the path {Printable.Quote(name)}; plain relative names are expected");
    }

    private static void RefuseOverlaps(UntrustedFile file, IEnumerable<ZipEntry> entries)
    {
        ZipEntry? previous = null;
        foreach (var entry in entries.Where(entry => entry.StoredLength > 0).OrderBy(entry => entry.Offset))
        {
            if (previous is not null && previous.Offset + previous.StoredLength > entry.Offset)
            {
                throw file.Bad($"the zip's entries {Printable.Quote(previous.Name)} and {Printable.Quote(entry.Name)} share bytes");
            }

            previous = entry;
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
