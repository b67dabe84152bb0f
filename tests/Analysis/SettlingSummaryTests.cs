using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Tests.Analysis;

public sealed class SettlingSummaryTests
{
    [Fact]
    public void A_slow_drift_counts_as_settled_from_the_start_and_its_later_change_is_found()
    {
        // A ramp from 1 to 2: quiet within any window, twice its level in the end.
        double[] ramp = [.. Enumerable.Range(0, 400).Select(i => 1 + (i / 399.0))];
        Assert.Equal(0, Convergence.StabilisationPoint(ramp));
        Assert.Equal((380 / 399.0) / (1 + (9.5 / 399)), LaterDrift.Of(ramp, 0), 1e-12);
        Assert.True(double.IsNaN(LaterDrift.Of(ramp, Convergence.Never)));
    }

    [Fact]
    public void Layers_that_settle_one_after_the_other_are_bottom_up()
    {
        var run = StudiedRuns.Of("mlp_a", "mnist", 0, _ => 1, _ => 1, Restless(50), Restless(100), Restless(150), Restless(200));
        var summary = SettlingSummary.Of([run], Metric.StableRank);
        Assert.Equal((1, 5, 0, 1), (summary.Runs, summary.Layers, summary.Never, summary.Defined));
        Assert.Equal(0.2, summary.FromStart.Value);
        Assert.Equal((1, SettlingPattern.BottomUp), (run[Metric.StableRank].DepthOrder.Rho, run[Metric.StableRank].DepthOrder.Pattern));
    }

    [Fact]
    public void Layers_that_all_settle_at_once_have_no_order()
    {
        var run = StudiedRuns.Of("mlp_a", "mnist", 0, _ => 1, _ => 1, _ => 2, _ => 3);
        Assert.False(SettlingSummary.HasOrder(run[Metric.StableRank]));
        Assert.Equal(0, SettlingSummary.Of([run], Metric.StableRank).Defined);
    }

    private static Func<int, double> Restless(int until) => i => i < until ? (i % 2 == 0 ? 1 : 3) : 2;
}
