using Ndt.Checkpoints.Pickle;
using Ndt.Checkpoints.Zip;

namespace Ndt.Checkpoints;

/// <summary>
/// PyTorch's checkpoint formats: since 1.6 a zip with a pickle <c>data.pkl</c> and one entry per storage, before
/// (<see cref="LegacyPyTorch"/>) pickles and storages one after another. Reading builds tensors and plain values, and a placeholder for
/// everything else, which is named under <see cref="Checkpoint.LeftOut"/>; nothing of the file is ever executed, no path in it is
/// used, and no size it claims is believed before the bytes are known to be there.
/// </summary>
public static class PyTorchFile
{
    private const string PickleName = "data.pkl";
    private const string LittleEndian = "little";

    // What torch.save writes today, and the oldest and newest that torch.load accepts.
    private const string Version = "3\n";
    private const int OldestVersion = 1;
    private const int NewestVersion = 10;

    /// <summary>
    /// Reads a checkpoint. Of the dictionary's entries <c>model_state_dict</c> becomes the model, <c>optimizer_state_dict</c> the
    /// optimiser's state where it has the form of Adam's or SGD's, plain values the metadata, and other tensors
    /// <see cref="Checkpoint.Extra"/>. Where there is no <c>model_state_dict</c> every tensor is the model's
    /// (<see cref="Checkpoint.IsBare"/>): of a bare state dict, of one under another name, of a list, of a module pickled whole or as
    /// TorchScript; a tensor alone is <c>0</c>. Keys and indexes of what is nested are joined with dots.
    /// </summary>
    /// <remarks>
    /// Sets, deques and tuples become sequences, Counter and defaultdict maps; devices, dtypes, paths and complex numbers the text that
    /// Python prints; scalars of NumPy's numbers, and its arrays tensors. A tensor within a list leaves None in its place.
    /// </remarks>
    /// <exception cref="InputException">The file is missing, damaged, hostile, or of another format; one line says where.</exception>
    public static Checkpoint Read(string path)
    {
        using var file = UntrustedFile.Open(path);
        return Open(file).Loaded();
    }

    /// <summary>The checkpoint, its tensors left in the file until they are asked for.</summary>
    internal static Checkpoint Open(UntrustedFile file)
    {
        var (value, pickleLength) = IsZip(file) ? ReadZip(file) : LegacyPyTorch.IsLegacy(file) ? LegacyPyTorch.Read(file) : throw NotPyTorch(file);
        return new CheckpointReader(file, pickleLength).Read(value);
    }

    /// <summary>Whether the file starts as a zip does.</summary>
    internal static bool IsZip(UntrustedFile file) => file.Start(4).SequenceEqual("PK\x03\x04"u8);

    /// <summary>What is wrong with a file that is in neither of PyTorch's formats.</summary>
    internal static InputException NotPyTorch(UntrustedFile file) => file.Bad(
        IsTar(file) ? "the file is a tar archive; a checkpoint written by torch.save since PyTorch 0.1.10 is expected, or the one within the archive"
        : "the file is not a zip; a checkpoint written by torch.save is expected");

    private static bool IsTar(UntrustedFile file) => file.Start(262) is [.., (byte)'u', (byte)'s', (byte)'t', (byte)'a', (byte)'r'];

    private static (object? Value, long PickleLength) ReadZip(UntrustedFile file)
    {
        var zip = ZipReader.Open(file);
        var pickle = zip.Entries.Where(entry => entry.Name.EndsWith("/" + PickleName, StringComparison.Ordinal)).Take(2).ToArray();
        if (pickle is not [var entry])
        {
            throw file.Bad($"the zip holds {(pickle.Length == 0 ? "no" : "more than one")} {PickleName}; a file written by torch.save is expected");
        }

        var root = entry.Name[..^(PickleName.Length + 1)];
        var version = zip.Find($"{root}/.data/version") is null ? $"{root}/version" : $"{root}/.data/version";
        CheckText(file, zip, version, text => int.TryParse(text, out var number) && number is >= OldestVersion and <= NewestVersion, $"{OldestVersion} to {NewestVersion}", isRequired: true);
        CheckText(file, zip, $"{root}/byteorder", text => text == LittleEndian, LittleEndian, isRequired: false);
        var longest = entry.Method == ZipRecord.Stored ? PickleMachine.MaximumLength : PickleMachine.MaximumInflatedLength;
        if (entry.Length > longest)
        {
            throw file.Bad($"{PickleName} has {entry.Length} bytes; at most {longest} are read");
        }

        var storages = new ZipStorages(file, zip, root);
        return (PickleMachine.Run(file, new TensorVocabulary(file, storages.Find, entry.Length), zip.Read(entry)), entry.Length);
    }

    /// <summary>
    /// Writes a checkpoint that <c>torch.load</c> opens, in the study's shape: the metadata, <c>model_state_dict</c>,
    /// <c>optimizer_state_dict</c> where there is one, and the extra tensors. Whole or not at all; equal checkpoints give equal files.
    /// </summary>
    /// <remarks>A bare checkpoint (<see cref="Checkpoint.IsBare"/>) is written as a bare dictionary, for <c>load_state_dict(torch.load(…))</c>.</remarks>
    /// <exception cref="InputException">Two parts of the checkpoint have the same name, a tensor has a type that PyTorch lacks, or the file would reach 4 GiB.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        CheckpointRules.Check(path, checkpoint);
        RefuseUnfit(path, checkpoint);
        var writer = new PickleWriter();
        var pickle = writer.Write(checkpoint);
        if (pickle.Length > PickleMachine.MaximumLength)
        {
            throw new InputException($"{path}: not written, since its names and plain values take {pickle.Length} bytes; at most {PickleMachine.MaximumLength} are read back.");
        }

        AtomicFile.Write(path, stream =>
        {
            using var zip = new StoredZipWriter(stream);
            zip.Add($"archive/{PickleName}", pickle);
            zip.Add("archive/byteorder", "little"u8);
            for (var i = 0; i < writer.Storages.Count; i++)
            {
                zip.Add($"archive/data/{i}", writer.Storages[i].Bytes.Span);
            }

            zip.Add("archive/version", System.Text.Encoding.ASCII.GetBytes(Version));
            zip.Finish();
        });
    }

    private static void CheckText(UntrustedFile file, ZipReader zip, string name, Predicate<string> isRight, string expected, bool isRequired)
    {
        const int LongestText = 16;
        if (zip.Find(name) is not { } entry)
        {
            if (isRequired)
            {
                throw file.Bad($"the zip lacks {Printable.Quote(name)}; a file written by torch.save is expected");
            }

            return;
        }

        var text = entry.Length <= LongestText ? System.Text.Encoding.ASCII.GetString(zip.Read(entry)).Trim() : "…";
        if (!isRight(text))
        {
            throw file.Bad($"{Printable.Quote(name)} says {Printable.Quote(text)}; {expected} is expected");
        }
    }

    private static void RefuseUnfit(string path, Checkpoint checkpoint)
    {
        if (checkpoint.AllTensors().FirstOrDefault(tensor => tensor.Type == ElementType.Other) is { } unknown)
        {
            throw new InputException($"{path}: not written, since PyTorch has no storage for the tensor {Printable.Quote(unknown.Name)} of type {unknown.TypeName}.");
        }

        if (checkpoint.Optimizer is null && checkpoint.Metadata.GetValueOrDefault(CheckpointNames.Optimizer) is CheckpointValue.Map map && LooksLikeOptimizer(map.Items))
        {
            throw new InputException($"{path}: not written, since the checkpoint's value '{CheckpointNames.Optimizer}' would be read as an optimiser's state.");
        }

        string[] reserved = checkpoint.Optimizer is null ? [CheckpointNames.Model] : [CheckpointNames.Model, CheckpointNames.Optimizer];
        CheckpointRules.RefuseRepeated(path, [.. reserved, .. checkpoint.Metadata.Keys, .. (checkpoint.IsWrittenBare ? checkpoint.Model : checkpoint.Extra).Select(tensor => tensor.Name)]);
    }

    private static bool LooksLikeOptimizer(IReadOnlyDictionary<string, CheckpointValue> items) =>
        items.Count == 2
        && items.GetValueOrDefault(CheckpointNames.State) is CheckpointValue.Map state
        && items.GetValueOrDefault(CheckpointNames.Groups) is CheckpointValue.Sequence
        && state.Items.Values.All(item => item is CheckpointValue.Map parameter && parameter.Items.All(entry => entry.Key == CheckpointNames.Step || entry.Value is CheckpointValue.None));
}
