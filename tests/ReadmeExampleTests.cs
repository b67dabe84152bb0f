using Ndt.Tests.Documentation;

namespace Ndt.Tests;

/// <summary>The examples in C#, run here: they draw from torch's generator.</summary>
[Collection(nameof(TorchGenerator))]
[Trait("Category", "Integration")]
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task The_example_for_ones_own_network_compiles_and_runs()
    {
        var example = Assert.Single(MarkdownBlocks.Under("README.md", "Use it on your own network", "csharp"));
        Assert.Matches("^hidden: stable rank [0-9.]+ before, [0-9.]+ after\nout: stable rank ", await Example.RunAsync(example));
    }

    [Fact]
    public async Task The_example_for_ones_own_PyTorch_checkpoint_runs_on_a_file_that_PyTorch_wrote()
    {
        const string name = "my_network.pt";
        var example = Assert.Single(MarkdownBlocks.Under("docs/own-network.md", "Use it on your own PyTorch checkpoints", "csharp"));
        Assert.Contains($"\"{name}\"", example);
        var printed = await Example.RunAsync(example.Replace(name, RepositoryPaths.Fixture("checkpoints/torch_mlp.pt"), StringComparison.Ordinal));
        Assert.Matches("^0: stable rank [0-9.]+ of 50\n2: stable rank [0-9.]+ of 2\n$", printed);
    }
}
