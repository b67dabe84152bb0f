using Ndt.Statistics;

namespace Ndt.Analysis.Collapse;

/// <summary>What the collapse alarm does on one kind of series. Intervals of means are 95 % percentile bootstraps over the series.</summary>
/// <param name="Scenario">The kind.</param>
/// <param name="Series">Series.</param>
/// <param name="FalseAlarms">
/// Alarms before a collapse, or where there is none, per 1,000 measurements. A bootstrap of only zeros has no width: where there is no alarm the upper end is that of one alarm in as many
/// series as Wilson's interval of none leaves possible.
/// </param>
/// <param name="Found">Share of the collapses that were found, by Wilson's interval; NaN where there are none.</param>
/// <param name="Delay">Mean measurements from a collapse's start to the alarm, of those found.</param>
public sealed record CollapseScore(string Scenario, int Series, ConfidenceInterval FalseAlarms, WilsonInterval Found, ConfidenceInterval Delay)
{
    /// <summary>Draws of the bootstrap.</summary>
    public const int Replicates = 1000;

    internal static CollapseScore Of(string scenario, IReadOnlyList<CollapseCount> counts, int seed)
    {
        double points = counts.Sum(one => one.Points);
        var falseAlarms = Interval(all => 1000.0 * all.Sum(one => one.FalseAlarms) / all.Sum(one => one.Points));
        return new CollapseScore(
            scenario,
            counts.Count,
            falseAlarms.Estimate > 0 ? falseAlarms : falseAlarms with { High = 1000 * WilsonInterval.Of(0, counts.Count).High * counts.Count / points },
            WilsonInterval.Of(counts.Count(one => one.Delay is not null), counts.Count(one => one.HasCollapse)),
            Interval(all => all.Where(one => one.Delay is not null).Select(one => (double)one.Delay!).DefaultIfEmpty(double.NaN).Average()));

        ConfidenceInterval Interval(Func<IReadOnlyList<CollapseCount>, double> statistic) => ClusterBootstrap.DrawUnits(counts, statistic, Replicates, seed).Percentile();
    }
}

/// <summary>What the alarm did on one series.</summary>
/// <param name="Points">Measurements without a collapse.</param>
/// <param name="FalseAlarms">Alarms among them.</param>
/// <param name="Delay">Measurements from the start of the collapse to the first alarm; null where there was none.</param>
/// <param name="HasCollapse">Whether there is one.</param>
internal readonly record struct CollapseCount(int Points, int FalseAlarms, int? Delay, bool HasCollapse);
