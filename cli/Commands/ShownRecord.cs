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
    /// <summary>Reads the records that paths name.</summary>
    /// <exception cref="InputException">A path is no record, or a record has no layer of the kind asked for.</exception>
    public static IReadOnlyList<ShownRecord> Read(IEnumerable<string> paths, string view, Func<string, bool> isWanted, Metric metric)
    {
        var shown = new List<ShownRecord>();
        foreach (var (path, record) in paths.SelectMany(Records))
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
    private static IEnumerable<(string Path, RunRecord Record)> Records(string path) =>
        !File.Exists(path) && RunningRecord.Read(path) is { } running
            ? [(path, running)]
            : RecordFile.Find([path]).Select(file => (file, RecordFile.Read(file)));
}
