namespace Ndt.Tests.Documentation;

/// <summary>docs/recipes.md, carried out.</summary>
[Collection(nameof(TorchGenerator))]
[Trait("Category", "Integration")]
public sealed class RecipesTests
{
    internal const string Page = "docs/recipes.md";

    [Fact]
    public async Task A_network_of_ones_own_is_trained_measured_and_recorded()
    {
        using var folder = new TemporaryFolder();
        var program = Assert.Single(Blocks("Add an architecture"));
        const string file = "$\"{run.Name}.parquet\"";
        Assert.Contains(file, program);
        var printed = await Example.RunAsync(program.Replace(file, $"@\"{folder.PathOf("record.parquet")}\"", StringComparison.Ordinal));
        Assert.Matches("^hidden: stable rank [0-9.]+ before, [0-9.]+ after\nout: stable rank ", printed);
        var metadata = Ndt.Records.RecordFile.Read(folder.PathOf("record.parquet")).Metadata;
        Assert.Equal(("mlp_tanh", "mnist", 200), (metadata.Architecture, metadata.Dataset, metadata.Steps));
        Assert.Equal((784 * 64) + 64 + (64 * 10) + 10, metadata.ArchitectureParameters["num_params"]);
    }

    [Fact]
    public async Task A_training_of_ones_own_is_followed()
    {
        using var folder = new TemporaryFolder();
        var blocks = Blocks("Follow your own training").Select(block => block.Replace("\"my_net.parquet\"", $"@\"{folder.PathOf("my_net.parquet")}\"", StringComparison.Ordinal));
        Assert.Matches("my_net.parquet: 41 measurements\n256 samples in parts of 32\n$", await Example.RunAsync(blocks));
        Assert.Equal("my_net", Ndt.Records.RecordFile.Read(folder.PathOf("my_net.parquet")).Metadata.Architecture);
    }

    [Fact]
    public async Task A_dataset_of_ones_own_is_learnt() =>
        Assert.Matches("^(9[0-9]|100) % right after 500 steps\nnetwork.0: participation ratio ", await Example.RunAsync(Blocks("Add a dataset")));

    [Fact]
    public async Task An_estimator_of_ones_own_measures_a_network()
    {
        var printed = await Example.RunAsync(Blocks("Add an estimator"));
        Assert.Matches("^hidden: [0-9.]+ of 50, as it stands [0-9.]+\nout: [0-9.]+ of 2, as it stands [0-9.]+\n$", printed);
    }

    [Fact]
    public async Task A_detector_of_ones_own_is_tried_and_judged_on_the_bench()
    {
        var printed = await Example.RunAsync(Blocks("Add a detector"));
        Assert.Contains("\n1 step of 3 σ: ", printed);
        Assert.Contains("\nmedian step: not valid; fires on ", printed);
    }

    internal static IReadOnlyList<string> Blocks(string heading) => MarkdownBlocks.Under(Page, heading, "csharp");
}
