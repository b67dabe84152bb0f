using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Separation;

/// <summary>A layer's series on a coarse clock: the initial state, where it was measured, then the mean over each stretch of training.</summary>
/// <remarks>One measurement is noisy; its change from one to the next is mostly that noise. Means over stretches show where the series goes.</remarks>
public static class StretchMeans
{
    /// <summary>Stretches of training, as elsewhere (<see cref="LossCoincidence.Stretches"/>): ten of the study's measurements each.</summary>
    public const int Stretches = LossCoincidence.Stretches;

    /// <summary>The means of a series, in order of time.</summary>
    /// <param name="record">The run that the layer is of.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="metric">The quantity; the logarithm is taken of NC1, whose values span decades.</param>
    /// <param name="stretches">How many stretches of equally many measurements (to within one).</param>
    /// <returns>One value for each stretch, the initial state before them; NaN where a measurement of the stretch is.</returns>
    /// <exception cref="InputException">The layer lacks the metric, or the run has fewer measurements than stretches.</exception>
    public static double[] Of(RunRecord record, LayerSeries layer, Metric metric, int stretches = Stretches)
    {
        var first = record.FirstUpdatedPoint;
        var measured = record.Points.Count - first;
        if (measured < stretches)
        {
            throw new InputException($"{ExperimentName.Of(record.Metadata, layer.View)}: {measured} measurements after an update; {stretches} stretches need one each");
        }

        var series = metric == Metric.Nc1 ? Array.ConvertAll(layer[metric], Math.Log) : layer[metric];
        return
        [
            .. series.Take(first),
            .. Enumerable.Range(0, stretches).Select(i => Descriptive.Mean(series.AsSpan()[(first + At(i))..(first + At(i + 1))])),
        ];

        int At(int stretch) => (int)((long)stretch * measured / stretches);
    }
}
