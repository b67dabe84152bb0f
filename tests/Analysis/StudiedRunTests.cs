namespace Ndt.Tests.Analysis;

public sealed class StudiedRunTests
{
    [Fact]
    public void The_final_loss_is_the_mean_over_the_last_window() =>
        Assert.Equal(389.5, StudiedRuns.Of("mlp_a", "mnist", 0, i => i, _ => 1, _ => 2).FinalLoss, 1e-12); // of 380 to 399
}
