using Ndt.Tests.Documentation;

namespace Ndt.Tests;

[Collection(nameof(TorchGenerator))]
public sealed class ReadmeTests
{
    [Fact]
    [Trait("Category", "Integration")]
    public async Task The_example_for_ones_own_network_compiles_and_runs()
    {
        var example = Assert.Single(MarkdownBlocks.Under("README.md", "Use it on your own network", "csharp"));
        Assert.Matches("^hidden: stable rank [0-9.]+ before, [0-9.]+ after\nout: stable rank ", await Example.RunAsync(example));
    }

    [Fact]
    public async Task The_example_for_ones_own_PyTorch_checkpoint_runs_on_a_file_that_PyTorch_wrote()
    {
        const string name = "my_network.pt";
        var example = Assert.Single(MarkdownBlocks.Under("README.md", "Use it on your own PyTorch checkpoints", "csharp"));
        Assert.Contains($"\"{name}\"", example);
        var printed = await Example.RunAsync(example.Replace(name, RepositoryPaths.Fixture("checkpoints/torch_mlp.pt"), StringComparison.Ordinal));
        Assert.Matches("^0: stable rank [0-9.]+ of 50\n2: stable rank [0-9.]+ of 2\n$", printed);
    }

    [Theory]
    [InlineData("checkpoints", "inspect", "my_network.pt")]
    [InlineData("checkpoints", "convert", "my_network.pt", "my_network.safetensors")]
    public void The_commands_for_ones_own_PyTorch_checkpoint_do_what_they_say(params string[] command)
    {
        Assert.Contains($"ndt {string.Join(' ', command)}", File.ReadAllText(Path.Combine(RepositoryPaths.Root, "README.md")));
        using var folder = new TemporaryFolder();
        File.Copy(RepositoryPaths.Fixture("checkpoints/torch_mlp.pt"), folder.PathOf("my_network.pt"));
        var (code, output, error) = NdtProcess.Run([.. command.Select(word => word.StartsWith("my_", StringComparison.Ordinal) ? folder.PathOf(word) : word)]);
        Assert.True(code == 0, error);
        Assert.Contains(command[1] == "inspect" ? "0.weight" : "my_network.safetensors", output);
    }
}
