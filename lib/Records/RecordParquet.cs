using Ndt.Measurement;

namespace Ndt.Records;

/// <summary>
/// A run's record as a Parquet file: one tidy table with a row per layer, view and measurement point, and the run's metadata as
/// the file's key-value metadata.
/// </summary>
/// <remarks>
/// Rows are grouped by layer and view in order of depth, then by step, so that each series is one stretch; doubles are stored byte
/// by byte (BYTE_STREAM_SPLIT) and compressed with zstd, in that order a third of their plain size. A metric that the record does
/// not have is a column that the file does not have.
/// </remarks>
public static class RecordParquet
{
    /// <summary>Writes what a tracker measured on a network of one's own as a record, which <c>ndt analyze</c>, <c>ndt show</c> and the notebooks read.</summary>
    /// <param name="path">The file; its folder is created when it is missing.</param>
    /// <param name="history">A tracker's <see cref="Ndt.Measurement.ActivationTracker.History"/>.</param>
    /// <param name="architecture">The network's name; what stands before the first underscore is its family.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="seed">The run's seed, where there was one; records of the same names differ by it.</param>
    /// <param name="steps">Optimiser steps of the whole training; without it, up to the last measurement.</param>
    /// <exception cref="InputException">The history holds no point, or <paramref name="steps"/> is fewer than were measured.</exception>
    public static void Write(string path, MeasurementHistory history, string architecture, string dataset = "own", int? seed = null, int? steps = null) =>
        Write(path, RunRecord.Of(history, architecture, dataset, seed, steps));

    /// <summary>Writes a record, atomically; creates the folder when it is missing.</summary>
    /// <exception cref="InputException">What <see cref="Read"/> would refuse: no layers or points, a layer twice, steps that do not rise, series of another length than there are points.</exception>
    public static void Write(string path, RunRecord record)
    {
        record.Require();
        var (layers, points, run) = (record.Layers, record.Points, record.Metadata);
        var metrics = layers.SelectMany(layer => layer.Metrics).Distinct().Order().ToArray();
        if (layers.FirstOrDefault(layer => metrics.Any(metric => !layer.Has(metric))) is { } incomplete)
        {
            throw new InputException($"layer {incomplete.Name} ({incomplete.View}): the record's layers hold different metrics; they must all hold {string.Join(", ", metrics.Select(m => m.Name()))}");
        }

        string[] Text(Func<LayerSeries, string> value) => [.. layers.SelectMany(layer => Enumerable.Repeat(value(layer), points.Count))];
        int[] Whole(Func<LayerSeries, MeasurementPoint, int> value) => [.. layers.SelectMany(layer => points.Select(point => value(layer, point)))];
        double[] Real(Func<MeasurementPoint, double> value) => [.. layers.SelectMany(_ => points.Select(value))];
        AtomicFile.WriteBytes(path, ParquetColumns.Write(
            [
                ("architecture", Text(_ => run.Architecture)),
                ("dataset", Text(_ => run.Dataset)),
                ("protocol", Text(_ => run.Protocol)),
                ("layer", Text(layer => layer.Name)),
                ("view", Text(layer => layer.View)),
                ("seed", Enumerable.Repeat(run.Seed, layers.Count * points.Count).ToArray()),
                ("step", Whole((_, point) => point.Step)),
                ("updates", Whole((_, point) => point.Updates)),
                ("epoch", Whole((_, point) => point.Epoch)),
                ("depth", Whole((layer, _) => layer.Depth)),
                ("samples", Whole((layer, _) => layer.Samples)),
                ("features", Whole((layer, _) => layer.Features)),
                ("loss", Real(point => point.Loss)),
                ("gradient_norm", Real(point => point.GradientNorm)),
                ("probe_loss", Real(point => point.ProbeLoss)),
                ("probe_accuracy", Real(point => point.ProbeAccuracy)),
                .. metrics.Select(metric => (metric.Name(), (Array)layers.SelectMany(layer => layer[metric]).ToArray())),
            ],
            inSeries: true,
            RecordMetadata.ToText(run)));
    }

    /// <summary>Reads a record. Throws <see cref="InputException"/> naming file and column when it is no Parquet file, a column is missing or of another type, or layers differ in their points. A size that it claims costs nothing where the bytes are not there.</summary>
    public static RunRecord Read(string path) => File.Exists(path)
        ? ParquetTable.Read(path, "not a readable Parquet record", table => Of(path, table))
        : throw new InputException($"{path}: no such file");

    private static RunRecord Of(string path, ParquetTable table)
    {
        var metadata = RecordMetadata.FromText(path, table.Metadata);
        var (rows, names, views) = (table.Rows, table.Texts("layer"), table.Texts("view"));
        var (steps, updates, epochs) = (table.Wholes("step"), table.Wholes("updates"), table.Wholes("epoch"));
        var (depths, samples, features) = (table.Wholes("depth"), table.Wholes("samples"), table.Wholes("features"));
        var (losses, gradients) = (table.Reals("loss"), table.Reals("gradient_norm"));
        var (probeLosses, accuracies) = (table.Reals("probe_loss"), table.Reals("probe_accuracy"));
        var metrics = Enum.GetValues<Metric>().Where(metric => table.Has(metric.Name())).ToDictionary(metric => metric, metric => table.Reals(metric.Name()));
        if (metrics.Count == 0)
        {
            throw new InputException($"{path}: no column of figures; a record has at least one of {string.Join(", ", MetricNames.All)}");
        }

        var length = 0;
        while (length < rows && names[length] == names[0] && views[length] == views[0])
        {
            length++;
        }

        if (rows == 0 || rows % length != 0)
        {
            throw new InputException($"{path}: {rows} rows are not a whole number of layers with {length} points each");
        }

        var points = Enumerable.Range(0, length)
            .Select(i => new MeasurementPoint(steps[i], updates[i], epochs[i], losses[i], gradients[i], probeLosses[i], accuracies[i]))
            .ToArray();
        var layers = new List<LayerSeries>();
        for (var first = 0; first < rows; first += length)
        {
            for (var i = 0; i < length; i++)
            {
                if (names[first + i] != names[first] || views[first + i] != views[first] || steps[first + i] != steps[i])
                {
                    throw new InputException($"{path}: row {first + i}: layer {names[first + i]} ({views[first + i]}), step {steps[first + i]}; expected layer {names[first]} ({views[first]}), step {steps[i]}");
                }
            }

            layers.Add(new LayerSeries(
                names[first], views[first], depths[first], samples[first], features[first],
                metrics.ToDictionary(pair => pair.Key, pair => pair.Value.AsSpan(first, length).ToArray())));
        }

        try
        {
            var record = new RunRecord(metadata, points, layers);
            record.Require();
            return record;
        }
        catch (InputException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
