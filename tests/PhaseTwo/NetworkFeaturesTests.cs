using Ndt.Data;
using Ndt.Models;
using Ndt.PhaseTwo;
using Ndt.Runs;

namespace Ndt.Tests.PhaseTwo;

[Collection(nameof(TorchGenerator))]
public sealed class NetworkFeaturesTests
{
    private static readonly TrainingData Probe = RunFeatures.ProbeOf("mnist");

    [Fact]
    public void The_initial_state_of_a_committed_run_is_what_its_seed_draws()
    {
        var spec = ArchitectureCatalogue.Find("mlp_narrow");
        var saved = NetworkFeatures.Read(spec, Committed("mlp_narrow_mnist_s1", 0), Probe);
        var drawn = NetworkFeatures.Untrained(spec, seed: 1, Probe);
        Assert.Equal(saved.Weights.Model.Select(tensor => (tensor.Name, Convert.ToHexString(tensor.Bytes.Span))), drawn.Weights.Model.Select(tensor => (tensor.Name, Convert.ToHexString(tensor.Bytes.Span))));
        Assert.Equal(saved.Layers[^1].Activations.Values.ToArray(), drawn.Layers[^1].Activations.Values.ToArray());
    }

    [Fact]
    public void Every_layer_is_there_in_the_order_of_the_forward_pass_and_tokens_by_their_mean()
    {
        var features = NetworkFeatures.Untrained(new TransformerSpec("transformer_tiny", Width: 16, Layers: 2), seed: 0, Probe);
        Assert.Equal(
            [
                ("input_proj", 16),
                ("transformer.layers.0.self_attn.out_proj", 16), ("transformer.layers.0.linear1", 64), ("transformer.layers.0.linear2", 16),
                ("transformer.layers.1.self_attn.out_proj", 16), ("transformer.layers.1.linear1", 64), ("transformer.layers.1.linear2", 16),
                ("fc", 10),
            ],
            features.Layers.Select(layer => (layer.Layer.Name, layer.Activations.Columns)));
        Assert.All(features.Layers, layer => Assert.Equal(NetworkFeatures.ProbeSize, layer.Activations.Rows));
    }

    [Fact]
    public void Every_head_has_its_distribution_over_keys_for_every_query()
    {
        var heads = NetworkFeatures.Untrained(new TransformerSpec("transformer_tiny", Width: 16, Layers: 2), seed: 0, Probe).Heads;
        Assert.Equal([(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)], heads.Select(head => (head.Layer, head.Head)));
        Assert.All(heads, head =>
        {
            Assert.Equal((NetworkFeatures.ProbeSize * 16, 16), (head.Probabilities.Rows, head.Probabilities.Columns));
            for (var query = 0; query < head.Probabilities.Rows; query++)
            {
                Assert.Equal(1, System.Numerics.Tensors.TensorPrimitives.Sum(head.Probabilities.Row(query)), 1e-5);
            }

            Assert.InRange(head.Entropy, 0, head.UniformEntropy);
        });
        Assert.NotEqual(heads[0].Entropy, heads[1].Entropy);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_in_one_line()
    {
        var path = Committed("mlp_narrow_mnist_s0", 0);
        var message = Assert.Throws<InputException>(() => NetworkFeatures.Read(ArchitectureCatalogue.Find("mlp_wide"), path, Probe)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
    }

    internal static string Committed(string run, int step) =>
        Path.Combine(RepositoryPaths.Root, "data", "checkpoints", "study", run, RunCheckpoints.FileName(step));
}
