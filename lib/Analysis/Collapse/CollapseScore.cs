using Ndt.Statistics;

namespace Ndt.Analysis.Collapse;

/// <summary>What the collapse alarm does on one kind of series; 95 % percentile bootstraps over the series. Where no alarm was false the interval has no width: the rate is below 3 / measurements, not 0.</summary>
/// <param name="Scenario">The kind.</param>
/// <param name="Series">Series.</param>
/// <param name="FalseAlarms">Alarms before a collapse, or where there is none, per 1,000 measurements.</param>
/// <param name="Found">Share of the collapses that were found; NaN where there are none.</param>
/// <param name="Delay">Mean measurements from a collapse's start to the alarm, of those found.</param>
public sealed record CollapseScore(string Scenario, int Series, ConfidenceInterval FalseAlarms, ConfidenceInterval Found, ConfidenceInterval Delay)
{
    /// <summary>Draws of the bootstrap.</summary>
    public const int Replicates = 1000;

    internal static CollapseScore Of(string scenario, IReadOnlyList<CollapseCount> counts, int seed)
    {
        return new CollapseScore(
            scenario,
            counts.Count,
            Interval(all => 1000.0 * all.Sum(one => one.FalseAlarms) / all.Sum(one => one.Points)),
            Interval(all => (double)all.Count(one => one.Delay is not null) / all.Count(one => one.HasCollapse)),
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
