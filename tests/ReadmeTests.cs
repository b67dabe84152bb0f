using System.Text.Json;
using Ndt.Tests.Documentation;

namespace Ndt.Tests;

public sealed class ReadmeTests
{
    private const string OwnNetwork = "docs/own-network.md";

    [Fact]
    public void The_README_can_be_read_in_one_go() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "README.md")).Length, 1, 150);

    [Fact]
    [Trait("Category", "Integration")]
    public void The_lines_for_PyTorch_save_what_the_commands_after_them_measure_as_NumPy_does()
    {
        var python = PythonTool.WithModules("torch", "numpy");
        var lines = Assert.Single(MarkdownBlocks.Under("README.md", "Use it from Python, or any framework", "python"));
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("acts"));
        const string before = """
            import json, os, sys
            import numpy, torch
            os.chdir(sys.argv[1])
            torch.manual_seed(0)
            model = torch.nn.Sequential(torch.nn.Linear(20, 50), torch.nn.ReLU(), torch.nn.Linear(50, 2))
            x, y, probe = torch.randn(256, 20), torch.randint(0, 2, (256,)), torch.randn(64, 20)
            optimiser = torch.optim.Adam(model.parameters())
            def train_step(step):
                optimiser.zero_grad()
                loss = torch.nn.functional.cross_entropy(model(x), y)
                loss.backward()
                optimiser.step()
                return loss.item()

            """;
        const string after = """

            ranks = []
            for name in sorted(os.listdir("acts")):
                for layer, a in numpy.load(f"acts/{name}").items():
                    if layer != "loss":
                        s = numpy.linalg.svd(a.astype("f8"), compute_uv=False)
                        ranks.append((s ** 2).sum() / s[0] ** 2)
            print(json.dumps(ranks))
            """;
        var (code, text) = PythonTool.Run(python, ["-W", "ignore", "-c", before + lines + after, folder.Root], jupyterData: null);
        Assert.True(code == 0, text);
        var ranks = JsonSerializer.Deserialize<double[]>(text)!;
        Assert.Equal(2 * 40, ranks.Length);

        var commands = MarkdownBlocks.Under("README.md", "Use it from Python, or any framework", "").Single().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, commands.Length);
        foreach (var command in commands)
        {
            var words = command.Split(' ')[1..].Select(word => word.StartsWith("acts", StringComparison.Ordinal) || word.StartsWith("my_", StringComparison.Ordinal) ? folder.PathOf(word) : word);
            var run = NdtProcess.Run([.. words]);
            Assert.True(run.Code == 0, run.Error);
        }

        var (_, json, _) = NdtProcess.Run("measure", folder.PathOf("acts"), "--json");
        using var measured = JsonDocument.Parse(json);
        Assert.Equal(ranks, measured.RootElement.EnumerateArray().Select(one => one.GetProperty("stable_rank").GetDouble()), (a, b) => Math.Abs(a - b) <= 1e-6 * a);
    }

    [Theory]
    [Trait("Category", "Integration")]
    [InlineData("checkpoints", "inspect", "my_network.pt")]
    [InlineData("checkpoints", "convert", "my_network.pt", "my_network.safetensors")]
    public void The_commands_for_ones_own_PyTorch_checkpoint_do_what_they_say(params string[] command)
    {
        Assert.Contains($"ndt {string.Join(' ', command)}", File.ReadAllText(Path.Combine(RepositoryPaths.Root, OwnNetwork)));
        using var folder = new TemporaryFolder();
        File.Copy(RepositoryPaths.Fixture("checkpoints/torch_mlp.pt"), folder.PathOf("my_network.pt"));
        var (code, output, error) = NdtProcess.Run([.. command.Select(word => word.StartsWith("my_", StringComparison.Ordinal) ? folder.PathOf(word) : word)]);
        Assert.True(code == 0, error);
        Assert.Contains(command[1] == "inspect" ? "0.weight" : "my_network.safetensors", output);
    }
}
