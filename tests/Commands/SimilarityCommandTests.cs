using System.Text.Json;
using Ndt.Cli;
using Ndt.Tests.Arrays;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class SimilarityCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_rotated_layer_is_as_similar_as_the_ceiling_and_far_above_the_floor()
    {
        var (a, b) = (Save("a.npy", 40, rotated: false), Save("b.npy", 40, rotated: true));
        var (code, output, error) = NdtProcess.Run("similarity", a, b, "--measures", "debiased_cka,procrustes,svcca", "--json");
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var rows = json.RootElement.EnumerateArray().ToArray();
        Assert.Equal(["debiased_cka", "procrustes", "svcca"], rows.Select(row => row.GetProperty("measure").GetString()));
        Assert.All(rows, row =>
        {
            Assert.Equal("a ~ b", row.GetProperty("layer").GetString());
            Assert.Equal(1, row.GetProperty("similarity").GetDouble(), 9);
            Assert.Equal(1, row.GetProperty("ceiling").GetDouble(), 9);
            Assert.True(row.GetProperty("floor_high").GetDouble() < 0.7);
            Assert.Equal(20, row.GetProperty("draws").GetInt32());
        });
    }

    [Fact]
    public void The_table_says_how_floor_and_ceiling_are_made()
    {
        var path = Save("a.npy", 12, rotated: false);
        var (code, output, error) = NdtProcess.Run("similarity", path, path, "--draws", "5", "--seed", "3");
        Assert.True(code == 0, error);
        Assert.Contains("5 comparisons with B's samples in random order (seed 3)", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^a +debiased_cka +12 +2 +1.000 ", output);
    }

    [Fact]
    public async Task Other_samples_other_names_and_unknown_measures_are_wrong_input()
    {
        var (a, b) = (Save("a.npy", 12, rotated: false), Save("b.npy", 13, rotated: false));
        Assert.Equal(2, await NdtCommand.RunAsync(["similarity", a, b]));
        Assert.Equal(2, await NdtCommand.RunAsync(["similarity", a, a, "--measures", "likeness"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["similarity", a, a, "--draws", "0"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["similarity", a, RepositoryPaths.Fixture("checkpoints/torch_mlp.pt")]));
    }

    private string Save(string name, int samples, bool rotated)
    {
        var random = new Random(7);
        var (cos, sin) = (Math.Cos(0.7), Math.Sin(0.7));
        var values = Enumerable.Range(0, samples)
            .Select(_ => (X: random.NextDouble() - 0.5, Y: random.NextDouble() - 0.5))
            .SelectMany(point => rotated ? new[] { (cos * point.X) - (sin * point.Y), (sin * point.X) + (cos * point.Y) } : [point.X, point.Y])
            .ToArray();
        var path = folder.PathOf(name);
        File.WriteAllBytes(path, NpyBytes.Doubles($"({samples}, 2)", values));
        return path;
    }
}
