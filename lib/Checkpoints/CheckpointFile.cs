namespace Ndt.Checkpoints;

/// <summary>Reads and writes a checkpoint in the format that the file's extension names: <c>.pt</c> and <c>.pth</c> are PyTorch's, <c>.safetensors</c> is safetensors.</summary>
public static class CheckpointFile
{
    /// <summary>Reads <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The extension is another, or the file cannot be read as what it says.</exception>
    public static Checkpoint Read(string path) => IsPyTorch(path) ? PyTorchFile.Read(path) : SafetensorsFile.Read(path);

    /// <summary>
    /// The tensors of a file as named arrays, one after another, whatever holds them: a tensor alone is <c>0</c>, those of a list
    /// <c>0</c>, <c>1</c>, …, those of nested dictionaries have their keys joined with dots.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static IEnumerable<NamedTensor> Tensors(string path) => Read(path).AllTensors();

    /// <summary>Writes <paramref name="path"/>, whole or not at all.</summary>
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

    /// <summary>What <paramref name="path"/>'s format holds in another form than PyTorch's, a sentence each; none for a PyTorch file.</summary>
    public static IEnumerable<string> Notes(string path, Checkpoint checkpoint)
    {
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

        if (checkpoint.Metadata.Count > 0)
        {
            yield return $"safetensors' metadata holds strings only: {string.Join(", ", checkpoint.Metadata.Keys)} are written as text";
        }
    }

    private static bool IsPyTorch(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PT" or ".PTH" => true,
        ".SAFETENSORS" => false,
        var other => throw new InputException($"{path}: the extension is '{other.ToLowerInvariant()}'; .pt, .pth or .safetensors is expected."),
    };
}
