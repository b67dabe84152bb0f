namespace Ndt.Checkpoints;

/// <summary>
/// Reads a checkpoint of any of the formats, which its first bytes tell, whatever its name: PyTorch's (of today and from before 1.6),
/// safetensors, and the index of one in several files. Writes the format that the name's extension tells.
/// </summary>
public static class CheckpointFile
{
    private const string Safetensors = ".safetensors";
    private static readonly string[] PyTorchEndings = [".pt", ".pth", ".bin", ".ckpt"];

    /// <summary>The endings of checkpoints' names.</summary>
    internal static IReadOnlyList<string> Endings { get; } = [.. PyTorchEndings, Safetensors];

    /// <summary>The checkpoints that paths name: a file stands for itself, whatever its name; a folder for those that lie directly in it, by their endings, in ordinal order.</summary>
    /// <exception cref="InputException">A folder without checkpoints.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths) => [.. paths.SelectMany(path => Directory.Exists(path) ? In(path) : [path])];

    /// <summary>Reads <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The file is of no known format, or cannot be read as what it is.</exception>
    public static Checkpoint Read(string path)
    {
        using var file = UntrustedFile.Open(path);
        return Open(file).Loaded();
    }

    /// <summary>The checkpoint, its tensors left in the file until they are asked for.</summary>
    internal static Checkpoint Open(UntrustedFile file) =>
        SafetensorsFile.IsSafetensors(file) ? SafetensorsFile.Open(file)
        : ShardedCheckpoint.IsIndex(file) ? ShardedCheckpoint.Open(file)
        : IsNamedSafetensors(file.Path) ? SafetensorsFile.Open(file)
        : PyTorchFile.Open(file);

    /// <summary>Writes <paramref name="path"/>, whole or not at all: PyTorch's format for <c>.pt</c>, <c>.pth</c>, <c>.bin</c> and <c>.ckpt</c>, or <c>.safetensors</c>.</summary>
    /// <exception cref="InputException">The extension is another, or the format cannot hold the checkpoint.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        if (IsPyTorch(path))
        {
            PyTorchFile.Write(path, checkpoint);
        }
        else
        {
            SafetensorsFile.Write(path, checkpoint);
        }
    }

    /// <summary>What <paramref name="path"/>'s format holds in another form than the checkpoint's file, and what was left out of that, a sentence each.</summary>
    public static IEnumerable<string> Notes(string path, Checkpoint checkpoint)
    {
        foreach (var part in checkpoint.LeftOut)
        {
            yield return part.ToString();
        }

        if (IsPyTorch(path))
        {
            yield break;
        }

        if (checkpoint.Optimizer is not null)
        {
            yield return $"safetensors has no place for an optimiser: its tensors are named {FlatNames.OptimizerState}INDEX.NAME, its groups are JSON in the metadata's {FlatNames.ParameterGroups}";
        }

        if (checkpoint.Extra.Length > 0)
        {
            yield return $"tensors outside the model are named {FlatNames.Extra}NAME";
        }

        if (checkpoint.Metadata.Any(item => item.Value is not CheckpointValue.Text))
        {
            yield return $"safetensors' metadata holds strings only: {string.Join(", ", checkpoint.Metadata.Keys)} are written as text";
        }
    }

    private static string[] In(string folder)
    {
        string[] files = [.. InputFile.FilesIn(folder).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new InputException($"{folder}: is a folder without checkpoints; they end in {string.Join(", ", Endings)}");
    }

    private static bool IsNamedSafetensors(string path) => Path.GetExtension(path).Equals(Safetensors, StringComparison.OrdinalIgnoreCase);

    private static bool IsPyTorch(string path) => !IsNamedSafetensors(path) && (PyTorchEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        ? true
        : throw new InputException($"{path}: the extension is '{Path.GetExtension(path).ToLowerInvariant()}'; {string.Join(", ", PyTorchEndings)} or {Safetensors} is expected."));
}
