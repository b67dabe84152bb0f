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
           select new HorizonShare(
               cell.Key.Experiment, cell.Key.Steps, RunSeries.Of(cell.First(), metric).Steps.Length,
               OverSeeds(cell.Select(run => ControlFigure.EarlyShare.Of(run, metric))), OverSeeds(cell.Select(run => ControlFigure.EarlyPath.Of(run, metric)))),
    ];

    // A share lies between 0 and 1, and so do the ends of its interval.
    private static JackknifeInterval OverSeeds(IEnumerable<double> seeds)
    {
        var all = Jackknife.OfMean([.. seeds.Where(double.IsFinite)]);
        return all with { Low = Math.Clamp(all.Low, 0, 1), High = Math.Clamp(all.High, 0, 1) };
    }
}
