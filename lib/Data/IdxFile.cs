using System.Buffers.Binary;

namespace Ndt.Data;

/// <summary>
/// The idx format of the MNIST family (LeCun, Cortes, Burges, "The MNIST database of handwritten digits"): two zero bytes, the
/// element type, the number of dimensions, each size as a big-endian 32-bit integer, then the elements. Files are raw or gzip, recognised by content.
/// </summary>
/// <remarks>Sizes are compared with the bytes that are there before anything is allocated for them: a short file that claims a huge array costs nothing.</remarks>
public static class IdxFile
{
    /// <summary>The largest content that is read: five times the largest of the datasets (60,000 images of 28×28).</summary>
    public const long LargestContent = 256L << 20;

    /// <summary>Reads a file. Throws <see cref="InputException"/>, naming file, field, value found and what would be right, where it is missing or not a well-formed idx file.</summary>
    public static IdxArray Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file; an idx file is needed");
        }

        using var stream = InputFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>As above, from a file's bytes; <paramref name="name"/> stands in messages.</summary>
    public static IdxArray Read(byte[] file, string name)
    {
        using var stream = new MemoryStream(file, writable: false);
        return Read(stream, name);
    }

    /// <summary>Writes a raw file, or a gzip one when the path ends in <c>.gz</c>. The same array gives the same bytes: no time is stored.</summary>
    public static void Write(string path, IdxArray array) => AtomicFile.WriteBytes(path, path.EndsWith(".gz", StringComparison.Ordinal) ? Gzip.Pack(Content(array)) : Content(array));

    /// <summary>The bytes of the raw file.</summary>
    public static byte[] Content(IdxArray array)
    {
        var header = 4 + (4 * array.Dimensions.Count);
        var bytes = new byte[header + array.Payload.Length];
        bytes[2] = (byte)array.ElementType;
        bytes[3] = checked((byte)array.Dimensions.Count);
        for (var i = 0; i < array.Dimensions.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), array.Dimensions[i]);
        }

        array.Payload.CopyTo(bytes.AsSpan(header));
        return bytes;
    }

    private static IdxArray Read(Stream file, string name)
    {
        try
        {
            return ReadContent(Gzip.OpenEither(file), name, MostContent(file));
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{name}: the gzip data is damaged or cut off; a whole .gz file is needed", e);
        }
    }

    private static long MostContent(Stream file) =>
        Math.Min(LargestContent, Gzip.Recognise(file) ? file.Length * Gzip.LargestRatio : file.Length);

    private static IdxArray ReadContent(Stream content, string name, long mostContent)
    {
        Span<byte> magic = stackalloc byte[4];
        Fill(content, magic, name, "magic number");
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new InputException($"{name}: magic number 0x{Convert.ToHexString(magic)} is not an idx file's; it starts with two zero bytes");
        }

        var elementType = (IdxElementType)magic[2];
        if (!Enum.IsDefined(elementType))
        {
            throw new InputException($"{name}: element type 0x{magic[2]:X2}; known: 0x08 (unsigned byte), 0x0C (32-bit integer)");
        }

        if (magic[3] == 0)
        {
            throw new InputException($"{name}: dimension count 0; at least 1 is needed");
        }

        var dimensions = ReadDimensions(content, magic[3], name);
        var headerBytes = 4L + (4L * dimensions.Length);
        var claimed = ClaimedBytes(elementType, dimensions, name, mostContent - headerBytes);
        var payload = new byte[claimed];
        Fill(content, payload, name, $"elements of dimensions [{string.Join(", ", dimensions)}]");
        if (content.ReadByte() >= 0)
        {
            throw new InputException($"{name}: trailing bytes after the {claimed} that dimensions [{string.Join(", ", dimensions)}] of {elementType} take; none belong there");
        }

        return IdxArray.FromPayload(elementType, dimensions, payload);
    }

    private static int[] ReadDimensions(Stream content, int count, string name)
    {
        var dimensions = new int[count];
        Span<byte> size = stackalloc byte[4];
        for (var i = 0; i < count; i++)
        {
            Fill(content, size, name, $"dimension {i} of {count}");
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(size);
            if (dimensions[i] < 0)
            {
                throw new InputException($"{name}: dimension {i} has size {BinaryPrimitives.ReadUInt32BigEndian(size)}; at most {int.MaxValue} is possible");
            }
        }

        return dimensions;
    }

    private static long ClaimedBytes(IdxElementType elementType, int[] dimensions, string name, long most)
    {
        // A zero anywhere makes the array empty, however large the other sizes are.
        var claimed = dimensions.Contains(0) ? 0L : IdxArray.SizeOf(elementType);
        foreach (var size in dimensions)
        {
            claimed *= size;
            if (claimed > most)
            {
                throw new InputException(
                    $"{name}: dimensions [{string.Join(", ", dimensions)}] of {elementType} claim more than the {Math.Max(0, most)} bytes that can follow the header in a file of this length; the file is cut off or its header is wrong");
            }
        }

        return claimed;
    }

    private static void Fill(Stream content, Span<byte> target, string name, string field)
    {
        var read = content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
        {
            throw new InputException($"{name}: {field}: {read} bytes found where {target.Length} are needed; the file is cut off");
        }
    }
}
