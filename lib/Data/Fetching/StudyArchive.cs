using System.Text.Json;

namespace Ndt.Data.Fetching;

/// <summary>The study's published records and checkpoints (Javihaus/ndt on GitHub, MIT licence), as they lie in the cache: <c>records/</c>, <c>checkpoints/</c>, <c>checkpoint_runs/</c>.</summary>
public static class StudyArchive
{
    /// <summary>The commit that this repository is about.</summary>
    public const string Commit = "c0e4d120fc6cd15358b172a1d08ccf419d2fbd07";

    /// <summary>The terms of use.</summary>
    public const string Licence = "MIT";

    /// <summary>Who published it and where, for people.</summary>
    public const string Source = "the study's records and checkpoints, Javier Marin (GitHub Javihaus/ndt)";

    private static readonly string[] Mlps = ["mlp_shallow_2", "mlp_medium_5", "mlp_deep_10", "mlp_verydeep_15", "mlp_narrow", "mlp_medium", "mlp_wide", "mlp_verywide"];
    private static readonly string[] Cnns = ["cnn_shallow", "cnn_medium", "cnn_deep"];
    private static readonly string[] CommonTransformers = ["transformer_shallow", "transformer_medium", "transformer_deep"];
    private static readonly string[] ImageArchitectures = [.. Mlps, .. Cnns, .. CommonTransformers];

    /// <summary>Where it lies in the user's cache.</summary>
    public static string DefaultFolder => Path.Combine(CacheFolder.Root, "archive");

    /// <summary>The names of the 55 records, <c>ARCHITECTURE_DATASET.json</c>: the cells that were run (study, section 1).</summary>
    public static IReadOnlyList<string> RecordNames { get; } =
    [
        .. Cells("mnist", [.. ImageArchitectures, "transformer_narrow"]),
        .. Cells("fashion_mnist", [.. ImageArchitectures, "transformer_narrow"]),
        .. Cells("qmnist", ImageArchitectures),
        .. Cells("ag_news", [.. Mlps, .. CommonTransformers]),
    ];

    /// <summary>The checkpoints that were published, relative to <c>checkpoints/</c>.</summary>
    public static IReadOnlyList<string> CheckpointNames { get; } =
    [
        .. from run in new[] { "cnn_deep_mnist2", "mlp_narrow_mnist2" } from step in new[] { "00100", "01000", "02000" } select $"{run}/checkpoint_step_{step}.pt",
    ];

    /// <summary>
    /// Checks that a folder holds the whole archive: each of the 55 records by name, as well-formed JSON of that cell, and each checkpoint, as a zip file.
    /// Throws <see cref="InputException"/> naming the first file at fault.
    /// </summary>
    public static void Check(string folder)
    {
        foreach (var name in RecordNames)
        {
            CheckRecord(Path.Combine(folder, "records", name));
        }

        foreach (var name in CheckpointNames)
        {
            CheckCheckpoint(Path.Combine(folder, "checkpoints", name));
        }
    }

    /// <summary>Whether <see cref="Check"/> finds nothing wrong.</summary>
    public static bool IsPresent(string folder)
    {
        try
        {
            Check(folder);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static void CheckRecord(string path)
    {
        using var stream = Open(path);
        try
        {
            using var record = JsonDocument.Parse(stream);
            var cell = $"{record.RootElement.GetProperty("arch_name").GetString()}_{record.RootElement.GetProperty("dataset_name").GetString()}.json";
            if (cell != Path.GetFileName(path))
            {
                throw new InputException($"{path}: arch_name and dataset_name are those of {cell}; the file's name has to be theirs");
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"{path}: not a record of the study: {e.Message}", e);
        }
    }

    private static void CheckCheckpoint(string path)
    {
        using var stream = Open(path);
        Span<byte> start = stackalloc byte[4];
        stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start.SequenceEqual("PK\x03\x04"u8))
        {
            throw new InputException($"{path}: starts with 0x{Convert.ToHexString(start)}; a checkpoint of torch.save is a zip file (0x504B0304)");
        }
    }

    private static FileStream Open(string path) =>
        File.Exists(path) ? InputFile.OpenRead(path) : throw new InputException($"{path}: missing; the archive has {RecordNames.Count} records and {CheckpointNames.Count} checkpoints");

    private static IEnumerable<string> Cells(string dataset, IEnumerable<string> architectures) => architectures.Select(architecture => $"{architecture}_{dataset}.json");
}
