namespace Ndt.Checkpoints;

/// <summary>
/// Reads a checkpoint of any of the formats, which its first bytes tell, whatever its name: PyTorch's (of today and from before 1.6),
/// safetensors, and the index of one in several files. Writes the format that the name's extension tells.
/// </summary>
public static class CheckpointFile
{
    /// <summary>Reads <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The file is of no known format, or cannot be read as what it is.</exception>
    public static Checkpoint Read(string path)
    {
        using var file = UntrustedFile.Open(path);
        return SafetensorsFile.IsSafetensors(file) ? SafetensorsFile.Read(file)
            : ShardedCheckpoint.IsIndex(file) ? ShardedCheckpoint.Read(file)
            : IsNamedSafetensors(path) ? SafetensorsFile.Read(file)
            : PyTorchFile.Read(file);
    }

    /// <summary>
    /// The tensors of a file as named arrays, one after another, whatever holds them: a tensor alone is <c>0</c>, those of a list
    /// <c>0</c>, <c>1</c>, …, those of nested dictionaries have their keys joined with dots.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static IEnumerable<NamedTensor> Tensors(string path) => Read(path).AllTensors();

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

    private static bool IsNamedSafetensors(string path) => Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase);

    private static bool IsPyTorch(string path) => !IsNamedSafetensors(path) && (Path.GetExtension(path).ToUpperInvariant() is ".PT" or ".PTH" or ".BIN" or ".CKPT"
        ? true
        : throw new InputException($"{path}: the extension is '{Path.GetExtension(path).ToLowerInvariant()}'; .pt, .pth, .bin, .ckpt or .safetensors is expected."));
}
