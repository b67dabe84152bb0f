using System.IO.Compression;
using Ndt.Checkpoints;
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
        return Stored(path, name, HeaderOf(path, name, file, file.Length), () => InputFile.OpenRead(path));
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

    /// <summary>The arrays of an .npz in its order, those of texts, objects and complex numbers by name only; of several of one name the last, as NumPy reads it.</summary>
    public static (IReadOnlyList<StoredArray> Arrays, IReadOnlyList<LeftOutValue> LeftOut) ArraysOf(ZipArchive archive, string path)
    {
        var arrays = new List<StoredArray>();
        var leftOut = new List<LeftOutValue>();
        var entries = new OrderedDictionary<string, ZipArchiveEntry>();
        foreach (var entry in Guard(path, null, () => archive.Entries))
        {
            entries[entry.FullName.EndsWith(Ending, StringComparison.Ordinal) ? entry.FullName[..^Ending.Length] : entry.FullName] = entry;
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
            if (header.IsReal)
            {
                arrays.Add(Stored(path, name, header, entry.Open));
            }
            else
            {
                leftOut.Add(new LeftOutValue(name, $"an array of NumPy's type {header.Type}; real numbers are measured"));
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

    private static double[] Doubles(Stream stream)
    {
        using var array = np.load_npy(stream);
        if (array.dtype == typeof(System.Numerics.Complex))
        {
            throw new NotSupportedException("its elements are complex; real numbers are needed: measure real and imaginary part, or the modulus");
        }

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
        catch (Exception e) when (e is not (InputException or ObjectDisposedException))
        {
            throw new InputException($"{Place(path, name)}: cannot be read as a NumPy array: {Printable.Line(e.Message)}", e);
        }
    }

    private static string Place(string path, string? name) => name is null ? path : $"{path}: {Printable.Quote(name)}";
}
