using Ndt.Checkpoints;

namespace Ndt.Arrays;

/// <summary>Files of named arrays, of any framework: NumPy's .npy and .npz, safetensors, and what torch.save writes.</summary>
public static class ArrayFile
{
    private static readonly string[] Endings = [".npy", ".npz", ".safetensors", ".pt", ".pth", ".bin", ".ckpt"];

    /// <summary>Whether a file's ending is one that such files have; what a file is, its first bytes say.</summary>
    public static bool HasKnownEnding(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The endings that <see cref="HasKnownEnding"/> knows, for messages.</summary>
    public static string KnownEndings => string.Join(", ", Endings);

    /// <summary>
    /// The arrays of a file in its own order, one after the other: of NumPy's files only one is in memory at a time. A single array bears
    /// <paramref name="alone"/>'s name, by default that of the file without its ending.
    /// </summary>
    /// <exception cref="InputException">The file is missing, damaged or of another kind, or an array is of a type that is no real number; names file and array.</exception>
    public static IEnumerable<NamedArray> Read(string path, string? alone = null)
    {
        var name = alone ?? Path.GetFileNameWithoutExtension(path);
        return FormatOf(path) switch
        {
            ArrayFormat.Npy => [NumpyFile.ReadSingle(path, name)],
            ArrayFormat.Npz => NumpyFile.ReadArchive(path),
            _ => TensorFile(path),
        };
    }

    private static IEnumerable<NamedArray> TensorFile(string path) =>
        CheckpointFile.Tensors(path).Select(tensor => new NamedArray(tensor.Name, tensor.Shape, tensor.ToDoubles()));

    private static ArrayFormat FormatOf(string path)
    {
        Span<byte> start = stackalloc byte[6];
        using (var file = InputFile.OpenRead(path))
        {
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }

        if (start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'])
        {
            return ArrayFormat.Npy;
        }

        // torch.save and numpy.savez both write zip files; the ending tells them apart.
        return start.StartsWith("PK"u8) && Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase) ? ArrayFormat.Npz : ArrayFormat.Tensors;
    }

    private enum ArrayFormat
    {
        Npy,
        Npz,
        Tensors,
    }
}
