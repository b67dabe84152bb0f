using Ndt.Checkpoints;
using Ndt.Models;
using Ndt.PhaseTwo;
using Ndt.Runs;

namespace Ndt.Tests.PhaseTwo;

[Collection(nameof(TorchGenerator))]
public sealed class ComparisonsTests
{
    private static readonly Lazy<IReadOnlyList<SimilarityValue>> Values = new(() => Comparisons.Of(RunFeatures.Of(
        SavedRun.Find(Plan("mlp_narrow", [0, 1]), DataFolder))));

    private static string DataFolder => Path.Combine(RepositoryPaths.Root, "data", "checkpoints");

    [Fact]
    public void A_permuted_copy_is_the_ceiling_of_every_measure()
    {
        var copies = Values.Value.Where(value => value.Kind == ComparisonKind.Permuted).ToArray();
        Assert.NotEmpty(copies);
        Assert.All(copies, value => Assert.Equal(1, value.Similarity, 1e-9));
    }

    [Fact]
    public void Noise_is_the_level_of_chance_of_a_debiased_measure()
    {
        var noise = Values.Value.Where(value => value is { Kind: ComparisonKind.Noise, Measure: "debiased_cka", Layer: SimilarityValue.HiddenLayers }).ToArray();
        Assert.Equal(16, noise.Length);
        Assert.All(noise, value => Assert.Equal(0, value.Similarity, 0.1));
    }

    [Fact]
    public void Every_pair_of_steps_every_control_and_every_layer_is_there()
    {
        // 2 protocols × 2 seeds × 4 steps; 5 layers and their mean; 3 measures.
        Assert.Equal(4 * 6, Count(ComparisonKind.OverTime));
        Assert.Equal(16, Count(ComparisonKind.Permuted));
        Assert.Equal(16, Count(ComparisonKind.Noise));
        Assert.Equal(2 * 16, Count(ComparisonKind.Untrained));
        Assert.Equal(2 * 4, Count(ComparisonKind.OtherSeed));
        Assert.Equal(2 * 4, Count(ComparisonKind.ShuffledLabels));

        static int Count(ComparisonKind kind)
        {
            var count = Values.Value.Count(value => value.Kind == kind);
            Assert.Equal(0, count % (3 * 6));
            return count / (3 * 6);
        }
    }

    [Fact]
    public void Runs_of_one_seed_begin_alike_whatever_their_labels()
    {
        var beginnings = Values.Value.Where(value => value is { Kind: ComparisonKind.ShuffledLabels, From: 0 }).ToArray();
        Assert.NotEmpty(beginnings);
        Assert.All(beginnings, value => Assert.Equal(1, value.Similarity, 1e-9));
    }

    [Fact]
    public void The_mean_over_hidden_layers_leaves_the_output_layer_out()
    {
        var one = Values.Value.Where(value => value is { Kind: ComparisonKind.OverTime, Protocol: "study", Seed: 0, From: 100, To: 2000, Measure: "procrustes" }).ToArray();
        Assert.Equal(one.Where(value => value.Depth is >= 0 and < 4).Average(value => value.Similarity), one.Single(value => value.Depth < 0).Similarity, 1e-12);
    }

    [Fact]
    public void Permuting_activations_is_permuting_the_networks_units()
    {
        var probe = RunFeatures.ProbeOf("mnist");
        var spec = new MlpSpec("mlp_tiny", [3, 2]);
        var state = NetworkFeatures.Untrained(spec, 0, probe);
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("permuted.safetensors");
        SafetensorsFile.Write(path, new Checkpoint { Model = [.. state.Weights.Model.Select(Permuted)] });
        var permuted = NetworkFeatures.Read(spec, path, probe);
        AssertNear(Column(state, 0, 2), Column(permuted, 0, 0));
        AssertNear(Column(state, 2, 4), Column(permuted, 2, 4));

        // Units 0, 1, 2 of the first layer become 2, 0, 1.
        static NamedTensor Permuted(NamedTensor tensor)
        {
            var values = tensor.ToDoubles();
            int[] order = [2, 0, 1];
            float[] changed = tensor.Name switch
            {
                "network.0.weight" => [.. order.SelectMany(unit => values[(unit * 784)..((unit + 1) * 784)]).Select(value => (float)value)],
                "network.0.bias" => [.. order.Select(unit => (float)values[unit])],
                "network.2.weight" => [.. Enumerable.Range(0, 2).SelectMany(row => order.Select(unit => (float)values[(row * 3) + unit]))],
                _ => [.. values.Select(value => (float)value)],
            };
            return NamedTensor.Create<float>(tensor.Name, ElementType.F32, changed, [.. tensor.Shape]);
        }

        // A matrix product's rounding depends on where in it a column stands.
        static void AssertNear(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        static double[] Column(NetworkFeatures features, int layer, int column) =>
            [.. Enumerable.Range(0, NetworkFeatures.ProbeSize).Select(row => features.Layers[layer].Activations[row, column])];
    }

    [Fact]
    public void Pairs_of_seeds_have_an_interval_from_three_seeds_on()
    {
        static SimilarityValue Pair(int a, int b, double value) =>
            new(ComparisonKind.OtherSeed, "mlp", "study", "l", 0, "m", 5, 5, a, b, value);
        var two = SimilarityRow.Summarise([Pair(0, 1, 0.5)])[0];
        Assert.Equal((2, 0.5, double.NaN), (two.Seeds, two.Similarity.Estimate, two.Similarity.Low));
        var three = SimilarityRow.Summarise([Pair(0, 1, 0.4), Pair(0, 2, 0.5), Pair(1, 2, 0.6)])[0];
        Assert.Equal((3, 0.5), (three.Seeds, Math.Round(three.Similarity.Estimate, 12)));

        // Without each seed 0.6, 0.5, 0.4: error √(2 · 0.02/3), Student's t of 2 degrees 4.302653.
        Assert.Equal(0.5 - (4.302653 * Math.Sqrt(0.04 / 3)), three.Similarity.Low, 1e-5);
    }

    [Fact]
    public void A_run_that_lacks_a_step_is_not_found_and_none_at_all_is_wrong_input()
    {
        using var folder = new TemporaryFolder();
        folder.Write("study/checkpoints/mlp_narrow_mnist_s0/step_00000.safetensors", "");
        Assert.Throws<InputException>(() => SavedRun.Find(Plan("mlp_narrow", [0]), folder.Root, folder.PathOf("nowhere")));
        folder.Write("study/checkpoints/mlp_narrow_mnist_s0/step_00100.safetensors", "");
        var found = Assert.Single(SavedRun.Find(Plan("mlp_narrow", [0]) with { Steps = [0, 100] }, folder.Root));
        Assert.Equal([0, 100], found.Files.Keys);
    }

    private static CheckpointPlan Plan(string architecture, int[] seeds) =>
        new([new GridCell(architecture, "mnist")], ["study", "shuffled_labels"], seeds, [0, 100, 1000, 2000]);
}
