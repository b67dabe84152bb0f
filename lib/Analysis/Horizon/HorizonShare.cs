using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Horizon;

/// <summary>What lies in the first tenth of trainings of one length.</summary>
/// <param name="Experiment">Architecture and dataset.</param>
/// <param name="Steps">Length of the trainings, in updates.</param>
/// <param name="Measurements">Measurements of each.</param>
/// <param name="Events">Share of the events (the study's jumps) that begin in the first 10 % of training, mean over seeds; random moments give 10 %.</param>
/// <param name="Path">Share of the path length there, mean over layers, then seeds; an even pace gives 10 %.</param>
public readonly record struct HorizonShare(string Experiment, int Steps, int Measurements, JackknifeInterval Events, JackknifeInterval Path)
{
    /// <summary>Of records cut to one length (<see cref="RecordCut"/>), one row for each architecture and dataset; seeds without events have no share of them.</summary>
    /// <param name="runs">The records.</param>
    /// <param name="metric">The quantity.</param>
    public static IReadOnlyList<HorizonShare> Of(IEnumerable<RunRecord> runs, Metric metric) =>
    [
        .. from run in runs
           group run by (run.Metadata.Experiment, run.Metadata.Steps) into cell
           let analysed = cell.Select(run => (Analysis: RunAnalysis.Analyse(run, metric), Motion: LayerMotion.Of(run, metric))).ToArray()
           select new HorizonShare(
               cell.Key.Experiment, cell.Key.Steps, analysed[0].Analysis.Steps.Length,
               OverSeeds(analysed.Select(run => EarlyEvents(run.Analysis))),
               OverSeeds(analysed.Select(run => run.Motion.Select(layer => layer.EarlyPath).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()))),
    ];

    private static double EarlyEvents(ExperimentAnalysis run)
    {
        var jumps = run.Layers.SelectMany(layer => layer.Jumps).ToArray();
        return jumps.Length == 0 ? double.NaN : (double)jumps.Count(jump => TrainingPhase.Bin(jump.Phase) == 0) / jumps.Length;
    }

    // A share lies between 0 and 1, and so do the ends of its interval.
    private static JackknifeInterval OverSeeds(IEnumerable<double> seeds)
    {
        var all = Jackknife.OfMean([.. seeds.Where(double.IsFinite)]);
        return all with { Low = Math.Clamp(all.Low, 0, 1), High = Math.Clamp(all.High, 0, 1) };
    }
}
