using Ndt.Cli;
using Ndt.Cli.Sweeps;
using Ndt.Models;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Sweeps;

[Collection(nameof(TorchGenerator))]
public sealed class SweepRunTests
{
    [Fact]
    public async Task A_run_without_all_of_its_checkpoints_is_not_finished()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, await NdtCommand.RunAsync(["train", "mlp_narrow", "mnist", "--steps", "6", "--checkpoint-steps", "0,6", "--checkpoint-weights-only", "--device", "cpu", "--out", folder.Root]));
        var spec = new RunSpec(ArchitectureCatalogue.Find("mlp_narrow"), "mnist", 0, Protocol.Study with { Steps = 6 });
        Assert.True(new SweepRun(spec, folder.Root).IsOnDisk);
        Assert.True(new SweepRun(spec, folder.Root, new RunCheckpoints(folder.Root, [0, 6])).IsOnDisk);
        Assert.False(new SweepRun(spec, folder.Root, new RunCheckpoints(folder.Root, [0, 3, 6])).IsOnDisk);
    }

    [Fact]
    public async Task A_plan_whose_states_lie_beyond_the_runs_is_wrong_use() =>
        Assert.Equal(2, await NdtCommand.RunAsync(["sweep", "--checkpoint-plan", Path.Combine(RepositoryPaths.Root, "data", "checkpoint_plan.json"), "--steps", "1000", "--dry-run"]));
}
