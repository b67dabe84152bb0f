using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Horizon;

/// <summary>How well one clock makes the curves of runs fall on each other that differ in length, in learning rate, or in both.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Explained">The mean over cells and layers of <see cref="CurveCollapse.Explained"/>, and its interval over seeds.</param>
/// <param name="Chance">The same under clocks of random speed: <see cref="CurveCollapse.Chance"/>.</param>
/// <param name="Coverage">The mean share of moments that all runs reach on this clock.</param>
/// <param name="Layers">Layers times seeds that it was computed on.</param>
public readonly record struct ClockComparison(TrainingClock Clock, JackknifeInterval Explained, double Chance, double Coverage, int Layers)
{
    private const int Draws = 50;

    /// <summary>Of runs. Those of one architecture, dataset and seed begin as the same network; each of their layers is one set of curves, as far as all of them have it.</summary>
    /// <param name="runs">Records, cut to what is compared; a group of fewer than two is left out.</param>
    /// <param name="metric">The quantity.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="ratio">Of the clocks of chance: how far apart the runs' settings are.</param>
    public static ClockComparison Of(IReadOnlyList<RunRecord> runs, Metric metric, TrainingClock clock, double ratio)
    {
        var sets =
            (from run in runs
             group run by (run.Metadata.Experiment, run.Metadata.Seed) into same
             where same.Count() > 1
             let members = same.Select(run => (Series: RunSeries.Of(run, metric), Readings: ClockReading.Of(run, clock))).ToArray()
             from layer in members[0].Series.Layers.Select(layer => layer.Name).Where(name => members.All(member => member.Series.SeriesOf(name) is not null)).Index()
             let curves = members.Select(member => new ClockedCurve(member.Readings, member.Series.SeriesOf(layer.Item)!)).ToArray()
             select (same.Key.Seed, Collapse: CurveCollapse.Of(curves), Chance: CurveCollapse.Chance(curves, ratio, Draws, seed: layer.Index))).ToArray();
        var seeds = sets.GroupBy(set => set.Seed).Select(seed => Mean(seed.Select(set => set.Collapse.Explained))).ToArray();
        return new ClockComparison(clock, Jackknife.OfMean(seeds), Mean(sets.Select(set => set.Chance)), Mean(sets.Select(set => set.Collapse.Coverage)), sets.Length);
    }

    private static double Mean(IEnumerable<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
