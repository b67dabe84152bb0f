using Ndt.Measurement;

namespace Ndt.Records;

/// <summary>One run's record: who ran, the measurement points, and every measured layer's series over them.</summary>
public sealed class RunRecord
{
    /// <summary>A record; every layer's series must have one value per point.</summary>
    public RunRecord(RunMetadata metadata, IReadOnlyList<MeasurementPoint> points, IReadOnlyList<LayerSeries> layers)
    {
        Metadata = metadata;
        Points = points;
        Layers = layers;
    }

    /// <summary>What ran, and how.</summary>
    public RunMetadata Metadata { get; }

    /// <summary>The measurement points in order of time; the initial state first, where it was measured.</summary>
    public IReadOnlyList<MeasurementPoint> Points { get; }

    /// <summary>The layers, in order of depth, then view.</summary>
    public IReadOnlyList<LayerSeries> Layers { get; }

    /// <summary>Index of the first point after an update: 1 where the initial state was measured, else 0. The study's series begin there.</summary>
    public int FirstUpdatedPoint => Points.Count > 0 && Points[0].Step < 0 ? 1 : 0;

    /// <summary>The record of a network of one's own, from what a tracker measured: <see cref="RecordParquet.Write(string, MeasurementHistory, string, string, int?, int?)"/> says more.</summary>
    /// <exception cref="InputException">The history holds no point, or <paramref name="steps"/> is fewer than were measured.</exception>
    public static RunRecord Of(MeasurementHistory history, string architecture, string dataset = "own", int? seed = null, int? steps = null)
    {
        if (history.Points.Count == 0)
        {
            throw new InputException("the history holds no measurement; a record has at least one");
        }

        var done = Math.Max(1, history.Points[^1].Updates);
        if (steps < done)
        {
            throw new InputException($"the training is said to have {steps} steps, and was measured after {done}");
        }

        var updated = history.Points.Where(point => point.Step >= 0).Select(point => point.Step).ToArray();
        return new RunRecord(
            new RunMetadata
            {
                Architecture = architecture,
                Dataset = dataset,
                Seed = seed,
                Protocol = "own",
                Steps = steps ?? done,
                MeasureEvery = updated.Zip(updated.Skip(1), (before, after) => after - before).DefaultIfEmpty(1).Min(),
            },
            history.Points,
            history.Layers());
    }

    /// <summary>Throws <see cref="InputException"/> for what makes a record that no file can hold: no layers or points, a layer twice, steps that do not rise, series of another length than there are points.</summary>
    internal void Require()
    {
        if (Layers.Count == 0 || Points.Count == 0)
        {
            throw new InputException($"{Layers.Count} layers and {Points.Count} measurements; a record has at least one of each");
        }

        for (var i = 1; i < Points.Count; i++)
        {
            if (Points[i].Step <= Points[i - 1].Step)
            {
                throw new InputException($"step {Points[i].Step} follows {Points[i - 1].Step}; steps have to rise");
            }
        }

        if (Layers.GroupBy(layer => (layer.Name, layer.View)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputException($"layer {twice.Key.Name} ({twice.Key.View}) stands twice");
        }

        if (Layers.FirstOrDefault(layer => layer.Metrics.Any(metric => layer[metric].Length != Points.Count)) is { } uneven)
        {
            throw new InputException($"layer {uneven.Name} ({uneven.View}): its series are not of {Points.Count} values, one for each measurement");
        }

        if (Metadata.Steps < 1 || Metadata.MeasureEvery < 1)
        {
            throw new InputException($"{Metadata.Steps} steps, measured every {Metadata.MeasureEvery}; at least 1 is expected of both");
        }
    }
}
