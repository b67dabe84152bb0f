namespace Ndt.Measurement;

/// <summary>
/// Collects the measurements of a run: points in order of time, and every layer's series over them. Figures are kept to 20
/// significant bits (relative 1e-6): they come from single-precision activations, whose own rounding differs more than that
/// between two machines, and records become half as large.
/// </summary>
public sealed class MeasurementHistory
{
    private static readonly Metric[] Stored = [.. Enum.GetValues<Metric>().Where(metric => metric != Metric.RecordedStableRank)];

    private readonly List<MeasurementPoint> points = [];
    private readonly List<ProbedLayer> layers = [];
    private readonly List<List<double>[]> series = [];

    /// <summary>A history without points.</summary>
    public MeasurementHistory()
    {
    }

    /// <summary>A history to go on with, as <see cref="Points"/> and <see cref="Layers"/> of another gave it.</summary>
    /// <exception cref="InputException">A layer lacks a metric.</exception>
    public MeasurementHistory(IEnumerable<MeasurementPoint> points, IEnumerable<LayerSeries> layers)
    {
        this.points.AddRange(points);
        foreach (var layer in layers)
        {
            this.layers.Add(new ProbedLayer(layer.Name, layer.View, layer.Depth, layer.Samples, layer.Features));
            series.Add(Array.ConvertAll(Stored, metric => layer[metric].ToList()));
        }
    }

    /// <summary>The points so far.</summary>
    public IReadOnlyList<MeasurementPoint> Points => points;

    /// <summary>Adds one moment. The layers must be those of the first.</summary>
    public void Add(MeasurementPoint point, IReadOnlyList<LayerMeasurement> measurements)
    {
        if (points.Count == 0)
        {
            layers.AddRange(measurements.Select(m => m.Layer));
            series.AddRange(measurements.Select(_ => Array.ConvertAll(Stored, _ => new List<double>())));
        }
        else if (!layers.SequenceEqual(measurements.Select(m => m.Layer)))
        {
            throw new InvalidOperationException($"step {point.Step}: the layers measured are not those of step {points[0].Step}");
        }

        points.Add(point);
        for (var layer = 0; layer < layers.Count; layer++)
        {
            for (var metric = 0; metric < Stored.Length; metric++)
            {
                series[layer][metric].Add(Round(measurements[layer][Stored[metric]]));
            }
        }
    }

    /// <summary>The series of every layer and view, in order of depth.</summary>
    public IReadOnlyList<LayerSeries> Layers() =>
    [
        .. layers.Select((layer, i) => new LayerSeries(
            layer.Name, layer.View, layer.Depth, layer.Samples, layer.Features,
            Stored.Select((metric, k) => (metric, Values: series[i][k].ToArray())).ToDictionary(pair => pair.metric, pair => pair.Values))),
    ];

    /// <summary>What was measured at one of the points: every layer and view with every metric.</summary>
    public IEnumerable<(ProbedLayer Layer, Metric Metric, double Value)> At(int point) =>
        layers.SelectMany((layer, i) => Stored.Select((metric, k) => (layer, metric, series[i][k][point])));

    // Half up in magnitude, on the bits of the significand; 19 of its 52 stay, beside the leading one.
    private static double Round(double value)
    {
        const int Dropped = 52 - 19;
        var bits = BitConverter.DoubleToInt64Bits(value) + (1L << (Dropped - 1));
        return double.IsFinite(value) ? BitConverter.Int64BitsToDouble(bits & ~((1L << Dropped) - 1)) : value;
    }
}
