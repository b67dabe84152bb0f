using Ndt.Measurement;

namespace Ndt.Records;

/// <summary>
/// Shorter records out of a longer one. While the learning rate is constant, the beginning of a long run is the short run with the same seed, bit for bit; a test holds this.
/// </summary>
public static class RecordCut
{
    /// <summary>The record of the same run stopped after <paramref name="steps"/> updates and measured evenly.</summary>
    /// <param name="record">A record, of that many steps or more.</param>
    /// <param name="steps">Optimiser steps of the shorter run, from 1.</param>
    /// <param name="measurements">
    /// Measurements after an update, from 1: at the steps ⌊i · steps / measurements⌋, each taken from the nearest step that the record has. Fewer where it was measured less often.
    /// The initial state comes first, where the record has it.
    /// </param>
    /// <returns>Its accuracy is NaN unless nothing was cut off.</returns>
    /// <exception cref="InputException">The record is shorter, or a number is below 1.</exception>
    public static RunRecord Of(RunRecord record, int steps, int measurements)
    {
        var run = record.Metadata;
        if (steps < 1 || measurements < 1 || steps > run.Steps)
        {
            throw new InputException($"{run.Experiment} of seed {run.Seed}: {measurements} measurements in {steps} steps cannot be cut out of {run.Steps} steps");
        }

        var inside = Enumerable.Range(0, record.Points.Count).Where(i => record.Points[i].Step >= 0 && record.Points[i].Step < steps).ToArray();
        if (inside.Length == 0)
        {
            throw new InputException($"{run.Experiment} of seed {run.Seed}: no measurement in its first {steps} steps");
        }

        var places = Array.ConvertAll(inside, i => record.Points[i].Step);
        int[] kept =
        [
            .. Enumerable.Range(0, record.FirstUpdatedPoint),
            .. Enumerable.Range(0, measurements).Select(i => inside[Nearest(places, (int)((long)i * steps / measurements))]).Distinct(),
        ];
        return new RunRecord(
            run with { Steps = steps, MeasureEvery = Math.Max(1, steps / measurements), FinalAccuracy = steps == run.Steps ? run.FinalAccuracy : double.NaN },
            [.. kept.Select(i => record.Points[i])],
            [.. record.Layers.Select(layer => Only(layer, layer.Metrics, series => Array.ConvertAll(kept, i => series[i])))]);
    }

    /// <summary>A layer with some of its metrics, each series changed.</summary>
    internal static LayerSeries Only(LayerSeries layer, IEnumerable<Metric> metrics, Func<double[], double[]> change) =>
        new(layer.Name, layer.View, layer.Depth, layer.Samples, layer.Features, metrics.ToDictionary(metric => metric, metric => change(layer[metric])));

    private static int Nearest(int[] sorted, int wanted)
    {
        var i = Array.BinarySearch(sorted, wanted);
        if (i >= 0)
        {
            return i;
        }

        var after = ~i;
        return after == 0 ? 0 : after == sorted.Length || wanted - sorted[after - 1] <= sorted[after] - wanted ? after - 1 : after;
    }
}
