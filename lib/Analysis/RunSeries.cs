using System.Globalization;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Analysis;

/// <summary>
/// One metric of one run as the analyses take it: every layer's series over the measurements after an update, all of them finite. A layer that is not finite somewhere, since it
/// has collapsed to a constant, is left out by name.
/// </summary>
public sealed class RunSeries
{
    private RunSeries(RunRecord record, Metric metric, string view, IReadOnlyList<LayerSeries> layers, IReadOnlyList<string> leftOut)
    {
        LeftOut = leftOut;
        var points = record.Points.Skip(record.FirstUpdatedPoint).ToArray();
        Name = ExperimentName.Of(record.Metadata, view);
        Metric = metric;
        View = view;
        Run = record.Metadata;
        Layers = layers;
        Steps = Array.ConvertAll(points, point => point.Step);
        Loss = Array.ConvertAll(points, point => point.Loss);
        Series = [.. layers.Select(layer => layer[metric][record.FirstUpdatedPoint..])];
        Increments = [.. Series.Select(series => Analysis.Increments.Of(series))];
    }

    /// <summary>The run's name in tables: <see cref="ExperimentName"/>.</summary>
    public string Name { get; }

    /// <summary>The metric.</summary>
    public Metric Metric { get; }

    /// <summary>The view of the layers, one of <see cref="LayerView"/>.</summary>
    public string View { get; }

    /// <summary>Who ran.</summary>
    public RunMetadata Run { get; }

    /// <summary>The layers, in order of depth.</summary>
    public IReadOnlyList<LayerSeries> Layers { get; }

    /// <summary>The layers left out, each with its first value that is not finite and its step.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Optimiser steps of the measurements.</summary>
    public int[] Steps { get; }

    /// <summary>Training loss at each; all NaN where it was not recorded.</summary>
    public double[] Loss { get; }

    /// <summary>Whether the loss was recorded.</summary>
    public bool HasLoss => CriticalPeriods.IsRecorded(Loss);

    /// <summary>The metric's series, layer by layer.</summary>
    public IReadOnlyList<double[]> Series { get; }

    /// <summary>The series of a layer by its name; null where the run has no such layer or it was left out. Pair layers of runs and of metrics by this: places shift where one is left out.</summary>
    public double[]? SeriesOf(string layer)
    {
        for (var i = 0; i < Layers.Count; i++)
        {
            if (Layers[i].Name == layer)
            {
                return Series[i];
            }
        }

        return null;
    }

    /// <summary>Their increments: <see cref="Analysis.Increments"/>.</summary>
    public IReadOnlyList<double[]> Increments { get; }

    /// <summary>True phase at which increment <paramref name="index"/> starts, in [0, 1).</summary>
    public double Phase(int index) => TrainingPhase.True(Steps[index], Run.Steps);

    /// <summary>A metric of a record in one view. The initial state, where the record has it, is left out: the study's series begin after the first update.</summary>
    /// <exception cref="InputException">
    /// The record lacks the metric, has no layer whose values are all finite, or some of its losses are not finite: an increment next to one would be dropped in silence.
    /// </exception>
    public static RunSeries Of(RunRecord record, Metric metric, string view = LayerView.Study)
    {
        var name = ExperimentName.Of(record.Metadata, view);
        var layers = ViewChoice.Layers(record, view);
        if (layers.Count == 0)
        {
            throw new InputException($"{name}: no layers to analyse");
        }

        var reasons = layers.Select(layer => FirstNotFinite(record, layer[metric], $"{layer.Name} {metric.Name()}")).ToArray();
        var finite = layers.Where((_, i) => reasons[i] is null).ToArray();
        if (finite.Length == 0)
        {
            throw new InputException($"{name}: no layer has only finite numbers; the first problem: {reasons[0]}");
        }

        var losses = record.Points.Select(point => point.Loss).ToArray();
        if (!losses.All(double.IsNaN) && FirstNotFinite(record, losses, "loss") is { } reason)
        {
            throw new InputException($"{name}: {reason}; a finite number is needed");
        }

        return new RunSeries(record, metric, view, finite, [.. reasons.OfType<string>()]);
    }

    private static string? FirstNotFinite(RunRecord record, double[] values, string what)
    {
        for (var i = record.FirstUpdatedPoint; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{what} is {values[i]} at step {record.Points[i].Step}");
            }
        }

        return null;
    }
}
