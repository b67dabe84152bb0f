using System.Globalization;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>All three analyses of phase 1 on one run: convergence, jumps, critical periods.</summary>
public static class RunAnalysis
{
    /// <summary>
    /// Analyses one metric of a record in one view. The initial state, where the record has it, is left out: the study's series begin
    /// after the first update.
    /// </summary>
    /// <exception cref="InputException">
    /// The record cannot be taken as <see cref="RunSeries"/>, or has fewer measurements than convergence's window and one more.
    /// </exception>
    public static ExperimentAnalysis Analyse(RunRecord record, Metric metric, string view = LayerView.Study, AnalysisParameters? parameters = null)
    {
        parameters ??= AnalysisParameters.Study;
        var run = RunSeries.Of(record, metric, view);
        if (run.Steps.Length <= parameters.StabilityWindow)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{run.Name}: {run.Steps.Length} measurements; at least {parameters.StabilityWindow + 1} are needed"));
        }

        var analysed = new LayerAnalysis[run.Layers.Count];
        for (var i = 0; i < analysed.Length; i++)
        {
            analysed[i] = AnalyseLayer(run.Layers[i], run.Series[i], run.Steps, record.Metadata.Steps, parameters);
        }

        var settled = Array.ConvertAll(analysed, layer => layer.StabilisationPoint);
        return new ExperimentAnalysis
        {
            Metric = metric,
            Experiment = run.Name,
            View = view,
            Run = record.Metadata,
            Layers = analysed,
            LeftOut = run.LeftOut,
            Loss = run.Loss,
            Steps = run.Steps,
            Coordination = CriticalPeriods.Coordination(Array.ConvertAll(analysed, layer => layer.CriticalSteps), run.Steps.Length),
            LossDropShare = Descriptive.Mean(Array.ConvertAll(analysed, layer => CriticalPeriods.LossDropShare(layer.CriticalSteps, run.Loss))),
            PublishedOrder = Convergence.Order(Array.ConvertAll(analysed, layer => LayerIndex.Published(layer.Layer)), settled),
            DepthOrder = Convergence.Order(Array.ConvertAll(analysed, layer => layer.Depth), settled),
        };
    }

    private static LayerAnalysis AnalyseLayer(LayerSeries layer, ReadOnlySpan<double> series, int[] steps, int allSteps, AnalysisParameters parameters)
    {
        var magnitudes = Increments.Magnitudes(series);
        var early = 0;
        while (early < magnitudes.Length && TrainingPhase.True(steps[early], allSteps) < TrainingPhase.EarlyEnd)
        {
            early++;
        }

        var jumps = Jumps.Find(series, parameters.JumpThreshold)
            .Select(jump => new PlacedJump(
                jump, steps[jump.Index], TrainingPhase.Published(jump.Index, allSteps), TrainingPhase.True(steps[jump.Index], allSteps)));
        return new LayerAnalysis(
            layer.Name,
            layer.Depth,
            [.. jumps],
            PairwiseSum.Of(magnitudes),
            PairwiseSum.Of(magnitudes.AsSpan(0, early)),
            CriticalPeriods.CriticalSteps(series, parameters.CriticalQuantile),
            CriticalPeriods.Transitions(series, parameters.CriticalQuantile),
            Convergence.StabilisationPoint(series, parameters.StabilityWindow, parameters.StabilityFraction));
    }
}
