using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Tests.Analysis;

public sealed class DepthEffectTests
{
    [Fact]
    public void Layers_that_move_more_the_deeper_they_lie_have_a_rho_of_1_and_those_that_move_alike_have_none()
    {
        StudiedRun[] runs =
        [
            StudiedRuns.Of("mlp_a", "mnist", 0, i => -i, i => 10 + (i % 2), i => 10 + (2 * (i % 2)), i => 10 + (4 * (i % 2))),
            StudiedRuns.Of("mlp_b", "mnist", 0, i => -i, i => 10 + (i % 2), i => 10 + (i % 2), i => 10 + (i % 2)),
        ];
        var rho = DepthEffect.OfMotion(runs, Metric.StableRank, layer => layer.Path);
        Assert.Equal((1, 1, 1), (rho.Value, rho.Runs, rho.Cells));
        Assert.Equal(0, DepthEffect.OfMotion(runs, Metric.StableRank, layer => layer.FirstUpdate).Runs);
    }

    [Fact]
    public void Every_cell_counts_once_however_many_of_its_runs_have_a_value()
    {
        var runs = StudiedRuns.Some();
        var value = runs.ToDictionary(run => run, run => run.Run.Experiment == runs[0].Run.Experiment ? 6.0 : run.Run.Seed == 0 ? 0.0 : double.NaN);
        var estimate = Estimate.OfCells(runs, run => value[run]);
        Assert.Equal(1, estimate.Value, 1e-12);
        Assert.Equal((7, 6), (estimate.Runs, estimate.Cells));
    }

    [Fact]
    public void Loss_progress_counts_what_starts_before_the_loss_has_fallen_by_a_share()
    {
        // The loss falls from 1 to 0 over the first 100 of 399 increments; the layer moves by 1 at each of the first 50.
        var run = StudiedRuns.Of("mlp_a", "mnist", 0, i => Math.Max(0, 1 - (i / 100.0)), i => Math.Min(i, 50));
        var half = LossProgress.Of([run], Metric.StableRank)[0];
        Assert.Equal(50 / 399.0, half.Training.Value, 1e-12);
        Assert.Equal(1, half.Path.Value, 1e-12);
    }
}
