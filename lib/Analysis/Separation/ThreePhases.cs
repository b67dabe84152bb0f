using MathNet.Numerics.Random;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Separation;

/// <summary>
/// Whether a layer's effective rank collapses, then expands, then is compressed, as Li et al. describe of language models ("Tracing the representation geometry of language models from
/// pretraining to post-training", NeurIPS 2025, arXiv:2509.23024), and how often it would if every change had gone in a random direction.
/// </summary>
/// <remarks>
/// The depth of the pattern is the largest d for which the logarithm x of the rank falls by d from its start, then rises by d, then falls by d to its end:
/// max over t₁ &lt; t₂ of min(x(0) − x(t₁), x(t₂) − x(t₁), x(t₂) − x(end)); 0 where there is none. Depth and share are this project's; the paper names its phases by eye. The null keeps the
/// size of the change between neighbouring stretches (<see cref="StretchMeans"/>) and draws its sign, so that it too changes most when the run does.
/// </remarks>
/// <param name="Run">Who ran.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Depth">Depth of the pattern, in units of the natural logarithm, ≥ 0.</param>
/// <param name="NullDepths">Depths under the null, one for each draw.</param>
public sealed record ThreePhases(RunMetadata Run, string Layer, double Depth, IReadOnlyList<double> NullDepths)
{
    /// <summary>Of every layer, in the study's view, of all runs; layers whose rank is NaN somewhere are left out.</summary>
    /// <param name="runs">The records.</param>
    /// <param name="metric">A measure of effective rank; its logarithm is taken.</param>
    /// <param name="draws">Draws of the null for each layer.</param>
    /// <param name="seed">Of the draws.</param>
    public static IReadOnlyList<ThreePhases> Of(IEnumerable<RunRecord> runs, Metric metric, int draws, int seed) =>
    [
        .. runs.Index().AsParallel().AsOrdered().SelectMany(one => ViewChoice.Layers(one.Item, LayerView.Study)
            .Select(layer => (layer.Name, Series: Array.ConvertAll(StretchMeans.Of(one.Item, layer, metric), Math.Log)))
            .Where(layer => Array.TrueForAll(layer.Series, double.IsFinite))
            .Select((layer, place) => new ThreePhases(
                one.Item.Metadata, layer.Name, DepthOf(layer.Series), NullDepthsOf(layer.Series, draws, DerivedSeed.Of(DerivedSeed.Of(seed, one.Index), place))))),
    ];

    /// <summary>The depth of the pattern in a series; 0 for fewer than four values, NaN where one is.</summary>
    public static double DepthOf(ReadOnlySpan<double> series)
    {
        var (deepest, lowest) = (0.0, double.PositiveInfinity);
        for (var i = 0; i < series.Length; i++)
        {
            if (double.IsNaN(series[i]))
            {
                return double.NaN;
            }

            // For a fixed top, the lowest value before it makes both the fall and the rise largest.
            deepest = Math.Max(deepest, Math.Min(series[0] - lowest, Math.Min(series[i] - lowest, series[i] - series[^1])));
            lowest = Math.Min(lowest, series[i]);
        }

        return deepest;
    }

    private static double[] NullDepthsOf(double[] series, int draws, int seed)
    {
        var random = new MersenneTwister(seed);
        var changes = Increments.Of(series);
        var drawn = new double[series.Length];
        var depths = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            for (var i = 0; i < changes.Length; i++)
            {
                drawn[i + 1] = drawn[i] + (random.Next(2) == 0 ? changes[i] : -changes[i]);
            }

            depths[draw] = DepthOf(drawn);
        }

        return depths;
    }
}
