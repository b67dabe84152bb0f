namespace Ndt.Measurement;

/// <summary>The series of one layer in one view: for every metric that was taken, one value per measurement point of its run.</summary>
public sealed class LayerSeries
{
    private readonly IReadOnlyDictionary<Metric, double[]> series;

    /// <summary>A layer with its series; all must have the same length as the run's points.</summary>
    public LayerSeries(string name, string view, int depth, int samples, int features, IReadOnlyDictionary<Metric, double[]> series)
    {
        Name = name;
        View = view;
        Depth = depth;
        Samples = samples;
        Features = features;
        this.series = series;
    }

    /// <summary>The module's path, as PyTorch names it: <c>transformer.layers.0.linear1</c>.</summary>
    public string Name { get; }

    /// <summary>One of <see cref="LayerView"/>.</summary>
    public string View { get; }

    /// <summary>The layer's true place in the forward pass, from 0; a layer's views share it.</summary>
    public int Depth { get; }

    /// <summary>Rows of the measured matrix; 0 where it is not known (the study's files).</summary>
    public int Samples { get; }

    /// <summary>Columns of the measured matrix; 0 where it is not known.</summary>
    public int Features { get; }

    /// <summary>The metrics stored.</summary>
    public IEnumerable<Metric> Metrics => series.Keys;

    /// <summary>The series of a metric, one value per measurement point. <see cref="Metric.RecordedStableRank"/> is derived from ‖A‖²_F where it is not stored itself. Throws <see cref="InputException"/> when the layer does not have it.</summary>
    public double[] this[Metric metric]
    {
        get
        {
            if (series.TryGetValue(metric, out var values))
            {
                return values;
            }

            if (metric == Metric.RecordedStableRank && series.TryGetValue(Metric.FrobeniusSquared, out var squares))
            {
                return Array.ConvertAll(squares, Estimators.RecordedStableRank);
            }

            throw new InputException($"layer {Name} ({View}): the record holds no {metric.Name()}; it holds {string.Join(", ", series.Keys.Select(m => m.Name()))}");
        }
    }

    /// <summary>Whether <see cref="this[Metric]"/> answers for this metric.</summary>
    public bool Has(Metric metric) =>
        series.ContainsKey(metric) || (metric == Metric.RecordedStableRank && series.ContainsKey(Metric.FrobeniusSquared));
}
