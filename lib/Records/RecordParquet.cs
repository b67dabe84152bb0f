using Ndt.Measurement;
using Parquet;
using Parquet.Schema;

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
    private static readonly string[] TextColumns = ["architecture", "dataset", "protocol", "layer", "view"];
    private static readonly string[] WholeColumns = ["seed", "step", "updates", "epoch", "depth", "samples", "features"];
    private static readonly string[] PointColumns = ["loss", "gradient_norm", "probe_loss", "probe_accuracy"];

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
        using var buffer = new MemoryStream();
        WriteAsync(buffer, record).GetAwaiter().GetResult();
        AtomicFile.WriteBytes(path, buffer.ToArray());
    }

    /// <summary>Reads a record. Throws <see cref="InputException"/> naming file and column when it is no Parquet file, a column is missing or of another type, or layers differ in their points. A size that it claims costs nothing where the bytes are not there.</summary>
    public static RunRecord Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file");
        }

        var bytes = InputFile.ReadAllBytes(path);
        try
        {
            ParquetOutline.CheckFooter(bytes);
            return ReadAsync(path, bytes).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (InputException or OutOfMemoryException))
        {
            throw new InputException($"{path}: not a readable Parquet record: {e.Message.Split('\n')[0]}", e);
        }
    }

    private static async Task WriteAsync(Stream stream, RunRecord record)
    {
        record.Require();
        var (layers, points, run) = (record.Layers, record.Points, record.Metadata);
        var metrics = layers.SelectMany(layer => layer.Metrics).Distinct().Order().ToArray();
        if (layers.FirstOrDefault(layer => metrics.Any(metric => !layer.Has(metric))) is { } incomplete)
        {
            throw new InputException($"layer {incomplete.Name} ({incomplete.View}): the record's layers hold different metrics; they must all hold {string.Join(", ", metrics.Select(m => m.Name()))}");
        }

        var text = TextColumns.Select(name => new DataField<string>(name)).ToArray();
        var whole = WholeColumns.Select(name => name == "seed" ? (DataField)new DataField<int?>(name) : new DataField<int>(name)).ToArray();
        var point = PointColumns.Select(name => new DataField<double>(name)).ToArray();
        var figures = metrics.Select(metric => new DataField<double>(metric.Name())).ToArray();
        var schema = new ParquetSchema([.. text, .. whole, .. point, .. figures]);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.SmallestSize };
        foreach (var field in point.Concat(figures))
        {
            options.ColumnEncodingHints[field.Path.ToString()] = EncodingHint.ByteSplitStream;
        }

        await using var writer = await ParquetWriter.CreateAsync(schema, stream, options);
        writer.CustomMetadata = RecordMetadata.ToText(run);
        using var group = writer.CreateRowGroup();

        async Task Text(DataField field, Func<LayerSeries, string> value) =>
            await group.WriteAsync(field, [.. layers.SelectMany(layer => Enumerable.Repeat(value(layer), points.Count))]);
        async Task Whole(DataField field, Func<LayerSeries, MeasurementPoint, int> value) =>
            await group.WriteAsync<int>(field, layers.SelectMany(layer => points.Select(p => value(layer, p))).ToArray());
        async Task Real(DataField field, Func<LayerSeries, IEnumerable<double>> values) =>
            await group.WriteAsync<double>(field, layers.SelectMany(values).ToArray());

        await Text(text[0], _ => run.Architecture);
        await Text(text[1], _ => run.Dataset);
        await Text(text[2], _ => run.Protocol);
        await Text(text[3], layer => layer.Name);
        await Text(text[4], layer => layer.View);
        await group.WriteAsync<int>(whole[0], Enumerable.Repeat(run.Seed, layers.Count * points.Count).ToArray());
        await Whole(whole[1], (_, p) => p.Step);
        await Whole(whole[2], (_, p) => p.Updates);
        await Whole(whole[3], (_, p) => p.Epoch);
        await Whole(whole[4], (layer, _) => layer.Depth);
        await Whole(whole[5], (layer, _) => layer.Samples);
        await Whole(whole[6], (layer, _) => layer.Features);
        await Real(point[0], _ => points.Select(p => p.Loss));
        await Real(point[1], _ => points.Select(p => p.GradientNorm));
        await Real(point[2], _ => points.Select(p => p.ProbeLoss));
        await Real(point[3], _ => points.Select(p => p.ProbeAccuracy));
        for (var i = 0; i < metrics.Length; i++)
        {
            await Real(figures[i], layer => layer[metrics[i]]);
        }
    }

    private static async Task<RunRecord> ReadAsync(string path, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        await using var reader = await ParquetReader.CreateAsync(stream);
        var fields = reader.Schema.GetDataFields().ToDictionary(field => field.Name);
        if (reader.RowGroupCount != 1)
        {
            throw new InputException($"{path}: {reader.RowGroupCount} row groups; a record has 1");
        }

        ParquetOutline.CheckPages(bytes, reader.Metadata!.RowGroups[0]);

        using var group = reader.OpenRowGroupReader(0);
        var rows = checked((int)group.RowCount);

        DataField Field(string name) => fields.TryGetValue(name, out var field) ? field : throw new InputException($"{path}: column {name} is missing");
        async Task<string[]> Text(string name)
        {
            var values = new string?[rows];
            await group.ReadAsync(Field(name), values.AsMemory());
            return Array.ConvertAll(values, value => value ?? "");
        }

        async Task<int[]> Whole(string name)
        {
            var values = new int[rows];
            await group.ReadAsync<int>(Field(name), values.AsMemory());
            return values;
        }

        async Task<double[]> Real(string name)
        {
            var values = new double[rows];
            await group.ReadAsync<double>(Field(name), values.AsMemory());
            return values;
        }

        var metadata = RecordMetadata.FromText(path, reader.CustomMetadata);
        var (names, views) = (await Text("layer"), await Text("view"));
        var (steps, updates, epochs) = (await Whole("step"), await Whole("updates"), await Whole("epoch"));
        var (depths, samples, features) = (await Whole("depth"), await Whole("samples"), await Whole("features"));
        var (losses, gradients) = (await Real("loss"), await Real("gradient_norm"));
        var (probeLosses, accuracies) = (await Real("probe_loss"), await Real("probe_accuracy"));
        var metrics = new Dictionary<Metric, double[]>();
        foreach (var metric in Enum.GetValues<Metric>().Where(metric => fields.ContainsKey(metric.Name())))
        {
            metrics[metric] = await Real(metric.Name());
        }

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
