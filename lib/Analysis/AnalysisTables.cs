using Ndt.Measurement;

namespace Ndt.Analysis;

/// <summary>The tables of phase 1: a contract with other programs, column by column.</summary>
public static class AnalysisTables
{
    /// <summary>One row a jump: jumps.csv.</summary>
    public static Csv Jumps(IEnumerable<ExperimentAnalysis> analyses)
    {
        var table = new Csv("metric", "experiment", "family", "dataset", "layer", "index", "step", "magnitude", "speed", "direction", "published_phase", "phase");
        foreach (var (run, layer) in ByLayer(analyses))
        {
            foreach (var (jump, step, publishedPhase, phase) in layer.Jumps)
            {
                AddLayer(table, run, layer)
                    .Add(jump.Index).Add(step).Add(jump.Magnitude).Add(jump.Speed).Add(jump.Direction).Add(publishedPhase).Add(phase);
            }
        }

        return table;
    }

    /// <summary>One row a layer: layers.csv.</summary>
    public static Csv Layers(IEnumerable<ExperimentAnalysis> analyses)
    {
        var table = new Csv(
            "metric", "experiment", "family", "dataset", "layer", "depth", "jumps", "jumps_0_10", "jumps_10_50", "jumps_50_100",
            "path_length", "path_length_0_10", "critical_steps", "transitions", "stabilisation_point");
        foreach (var (run, layer) in ByLayer(analyses))
        {
            AddLayer(table, run, layer)
                .Add(layer.Depth).Add(layer.Jumps.Count).Add(layer.JumpsIn(0)).Add(layer.JumpsIn(1)).Add(layer.JumpsIn(2))
                .Add(layer.PathLength).Add(layer.EarlyPathLength)
                .Add(layer.CriticalSteps.Length).Add(layer.Transitions.Length).Add(layer.StabilisationPoint);
        }

        return table;
    }

    /// <summary>One row a run: experiments.csv.</summary>
    public static Csv Experiments(IEnumerable<ExperimentAnalysis> analyses)
    {
        var table = new Csv(
            "metric", "experiment", "family", "dataset", "layers", "jumps", "mean_phase", "critical_steps", "transitions",
            "coordinated_periods", "max_coordination", "mean_coordination", "loss_drop_share",
            "rho_published_index", "p_published_index", "pattern_published_index", "rho_depth", "p_depth", "pattern_depth");
        foreach (var run in Sorted(analyses))
        {
            AddRun(table, run)
                .Add(run.Layers.Count).Add(run.Jumps.Count()).Add(run.MeanPhase).Add(run.CriticalSteps).Add(run.Transitions)
                .Add(run.CoordinatedPeriods).Add(run.MaxCoordination).Add(run.MeanCoordination).Add(run.LossDropShare);
            foreach (var order in (ReadOnlySpan<SettlingOrder>)[run.PublishedOrder, run.DepthOrder])
            {
                table.Add(order.Rho).Add(order.PValue).Add(order.PatternName);
            }
        }

        return table;
    }

    /// <summary>One row a record that was left out: skipped.csv.</summary>
    public static Csv Refused(IEnumerable<RefusedRecord> refused)
    {
        var table = new Csv("file", "reason");
        foreach (var record in refused)
        {
            table.Add(record.File).Add(record.Reason);
        }

        return table;
    }

    private static IEnumerable<ExperimentAnalysis> Sorted(IEnumerable<ExperimentAnalysis> analyses) => analyses
        .OrderBy(run => run.Metric.Name(), StringComparer.Ordinal)
        .ThenBy(run => run.Experiment, StringComparer.Ordinal);

    private static IEnumerable<(ExperimentAnalysis Run, LayerAnalysis Layer)> ByLayer(IEnumerable<ExperimentAnalysis> analyses) =>
        from run in Sorted(analyses)
        from layer in run.Layers.OrderBy(layer => layer.Layer, StringComparer.Ordinal)
        select (run, layer);

    private static Csv AddRun(Csv table, ExperimentAnalysis run) =>
        table.Add(run.Metric.Name()).Add(run.Experiment).Add(run.Run.Family).Add(run.Run.Dataset);

    private static Csv AddLayer(Csv table, ExperimentAnalysis run, LayerAnalysis layer) => AddRun(table, run).Add(layer.Layer);
}
