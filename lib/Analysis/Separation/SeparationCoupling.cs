using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Separation;

/// <summary>
/// Whether a layer's dimensionality changes when what the layer separates changes, in one architecture on one dataset: Spearman's ρ of the changes of both from one stretch of training to the
/// next (<see cref="StretchMeans"/>), mean over layers and seeds.
/// </summary>
/// <remarks>
/// Both change early, so ρ of the sizes is high for any two quantities. The null keeps that: a layer's dimensionality is paired with the function of the <em>same layer at the same time in
/// another seed's run</em>. What is left above it belongs to the run. Both figures of one run come from one activation matrix, so noise of that matrix is part of what is left.
/// </remarks>
/// <param name="Experiment">Architecture and dataset.</param>
/// <param name="Family">Family of the architecture.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Dimension">The measure of dimensionality.</param>
/// <param name="Function">The measure of what the layer separates.</param>
/// <param name="Size">ρ of the sizes |Δ|.</param>
/// <param name="Direction">ρ of the changes with their sign.</param>
/// <param name="Layers">Layers that count: those where no value is NaN and both figures vary, in every seed.</param>
/// <param name="Seeds">Seeds.</param>
public sealed record SeparationCoupling(
    string Experiment, string Family, string Dataset, Metric Dimension, Metric Function, MatchedCorrelation Size, MatchedCorrelation Direction, int Layers, int Seeds)
{
    /// <summary>Of every architecture and dataset with at least two seeds, in the order in which they come. Runs without the metrics, and cells in which no layer counts, are left out.</summary>
    /// <param name="runs">The records; only the study's view of their layers counts.</param>
    /// <param name="dimension">A measure of dimensionality.</param>
    /// <param name="function"><see cref="Metric.NearestClassMeanAccuracy"/> or <see cref="Metric.Nc1"/>.</param>
    /// <param name="stretches">Stretches of training: <see cref="StretchMeans"/>.</param>
    public static IReadOnlyList<SeparationCoupling> Of(IEnumerable<RunRecord> runs, Metric dimension, Metric function, int stretches = StretchMeans.Stretches) =>
    [
        .. runs.Where(run => run.Layers.All(layer => layer.Has(dimension) && layer.Has(function)))
            .GroupBy(run => run.Metadata.Experiment)
            .AsParallel().AsOrdered()
            .Select(cell => OfCell([.. cell.OrderBy(run => run.Metadata.Seed)], dimension, function, stretches))
            .OfType<SeparationCoupling>(),
    ];

    private static SeparationCoupling? OfCell(RunRecord[] runs, Metric dimension, Metric function, int stretches)
    {
        if (runs.Length < 2)
        {
            return null;
        }

        var names = ViewChoice.Layers(runs[0], LayerView.Study).Select(layer => layer.Name);
        var layers = names.Select(name => runs.Select(run => Changes(run, name, dimension, function, stretches)).ToArray())
            .Where(seeds => Array.TrueForAll(seeds, seed => seed is not null))
            .Select(seeds => Array.ConvertAll(seeds, seed => seed!.Value))
            .ToArray();
        return layers.Length == 0
            ? null
            : new SeparationCoupling(
                runs[0].Metadata.Experiment, runs[0].Metadata.Family, runs[0].Metadata.Dataset, dimension, function,
                Mean(Array.ConvertAll(layers, layer => Correlate(layer, Math.Abs))), Mean(Array.ConvertAll(layers, layer => Correlate(layer, change => change))),
                layers.Length, runs.Length);
    }

    private static (double[] Dimension, double[] Function)? Changes(RunRecord run, string name, Metric dimension, Metric function, int stretches)
    {
        var layer = ViewChoice.Layers(run, LayerView.Study).FirstOrDefault(layer => layer.Name == name);
        if (layer is null)
        {
            return null;
        }

        var (first, second) = (Increments.Of(StretchMeans.Of(run, layer, dimension, stretches)), Increments.Of(StretchMeans.Of(run, layer, function, stretches)));
        return Varies(first) && Varies(second) ? (first, second) : null;

        static bool Varies(double[] changes) => Array.TrueForAll(changes, double.IsFinite) && Array.Exists(changes, change => Math.Abs(change) != Math.Abs(changes[0]));
    }

    private static MatchedCorrelation Correlate((double[] Dimension, double[] Function)[] seeds, Converter<double, double> of)
    {
        var (own, others) = (0.0, 0.0);
        foreach (var (i, one) in seeds.Index())
        {
            foreach (var (j, other) in seeds.Index())
            {
                var rho = Spearman.Correlate(Array.ConvertAll(one.Dimension, of), Array.ConvertAll(other.Function, of)).Rho;
                (own, others) = i == j ? (own + rho, others) : (own, others + rho);
            }
        }

        return new MatchedCorrelation(own / seeds.Length, others / (seeds.Length * (seeds.Length - 1)));
    }

    private static MatchedCorrelation Mean(MatchedCorrelation[] layers) => new(layers.Average(layer => layer.Own), layers.Average(layer => layer.OtherSeeds));
}
