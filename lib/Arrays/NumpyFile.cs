using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Ndt.Checkpoints;
using Ndt.Checkpoints.Zip;
using NumSharp;

namespace Ndt.Arrays;

/// <summary>
/// NumPy's files: one array (.npy) or several by name (.npz, compressed or not), in C or Fortran order and either byte order. Numbers and booleans are
/// read; complex numbers, texts, records and objects are refused, and nothing in a file is run.
/// </summary>
internal static class NumpyFile
{
    private const string Ending = ".npy";

    // Deflate gives at most 1,032 bytes for one; an archive of activations gives hardly two, but for layers that are all zero.
    private const int MostInflated = 64;
    private const long Spare = 256L << 20;

    /// <summary>The array of an .npy.</summary>
    public static StoredArray Single(string path, string name)
    {
        using var file = InputFile.OpenRead(path);
        var header = HeaderOf(path, name, file, file.Length);
        return header.Unfit is { } reason ? throw new InputException($"{Place(path, name)}: {reason}") : Stored(path, name, header, () => InputFile.OpenRead(path));
    }

    /// <summary>The archive that an .npz is.</summary>
    public static ZipArchive OpenArchive(string path)
    {
        var stream = InputFile.OpenRead(path);
        try
        {
            return Guard(path, null, () => new ZipArchive(stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether a zip that starts so is NumPy's: its first file is an .npy, where torch.save's is a pickle.</summary>
    public static bool IsArchive(ReadOnlySpan<byte> start) =>
        start.Length > ZipRecord.LocalSize
        && BinaryPrimitives.ReadUInt32LittleEndian(start) == ZipRecord.LocalSignature
        && BinaryPrimitives.ReadUInt16LittleEndian(start[ZipRecord.LocalNameLengthAt..]) is var length
        && start.Length >= ZipRecord.LocalSize + length
        && start.Slice(ZipRecord.LocalSize, length).EndsWith(".npy"u8);

    /// <summary>
    /// The arrays of an .npz in its order, by name only those that hold no real numbers and files that are no arrays; of several of one name the last, as NumPy reads it.
    /// </summary>
    public static (IReadOnlyList<StoredArray> Arrays, IReadOnlyList<LeftOutValue> LeftOut) ArraysOf(ZipArchive archive, string path)
    {
        var arrays = new List<StoredArray>();
        var leftOut = new List<LeftOutValue>();
        var entries = new OrderedDictionary<string, ZipArchiveEntry>();
        foreach (var entry in Guard(path, null, () => archive.Entries).Where(entry => !entry.FullName.EndsWith('/')))
        {
            if (!entry.FullName.EndsWith(Ending, StringComparison.Ordinal))
            {
                leftOut.Add(new LeftOutValue(entry.FullName, "a file that is no .npy"));
                continue;
            }

            entries[entry.FullName[..^Ending.Length]] = entry;
        }

        var most = Math.Max(MostInflated * new FileInfo(path).Length, Spare);
        foreach (var (name, entry) in entries)
        {
            if (entry.Length > most)
            {
                throw new InputException($"{path}: {Printable.Quote(name)} claims to become {entry.Length} bytes; at most {MostInflated} times the file's bytes are inflated, or {Spare}");
            }

            using var stream = Guard(path, name, entry.Open);
            var header = HeaderOf(path, name, stream, entry.Length);
            if (header.Unfit is { } reason)
            {
                leftOut.Add(new LeftOutValue(name, reason));
            }
            else
            {
                arrays.Add(Stored(path, name, header, () => Checked(entry)));
            }
        }

        return (arrays, leftOut);
    }

    private static NumpyHeader HeaderOf(string path, string name, Stream start, long length) => Guard(path, name, () => NumpyHeader.Read(start, length));

    private static StoredArray Stored(string path, string name, NumpyHeader header, Func<Stream> open) => new(name, header.Shape, () => Guard(path, name, () =>
    {
        using var stream = open();
        return Doubles(stream);
    }));

    // System.IO.Compression compares no checksums. The entry is gone through once more, so that memory stays that of its array.
    private static Stream Checked(ZipArchiveEntry entry)
    {
        using (var stream = entry.Open())
        {
            var checksum = new Crc32();
            checksum.Append(stream);
            if (checksum.GetCurrentHashAsUInt32() != entry.Crc32)
            {
                throw new InvalidDataException("its checksum is wrong; the file is damaged");
            }
        }

        return entry.Open();
    }

    private static double[] Doubles(Stream stream)
    {
        using var array = np.load_npy(stream);
        // NumSharp keeps elements outside the managed heap: given back at once, not when the collector finds out.
        using var doubles = array.astype(NPTypeCode.Double);
        return doubles.ToArray<double>();
    }

    // Whatever NumSharp finds wrong with a file, it says by some exception of its own choice.
    private static T Guard<T>(string path, string? name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (OutOfMemoryException e)
        {
            throw new InputException($"{Place(path, name)}: claims more elements than memory holds", e);
        }
        catch (EndOfStreamException e)
        {
            throw new InputException($"{Place(path, name)}: cannot be read as a NumPy array: it ends too early", e);
        }
        catch (Exception e) when (e is not (InputException or ObjectDisposedException))
        {
            throw new InputException($"{Place(path, name)}: cannot be read as a NumPy array: {Printable.Line(e.Message)}", e);
        }
    }

    private static string Place(string path, string? name) => name is null ? path : $"{path}: {Printable.Quote(name)}";
}
