using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>
/// How something goes with a layer's true depth, as an effect: Spearman's ρ across the layers of a run, then the mean over the seeds of a cell, then over cells. With three to
/// five layers no single run can reach p &lt; 0.05; that says nothing on whether runs agree.
/// </summary>
public static class DepthEffect
{
    /// <summary>Of the moment of settling: positive where early layers settle first. Runs in which fewer than three layers settle, or all at once, have no ρ and do not count.</summary>
    public static Estimate OfSettling(IEnumerable<StudiedRun> runs, Metric metric) =>
        Estimate.OfCells(runs, run => SettlingSummary.HasOrder(run[metric]) ? run[metric].DepthOrder.Rho : double.NaN);

    /// <summary>Of how much layers move: positive where late layers move more. Runs of fewer than three layers, or whose layers all move alike, have no ρ.</summary>
    public static Estimate OfMotion(IEnumerable<StudiedRun> runs, Metric metric, Func<LayerMotion, double> amount) =>
        Estimate.OfCells(runs, run => Rho(LayerMotion.Of(run.Record, metric, run.View), amount));

    private static double Rho(IReadOnlyList<LayerMotion> layers, Func<LayerMotion, double> amount)
    {
        double[] amounts = [.. layers.Select(amount)];
        return amounts.Length < Convergence.FewestLayersForOrder || amounts.Any(double.IsNaN)
            ? double.NaN
            : Spearman.Correlate([.. Enumerable.Range(0, amounts.Length).Select(depth => (double)depth)], amounts).Rho;
    }
}
