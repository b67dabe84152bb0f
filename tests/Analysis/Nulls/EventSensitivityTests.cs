using Ndt.Analysis.Nulls;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Analysis.Nulls;

public sealed class EventSensitivityTests
{
    [Fact]
    public void Rows_come_by_metric_and_threshold_and_events_thin_out_as_z_grows()
    {
        RunRecord[] records = [.. Enumerable.Range(0, 5).Select(i => RecordFile.Read(RepositoryPaths.Fixture("phase1/records/mlp_shallow_2_mnist.json")))];
        var rows = EventSensitivity.Of(records, [Metric.StableRank, Metric.EffectiveRank90], [1, 2, 3], new ShuffleNull(LayerCoupling.Together), 20, seed: 1);
        Assert.Equal(
            [(Metric.StableRank, 1), (Metric.StableRank, 2), (Metric.StableRank, 3), (Metric.EffectiveRank90, 1), (Metric.EffectiveRank90, 2), (Metric.EffectiveRank90, 3)],
            rows.Select(row => (row.AgainstNull.Metric, row.Threshold)));
        Assert.True(rows[0].Events > rows[1].Events && rows[1].Events > rows[2].Events);
        Assert.All(rows, row => Assert.Equal(row.AgainstNull.Comparison.Observed, row.EarlyShare.Estimate));
        Assert.Equal(1, rows[0].EarlyShare.Clusters);
    }

    [Fact]
    public void Seeds_of_an_experiment_are_one_cluster()
    {
        var runs = NullTestTests.Noise(runs: 3, layers: 2);
        var distribution = RunBootstrap.Draw([.. runs, .. runs], new EarlyEventShare(), 50, seed: 2);
        Assert.Equal((3, 6), (distribution.Bca().Clusters, distribution.Bca().Units));
    }

    [Fact]
    public void Normal_noise_has_the_event_rate_of_the_normal_law()
    {
        var runs = NullTestTests.Noise(runs: 20, layers: 3);
        var events = runs.Sum(run => new EarlyEventShare().Take(run).Denominator);
        Assert.Equal(0.0455, events / (runs.Length * 3 * MadeRun.Increments), 0.006);
    }
}
