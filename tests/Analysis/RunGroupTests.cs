using Ndt.Analysis;

namespace Ndt.Tests.Analysis;

public sealed class RunGroupTests
{
    [Fact]
    public void Groups_are_all_runs_then_families_datasets_and_seeds() => Assert.Equal(
        ["all runs", "MLP", "CNN", "Transformer", "AG News", "MNIST", "seed 0", "seed 1"],
        RunGroup.Of(StudiedRuns.Some()).Select(group => group.Name));

    [Theory]
    [InlineData("cnn_deep_mnist", "CNN deep on MNIST")]
    [InlineData("cnn_deep_fashion_mnist", "CNN deep on Fashion-MNIST")]
    [InlineData("mlp_verydeep_15_ag_news", "MLP very deep 15 on AG News")]
    [InlineData("mlp_medium_5_ag_news_words", "MLP medium 5 on AG News words")]
    [InlineData("transformer_shallow_qmnist", "Transformer shallow on QMNIST")]
    [InlineData("mine_on_letters", "mine_on_letters")]
    public void A_cell_has_a_name_for_readers(string experiment, string name) => Assert.Equal(name, RunGroup.CellName(experiment));

    [Theory]
    [InlineData("mlp_wide_mnist", "mlp_wide")]
    [InlineData("mlp_wide_fashion_mnist", "mlp_wide")]
    [InlineData("mlp_wide_ag_news", "mlp_wide")]
    [InlineData("mlp_wide_ag_news_words", "mlp_wide")]
    [InlineData("mine_on_letters", "mine_on_letters")]
    public void A_cells_architecture_is_what_stands_before_its_dataset(string experiment, string architecture) =>
        Assert.Equal(architecture, RunGroup.ArchitectureOf(experiment));
}
