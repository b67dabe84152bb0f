using Ndt.Checkpoints;

namespace Ndt.Arrays;

/// <summary>
/// A file of named arrays, of any framework: NumPy's .npy and .npz, safetensors, and what torch.save writes. Open, it knows its arrays' names and
/// shapes; elements are read array by array, so that memory is bounded by the largest array and not by the file.
/// </summary>
/// <remarks>Arrays of NumPy's within a file of torch.save are part of its pickle, which is read as a whole.</remarks>
public sealed class ArrayFile : IDisposable
{
    private static readonly string[] Endings = [".npy", ".npz", .. CheckpointFile.Endings];

    private readonly IDisposable? source;

    private ArrayFile(IDisposable? source, IReadOnlyList<StoredArray> arrays, IReadOnlyList<LeftOutValue> leftOut)
    {
        this.source = source;
        Arrays = arrays;
        LeftOut = leftOut;
    }

    /// <summary>The endings that <see cref="HasKnownEnding"/> knows, for messages.</summary>
    public static string KnownEndings => string.Join(", ", Endings);

    /// <summary>Its arrays, in the file's own order.</summary>
    public IReadOnlyList<StoredArray> Arrays { get; }

    /// <summary>What else the file holds: arrays whose elements are no real numbers, and of a checkpoint what is no tensor and no plain value.</summary>
    public IReadOnlyList<LeftOutValue> LeftOut { get; }

    /// <summary>Whether a file's ending is one that such files have; what a file is, its first bytes say.</summary>
    public static bool HasKnownEnding(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="alone">What the array of an .npy is called; by default as the file without its ending.</param>
    /// <exception cref="InputException">The file is missing, damaged or of another kind.</exception>
    public static ArrayFile Open(string path, string? alone = null) => FormatOf(path) switch
    {
        ArrayFormat.Npy => new ArrayFile(null, [NumpyFile.Single(path, alone ?? Path.GetFileNameWithoutExtension(path))], []),
        ArrayFormat.Npz => OpenArchive(path),
        _ => OpenTensors(path),
    };

    /// <summary>The arrays of a file in its own order, read one after the other as they are asked for; errors as of <see cref="Open"/> and <see cref="StoredArray.Read"/>.</summary>
    public static IEnumerable<NamedArray> Read(string path, string? alone = null)
    {
        using var file = Open(path, alone);
        foreach (var array in file.Arrays)
        {
            yield return array.Read();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => source?.Dispose();

    private static ArrayFile OpenArchive(string path)
    {
        var zip = NumpyFile.OpenArchive(path);
        return OrClosed(zip, () =>
        {
            var (arrays, leftOut) = NumpyFile.ArraysOf(zip, path);
            return new ArrayFile(zip, arrays, leftOut);
        });
    }

    private static ArrayFile OpenTensors(string path)
    {
        var file = UntrustedFile.Open(path);
        return OrClosed(file, () =>
        {
            var checkpoint = CheckpointFile.Open(file);
            var tensors = checkpoint.AllTensors().ToLookup(tensor => tensor.Type.IsReal());
            return new ArrayFile(
                file,
                [.. tensors[true].Select(tensor => new StoredArray(tensor.Name, tensor.Shape, tensor.ToDoubles))],
                [.. checkpoint.LeftOut, .. tensors[false].Select(tensor => new LeftOutValue(tensor.Name, $"a tensor of {tensor.TypeName}; real numbers are measured"))]);
        });
    }

    private static ArrayFile OrClosed(IDisposable source, Func<ArrayFile> open)
    {
        try
        {
            return open();
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static ArrayFormat FormatOf(string path)
    {
        InputFile.RefuseFolder(path, $"a file of arrays ({KnownEndings})");
        Span<byte> start = stackalloc byte[512];
        using (var file = InputFile.OpenRead(path))
        {
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }

        if (start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..])
        {
            return ArrayFormat.Npy;
        }

        if (NumpyFile.IsArchive(start))
        {
            return ArrayFormat.Npz;
        }

        // A file named .npy or .npz that does not start like one is refused as a damaged NumPy file.
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".NPY" => ArrayFormat.Npy,
            ".NPZ" => ArrayFormat.Npz,
            _ => ArrayFormat.Tensors,
        };
    }

    private enum ArrayFormat
    {
        Npy,
        Npz,
        Tensors,
    }
}
