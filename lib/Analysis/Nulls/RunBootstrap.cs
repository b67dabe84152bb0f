using Ndt.Statistics;

namespace Ndt.Analysis.Nulls;

/// <summary>Intervals for figures over runs, by resampling experiments.</summary>
public static class RunBootstrap
{
    /// <summary>
    /// Resamples <paramref name="runs"/> of a figure: clusters are experiments (architecture and dataset, in order of first appearance), the
    /// runs with its seeds stay together. <see cref="BootstrapDistribution"/> gives percentile and BCa intervals from the same replicates.
    /// </summary>
    /// <exception cref="ArgumentException">No runs.</exception>
    public static BootstrapDistribution Draw(IEnumerable<RunSeries> runs, RunStatistic statistic, int replicates, int seed) =>
        ClusterBootstrap.Draw([.. runs.GroupBy(run => run.Run.Experiment).Select(experiment => experiment.Select(statistic.Take).ToArray())], Quotient.Pooled, replicates, seed);
}
