namespace Ndt.Measurement;

/// <summary>
/// Collects the measurements of a run: points in order of time, and every layer's series over them. The figures whose changes the study counts are kept to
/// <see cref="SignificantBits"/> significant bits (relative 1e-12), all others to <see cref="OtherBits"/> (6e-8).
/// </summary>
/// <remarks>
/// Activations are single precision and differ by more than 1e-7 between machines. But the study counts changes from one measurement to the next, and in a collapsed layer these are smaller
/// still. Earlier records kept 20 bits: such changes then tied, and too few were counted. Ties end at 40 bits; the record is then twice as large as with 20.
/// </remarks>
public sealed class MeasurementHistory
{
    /// <summary>
    /// Bits that are kept of the significands of <see cref="Metric.StableRank"/>, <see cref="Metric.ParticipationRatio"/> and
    /// <see cref="Metric.NuclearNormRatio"/>, the leading one included.
    /// </summary>
    public const int SignificantBits = 40;

    /// <summary>Bits that are kept of all other figures: the precision of the activations themselves.</summary>
    public const int OtherBits = 24;

    private static readonly Metric[] WithoutLabels = [.. MetricNames.Measured.Where(metric => !metric.NeedsLabels())];

    private readonly List<MeasurementPoint> points = [];
    private readonly List<ProbedLayer> layers = [];
    private readonly List<List<double>[]> series = [];
    private Metric[] stored = [];

    /// <summary>A history without points.</summary>
    public MeasurementHistory()
    {
    }

    /// <summary>A history to go on with, as <see cref="Points"/> and <see cref="Layers"/> of another gave it.</summary>
    /// <exception cref="InputException">A layer lacks a metric that another has, or steps do not rise.</exception>
    public MeasurementHistory(IEnumerable<MeasurementPoint> points, IEnumerable<LayerSeries> layers)
    {
        foreach (var point in points)
        {
            RequireLater(point.Step);
            this.points.Add(point);
        }

        stored = [.. MetricNames.Measured.Where(metric => layers.Any(layer => layer.Metrics.Contains(metric)))];
        foreach (var layer in layers)
        {
            this.layers.Add(new ProbedLayer(layer.Name, layer.View, layer.Depth, layer.Samples, layer.Features));
            series.Add(Array.ConvertAll(stored, metric => layer[metric].ToList()));
        }
    }

    /// <summary>The points so far.</summary>
    public IReadOnlyList<MeasurementPoint> Points => points;

    /// <summary>Adds one moment. The layers must be those of the first.</summary>
    /// <exception cref="InputException">The step is not after that of the last point, or no layer was measured.</exception>
    public void Add(MeasurementPoint point, IReadOnlyList<LayerMeasurement> measurements)
    {
        RequireLater(point.Step);
        if (measurements.Count == 0)
        {
            throw new InputException($"step {point.Step}: no layer was measured");
        }

        if (points.Count == 0)
        {
            stored = measurements[0].Classes is null ? WithoutLabels : [.. MetricNames.Measured];
            layers.AddRange(measurements.Select(m => m.Layer));
            series.AddRange(measurements.Select(_ => Array.ConvertAll(stored, _ => new List<double>())));
        }
        else if (!layers.SequenceEqual(measurements.Select(m => m.Layer)))
        {
            throw new InvalidOperationException($"step {point.Step}: the layers measured are not those of step {points[0].Step}");
        }

        points.Add(point);
        for (var layer = 0; layer < layers.Count; layer++)
        {
            for (var metric = 0; metric < stored.Length; metric++)
            {
                series[layer][metric].Add(Round(measurements[layer][stored[metric]], Bits(stored[metric])));
            }
        }
    }

    /// <summary>Throws <see cref="InputException"/> where a step is not after those of all points so far.</summary>
    internal void RequireLater(int step)
    {
        if (points.Count > 0 && step <= points[^1].Step)
        {
            throw new InputException($"step {step} comes after step {points[^1].Step}; steps have to rise, and count the optimiser steps of the whole training (the initial state, step -1, is measured first)");
        }
    }

    /// <summary>The series of every layer and view, in order of depth.</summary>
    public IReadOnlyList<LayerSeries> Layers() =>
    [
        .. layers.Select((layer, i) => new LayerSeries(
            layer.Name, layer.View, layer.Depth, layer.Samples, layer.Features,
            stored.Select((metric, k) => (metric, Values: series[i][k].ToArray())).ToDictionary(pair => pair.metric, pair => pair.Values))),
    ];

    /// <summary>What was measured at one of the points: every layer and view with every metric.</summary>
    public IEnumerable<(ProbedLayer Layer, Metric Metric, double Value)> At(int point) =>
        layers.SelectMany((layer, i) => stored.Select((metric, k) => (layer, metric, series[i][k][point])));

    private static int Bits(Metric metric) =>
        metric is Metric.StableRank or Metric.ParticipationRatio or Metric.NuclearNormRatio ? SignificantBits : OtherBits;

    // Half up in magnitude, on the bits of the significand.
    private static double Round(double value, int kept)
    {
        var dropped = 53 - kept;
        var bits = BitConverter.DoubleToInt64Bits(value) + (1L << (dropped - 1));
        return double.IsFinite(value) ? BitConverter.Int64BitsToDouble(bits & ~((1L << dropped) - 1)) : value;
    }
}
