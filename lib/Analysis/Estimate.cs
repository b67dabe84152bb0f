using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>A number over runs with its 95 % interval.</summary>
/// <param name="Value">The number; NaN where there is nothing to take it from.</param>
/// <param name="Low">Lower end; NaN where no interval can be given.</param>
/// <param name="High">Upper end; NaN where no interval can be given.</param>
/// <param name="Runs">Runs that it is taken from.</param>
/// <param name="Cells">Cells (an architecture on a dataset) that these are runs of: what is resampled.</param>
public readonly record struct Estimate(double Value, double Low, double High, int Runs, int Cells)
{
    /// <summary>With fewer cells than this there is no interval: the percentile bootstrap is far too narrow there.</summary>
    public const int FewestCells = 5;

    private const int Replicates = 2000;
    private const int Seed = 42;

    /// <summary>
    /// Σ part / Σ whole over the runs. The interval is the percentile one of <see cref="ClusterBootstrap"/> over cells: layers of one
    /// run, and seeds of one cell, are not independent.
    /// </summary>
    public static Estimate OfRatio(IEnumerable<StudiedRun> runs, Func<StudiedRun, double> part, Func<StudiedRun, double> whole)
    {
        IReadOnlyList<IReadOnlyList<Quotient>> cells =
        [
            .. runs.GroupBy(run => run.Run.Experiment).Select(cell => (IReadOnlyList<Quotient>)[.. cell.Select(run => new Quotient(part(run), whole(run)))]),
        ];
        var units = cells.Sum(cell => cell.Count);
        if (cells.Count < FewestCells)
        {
            return new Estimate(Quotient.Pooled([.. cells.SelectMany(cell => cell)]), double.NaN, double.NaN, units, cells.Count);
        }

        var interval = ClusterBootstrap.Draw(cells, Quotient.Pooled, Replicates, Seed).Percentile();
        return new Estimate(interval.Estimate, interval.Low, interval.High, units, cells.Count);
    }

    /// <summary>The mean of a run's value over the runs where it is a number; the interval as in <see cref="OfRatio"/>.</summary>
    public static Estimate OfMean(IEnumerable<StudiedRun> runs, Func<StudiedRun, double> value) =>
        OfRatio(runs.Where(run => !double.IsNaN(value(run))), value, _ => 1);
}
