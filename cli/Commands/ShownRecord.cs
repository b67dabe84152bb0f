using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Cli.Commands;

/// <summary>A record that is shown, under a name that tells it from the others.</summary>
/// <param name="Name">Its file's name without ending.</param>
/// <param name="Record">The record.</param>
/// <param name="Layers">Its layers that are shown.</param>
internal sealed record ShownRecord(string Name, RunRecord Record, IReadOnlyList<LayerSeries> Layers)
{
    /// <summary>Reads the records that paths name. In a folder, other JSON files may lie beside records: they are passed over, and told of.</summary>
    /// <exception cref="InputException">A path is no record, or a record has no layer of the kind asked for.</exception>
    public static IReadOnlyList<ShownRecord> Read(IEnumerable<string> paths, string view, Func<string, bool> isWanted, Metric metric, Action<string> tell)
    {
        var shown = new List<ShownRecord>();
        foreach (var (path, record) in paths.SelectMany(path => Records(path, tell)))
        {
            var all = ViewChoice.Layers(record, view);
            LayerSeries[] layers = [.. all.Where(layer => isWanted(layer.Name))];
            if (layers.Length == 0)
            {
                throw new InputException($"{path}: no such layer; it has {string.Join(", ", all.Select(layer => layer.Name))}");
            }

            if (Array.Find(layers, layer => !layer.Has(metric)) is { } lacking)
            {
                throw new InputException($"{path}: layer {lacking.Name} has no {metric.Name()}; it has {string.Join(", ", lacking.Metrics.Select(known => known.Name()))}");
            }

            shown.Add(new ShownRecord(Path.GetFileNameWithoutExtension(path), record, layers));
        }

        return shown;
    }

    /// <summary>The records of a path; of a run that is still being made, what there is so far.</summary>
    private static List<(string Path, RunRecord Record)> Records(string path, Action<string> tell) =>
        !File.Exists(path) && RunningRecord.Read(path) is { } running ? [(path, running)]
            : Directory.Exists(path) ? InFolder(path, tell)
            : [.. RecordFile.Find([path]).Select(file => (file, RecordFile.Read(file)))];

    private static List<(string Path, RunRecord Record)> InFolder(string folder, Action<string> tell)
    {
        var records = new List<(string, RunRecord)>();
        var passedOver = new List<string>();
        foreach (var file in RecordFile.Find([folder]))
        {
            try
            {
                records.Add((file, RecordFile.Read(file)));
            }
            catch (InputException e) when (Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase))
            {
                passedOver.Add(e.Message);
            }
        }

        if (records.Count == 0)
        {
            throw new InputException($"{folder}: none of its JSON files is a record ({passedOver[0]}){RecordFile.PlacesBelow(folder)}");
        }

        passedOver.ForEach(reason => tell($"passed over, no record: {reason}"));
        return records;
    }
}
