using System.Buffers.Binary;
using System.Text;

namespace Ndt.Checkpoints.Zip;

/// <summary>
/// Reads the kind of zip that PyTorch writes: entries stored without compression, no encryption, below 4 GiB. Nothing is ever
/// extracted to disk. Since nothing is inflated and entries may not overlap, a zip can never yield more bytes than the file has.
/// </summary>
internal sealed class StoredZipReader
{
    private const int MaximumNameLength = 1024;

    private readonly UntrustedFile file;
    private readonly Dictionary<string, ZipEntry> entries;

    private StoredZipReader(UntrustedFile file, Dictionary<string, ZipEntry> entries)
    {
        this.file = file;
        this.entries = entries;
    }

    public IReadOnlyCollection<ZipEntry> Entries => entries.Values;

    public ZipEntry? Find(string name) => entries.GetValueOrDefault(name);

    /// <summary>Reads and checks the directory: names, methods, bounds, duplicates and overlaps, but no entry's bytes.</summary>
    public static StoredZipReader Open(UntrustedFile file)
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
        return new StoredZipReader(file, entries);
    }

    /// <summary>The bytes of an entry, checksum verified.</summary>
    public byte[] Read(ZipEntry entry)
    {
        var bytes = file.Read(entry.Offset, entry.Length, Printable.Quote(entry.Name));
        return Crc32.Of(bytes) == entry.Crc
            ? bytes
            : throw file.Bad($"the checksum of {Printable.Quote(entry.Name)} is wrong; the file is damaged");
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

            int count = U16(end, 10);
            long length = U32(end, 12), offset = U32(end, 16);
            if (count == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue)
            {
                throw file.Bad("the zip has 4 GiB or 65,535 entries and more; smaller ones are read");
            }

            if (U16(end, 4) != 0 || U16(end, 6) != 0 || U16(end, 8) != count)
            {
                throw file.Bad("the zip is one part of several; a whole one is expected");
            }

            if (offset + length > file.Length - tailLength + at || length < (long)count * ZipRecord.CentralSize)
            {
                throw file.Bad($"the zip's directory of {count} entries claims {length} bytes at offset {offset}, which the file does not hold");
            }

            return (offset, length, count);
        }

        throw file.Bad("the zip has no end record; the file is cut off");
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

        long stored = U32(header, 20), length = U32(header, 24);
        if (U16(header, 10) != 0 || stored != length)
        {
            throw file.Bad($"the zip's entry {Printable.Quote(name)} is compressed (method {U16(header, 10)}, {stored} bytes claimed to become {length}); PyTorch stores entries as they are");
        }

        if (length == uint.MaxValue || U32(header, 42) == uint.MaxValue)
        {
            throw file.Bad($"the zip's entry {Printable.Quote(name)} has 4 GiB and more; smaller ones are read");
        }

        at += size;
        return new ZipEntry(name, DataOffset(file, name, nameBytes, U32(header, 42), length, directoryOffset), length, U32(header, 16));
    }

    /// <summary>Where the bytes start, as the entry's own header says; it has to agree with the directory.</summary>
    private static long DataOffset(UntrustedFile file, string name, ReadOnlySpan<byte> nameBytes, long headerOffset, long length, long directoryOffset)
    {
        var what = $"the header of {Printable.Quote(name)}";
        var header = file.Read(headerOffset, ZipRecord.LocalSize + nameBytes.Length, what).AsSpan();
        if (U32(header, 0) != ZipRecord.LocalSignature || U16(header, 8) != 0 || (U16(header, 6) & ZipRecord.EncryptionFlags) != 0
            || U16(header, 26) != nameBytes.Length || !header[ZipRecord.LocalSize..].SequenceEqual(nameBytes))
        {
            throw file.Bad($"{what} does not agree with the zip's directory");
        }

        var offset = headerOffset + ZipRecord.LocalSize + nameBytes.Length + U16(header, 28);
        return offset + length <= directoryOffset
            ? offset
            : throw file.Bad($"the zip's entry {Printable.Quote(name)} claims {length} bytes at offset {offset}, which the file does not hold");
    }

    private static string CheckedName(UntrustedFile file, ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.UTF8.GetString(bytes);
        var isSafe = bytes.Length is > 0 and <= MaximumNameLength
            && !name.StartsWith('/')
            && !name.AsSpan().ContainsAny('\\', ':', '\0')
            && !name.Split('/').Contains("..");
        return isSafe ? name : throw file.Bad($"the zip holds the path {Printable.Quote(name)}; plain relative names are expected");
    }

    private static void RefuseOverlaps(UntrustedFile file, IEnumerable<ZipEntry> entries)
    {
        ZipEntry? previous = null;
        foreach (var entry in entries.Where(entry => entry.Length > 0).OrderBy(entry => entry.Offset))
        {
            if (previous is not null && previous.Offset + previous.Length > entry.Offset)
            {
                throw file.Bad($"the zip's entries {Printable.Quote(previous.Name)} and {Printable.Quote(entry.Name)} share bytes");
            }

            previous = entry;
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
