using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>By how much one layer's series moves over training, in units of its own mean level.</summary>
/// <param name="Path">Path length Σ|v| over the mean of |x|, from the first update's state on, as the study's series begin.</param>
/// <param name="Squares">Σv² over the square of that mean: a measure on which a few large increments weigh most.</param>
/// <param name="Net">|x(last) − x(first)| over that mean: noise cancels.</param>
/// <param name="FirstUpdate">|x(after the first update) − x(initial state)| over that mean; NaN where the record has no initial state. In none of the others.</param>
/// <param name="EarlyPath">Share of <paramref name="Path"/> in the first 10 % of training; NaN for a layer that does not move.</param>
/// <param name="EarlySquares">Share of <paramref name="Squares"/> there.</param>
/// <param name="EarlyPathWithFirstUpdate">Share of the path from the initial state on, the first update counted with it; NaN without an initial state.</param>
public readonly record struct LayerMotion(
    double Path, double Squares, double Net, double FirstUpdate, double EarlyPath, double EarlySquares, double EarlyPathWithFirstUpdate)
{
    /// <summary>Of every layer of a record, by depth.</summary>
    /// <exception cref="InputException">The record lacks the metric.</exception>
    public static IReadOnlyList<LayerMotion> Of(RunRecord record, Metric metric, string view = LayerView.Study)
    {
        var run = RunSeries.Of(record, metric, view);
        var early = Enumerable.Range(0, run.Steps.Length - 1).Count(i => run.Phase(i) < TrainingPhase.EarlyEnd);
        return
        [
            .. run.Layers.Select((layer, i) => Of(run.Series[i], record.FirstUpdatedPoint == 1 ? layer[metric][0] : double.NaN, early)),
        ];
    }

    private static LayerMotion Of(double[] series, double initial, int early)
    {
        var level = Descriptive.Mean(Array.ConvertAll(series, Math.Abs));
        var sizes = Increments.Magnitudes(series);
        var squares = Array.ConvertAll(sizes, size => size * size);
        var (path, all) = (PairwiseSum.Of(sizes), PairwiseSum.Of(squares));
        var (earlyPath, first) = (PairwiseSum.Of(sizes.AsSpan(0, early)), Math.Abs(series[0] - initial));
        return new LayerMotion(
            path / level,
            all / (level * level),
            Math.Abs(series[^1] - series[0]) / level,
            first / level,
            path == 0 ? double.NaN : earlyPath / path,
            all == 0 ? double.NaN : PairwiseSum.Of(squares.AsSpan(0, early)) / all,
            first + path == 0 ? double.NaN : (first + earlyPath) / (first + path));
    }
}
