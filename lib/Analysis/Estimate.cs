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
    /// <summary>With fewer cells than this there is no interval: one more cell may change the number by more than any of them says.</summary>
    public const int FewestCells = 5;

    /// <summary>Seed of the resamples: as they are, those of the ledger, with cells in the same order, so that one quantity has one interval.</summary>
    public const int Seed = 1;

    private const int Replicates = 2000;

    /// <summary>
    /// Σ part / Σ whole over the runs. The interval is <see cref="BootstrapDistribution.Bca"/> over cells: layers of one run, and seeds of one cell, are
    /// not independent. (A seed also draws the block of data, the same for every architecture: seeds and blocks are crossed with the cells. What
    /// one block has in common across cells is not in the interval; the spread between seeds, given beside it where it matters, shows it.)
    /// </summary>
    public static Estimate OfRatio(IEnumerable<StudiedRun> runs, Func<StudiedRun, double> part, Func<StudiedRun, double> whole)
    {
        IReadOnlyList<IReadOnlyList<Quotient>> cells =
        [
            .. runs.GroupBy(run => run.Run.Experiment).OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => (IReadOnlyList<Quotient>)[.. cell.Select(run => new Quotient(part(run), whole(run)))]),
        ];
        var units = cells.Sum(cell => cell.Count);
        if (cells.Count < FewestCells)
        {
            return new Estimate(Quotient.Pooled([.. cells.SelectMany(cell => cell)]), double.NaN, double.NaN, units, cells.Count);
        }

        var interval = ClusterBootstrap.Draw(cells, Quotient.Pooled, Replicates, Seed).Bca();
        return new Estimate(interval.Estimate, interval.Low, interval.High, units, cells.Count);
    }

    /// <summary>The mean over cells of the mean over their runs, so that every cell counts once; runs without a value are left out. The interval as in <see cref="OfRatio"/>.</summary>
    public static Estimate OfCells(IEnumerable<StudiedRun> runs, Func<StudiedRun, double> value)
    {
        var values = runs.Select(run => (Run: run, Value: value(run))).Where(pair => !double.IsNaN(pair.Value)).ToDictionary(pair => pair.Run, pair => pair.Value);
        var inCell = values.Keys.CountBy(run => run.Run.Experiment).ToDictionary();
        return OfRatio(values.Keys, run => values[run] / inCell[run.Run.Experiment], run => 1.0 / inCell[run.Run.Experiment]);
    }

    /// <summary>The mean of a run's value over the runs where it is a number; the interval as in <see cref="OfRatio"/>.</summary>
    public static Estimate OfMean(IEnumerable<StudiedRun> runs, Func<StudiedRun, double> value) =>
        OfRatio(runs.Where(run => !double.IsNaN(value(run))), value, _ => 1);
}
