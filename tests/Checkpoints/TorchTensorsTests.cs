using System.Collections.Immutable;
using Ndt.Checkpoints;
using Ndt.Models;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Tests.Checkpoints;

public sealed class TorchTensorsTests
{
    private static readonly InputShape Mnist = new(1, 28, 28, 10);

    [Fact]
    public void Every_element_type_goes_to_torch_and_back_bit_for_bit()
    {
        foreach (var tensor in PyTorchFile.Read(CheckpointFixtures.Fixture("torch_tiny.pt")).Model)
        {
            using var torch = tensor.ToTorch();
            var back = torch.ToNamed(tensor.Name);
            Assert.Equal(tensor.Type, back.Type);
            Assert.Equal(tensor.Bytes.ToArray(), back.Bytes.ToArray());
            Assert.Equal(tensor.Shape, back.Shape);
        }
    }

    [Fact]
    public void A_view_is_copied_in_row_major_order()
    {
        using var grid = arange(6, ScalarType.Float32).view(2, 3);
        Assert.Equal([0, 3, 1, 4, 2, 5], grid.t().ToNamed("t").ToDoubles());
    }

    [Theory]
    [InlineData("cnn_deep_mnist2/checkpoint_step_01000.pt")]
    [InlineData("mlp_narrow_mnist2/checkpoint_step_01000.pt")]
    public void The_studys_networks_are_ours_and_their_optimizers_too(string name)
    {
        var checkpoint = CheckpointFile.Read(CheckpointFixtures.Archive(name));
        ArchitectureSpec spec = name.StartsWith("cnn", StringComparison.Ordinal) ? new CnnSpec("cnn", [32, 64, 128]) : new MlpSpec("mlp", [32, 32, 32, 32]);
        using var network = Network.Create(spec, Mnist);
        using var optimizer = new FlatAdam(network, AdamOptions.Default);
        TorchTensors.Restore(network, checkpoint);
        OptimiserCheckpoint.Restore(optimizer, checkpoint);

        // The order of the names is what PyTorch's indexes count.
        var model = TorchTensors.StateOf(network);
        Assert.Equal(checkpoint.Model.Select(tensor => tensor.Name), model.Select(tensor => tensor.Name));
        var again = new Checkpoint { Model = model, Metadata = checkpoint.Metadata, Optimizer = OptimiserCheckpoint.StateOf(optimizer, model) };
        var groups = again.Optimizer.Groups;
        Samples.AssertSame(checkpoint with { Optimizer = checkpoint.Optimizer! with { Groups = groups } }, again);
    }

    [Fact]
    public void A_transformers_state_dict_has_PyTorchs_order()
    {
        // As torch.nn.TransformerEncoder gives it after a module's own parameter.
        string[] layer =
        [
            "self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "linear1.weight", "linear1.bias",
            "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias",
        ];
        using var network = Network.Create(new TransformerSpec("transformer", 8, 2, 2), Mnist);
        Assert.Equal(
            ["pos_encoder", "input_proj.weight", "input_proj.bias", .. layer.Select(name => $"transformer.layers.0.{name}"), .. layer.Select(name => $"transformer.layers.1.{name}"), "fc.weight", "fc.bias"],
            TorchTensors.StateOf(network).Select(tensor => tensor.Name));
    }

    [Fact]
    public void Training_goes_on_from_a_checkpoint_as_if_it_had_not_stopped()
    {
        using var folder = new TemporaryFolder();
        var spec = new MlpSpec("mlp", [5]);
        var shape = new InputShape(1, 1, 4, 3);
        manual_seed(1);
        using var network = Network.Create(spec, shape);
        using var optimizer = new FlatAdam(network, AdamOptions.Default);
        Train(network, optimizer, 3);
        var model = TorchTensors.StateOf(network);
        CheckpointFile.Write(folder.PathOf("a.safetensors"), new Checkpoint { Model = model, Optimizer = OptimiserCheckpoint.StateOf(optimizer, model) });
        Train(network, optimizer, 2);

        using var resumed = Network.Create(spec, shape);
        using var resumedOptimizer = new FlatAdam(resumed, AdamOptions.Default);
        var checkpoint = CheckpointFile.Read(folder.PathOf("a.safetensors"));
        TorchTensors.Restore(resumed, checkpoint);
        OptimiserCheckpoint.Restore(resumedOptimizer, checkpoint);
        Train(resumed, resumedOptimizer, 2);
        Samples.AssertSame(new Checkpoint { Model = TorchTensors.StateOf(network) }, new Checkpoint { Model = TorchTensors.StateOf(resumed) });
        Assert.Equal(5, resumedOptimizer.Step);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_and_changes_nothing()
    {
        using var network = Network.Create(new MlpSpec("mlp", [5]), new InputShape(1, 1, 4, 3));
        using var wider = Network.Create(new MlpSpec("mlp", [6]), new InputShape(1, 1, 4, 3));
        using var deeper = Network.Create(new MlpSpec("mlp", [5, 5]), new InputShape(1, 1, 4, 3));
        var before = TorchTensors.StateOf(network);
        Assert.Contains("F32 [6, 4]", Refusal(wider), StringComparison.Ordinal);
        Assert.Contains("which the network lacks", Refusal(deeper), StringComparison.Ordinal);
        Assert.Contains("has no tensor", Assert.Throws<InputException>(() => TorchTensors.Restore(network, new Checkpoint { Model = [] })).Message, StringComparison.Ordinal);
        Samples.AssertSame(new Checkpoint { Model = before }, new Checkpoint { Model = TorchTensors.StateOf(network) });
        using var optimizer = new FlatAdam(network, AdamOptions.Default);
        Assert.Contains("no state of the optimiser", Assert.Throws<InputException>(() => OptimiserCheckpoint.Restore(optimizer, new Checkpoint { Model = before })).Message, StringComparison.Ordinal);

        string Refusal(nn.Module other) =>
            Assert.Throws<InputException>(() => TorchTensors.Restore(network, new Checkpoint { Model = TorchTensors.StateOf(other) })).Message;
    }

    [Fact]
    public void Weights_under_a_prefix_are_found_and_the_message_says_which()
    {
        using var network = Network.Create(new MlpSpec("mlp", [5]), new InputShape(1, 1, 4, 3));
        using var other = Network.Create(new MlpSpec("mlp", [5]), new InputShape(1, 1, 4, 3));
        var wanted = TorchTensors.StateOf(other);
        var extra = NamedTensor.Create<float>("optimizer.state.0.exp_avg", ElementType.F32, [1]);
        var checkpoint = new Checkpoint { Model = [.. wanted.Select(tensor => tensor.Rename($"model.{tensor.Name}")), extra] };
        Assert.Contains("seem to lie under `model`: try prefix: \"model.\"", Assert.Throws<InputException>(() => TorchTensors.Restore(network, checkpoint)).Message, StringComparison.Ordinal);
        Assert.Contains("without the prefix", Assert.Throws<InputException>(() => TorchTensors.Restore(network, new Checkpoint { Model = wanted }, prefix: "module.")).Message, StringComparison.Ordinal);

        var restored = TorchTensors.Restore(network, checkpoint, prefix: "model.");
        Assert.Empty(restored.Missing);
        Assert.Equal(["optimizer.state.0.exp_avg"], restored.LeftOver);
        Samples.AssertSame(new Checkpoint { Model = wanted }, new Checkpoint { Model = TorchTensors.StateOf(network) });
    }

    [Fact]
    public void What_is_missing_is_left_as_it_was_when_asked()
    {
        using var network = Network.Create(new MlpSpec("mlp", [5]), new InputShape(1, 1, 4, 3));
        var before = TorchTensors.StateOf(network);
        var zeros = new NamedTensor(before[0].Name, ElementType.F32, before[0].Shape, new byte[before[0].Bytes.Length]);
        var checkpoint = new Checkpoint { Model = [zeros, zeros.Rename("head.weight")] };
        var restored = TorchTensors.Restore(network, checkpoint, strict: false);
        Assert.Equal(before.Skip(1).Select(tensor => tensor.Name), restored.Missing);
        Assert.Equal(["head.weight"], restored.LeftOver);
        Samples.AssertSame(new Checkpoint { Model = [zeros, .. before.Skip(1)] }, new Checkpoint { Model = TorchTensors.StateOf(network) });
        Assert.Contains("has no tensor", Assert.Throws<InputException>(() => TorchTensors.Restore(network, new Checkpoint { Model = [zeros.Rename("x")] }, strict: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_of_another_type_are_converted_only_when_asked()
    {
        using var layer = nn.Linear(2, 1, hasBias: false);
        var half = NamedTensor.Create<Half>("weight", ElementType.F16, [(Half)1.5, (Half)(-2)], 1, 2);
        var bytes = new NamedTensor("weight", ElementType.F8E4M3, [1, 2], new byte[] { 0x38, 0xC0 });
        var complex = new NamedTensor("weight", ElementType.C64, [1, 2], new byte[16]);
        Assert.Contains("With cast: true", Assert.Throws<InputException>(() => TorchTensors.Restore(layer, new Checkpoint { Model = [half] })).Message, StringComparison.Ordinal);
        TorchTensors.Restore(layer, new Checkpoint { Model = [half] }, cast: true);
        Assert.Equal([1.5, -2], layer.weight.ToNamed("w").ToDoubles());
        TorchTensors.Restore(layer, new Checkpoint { Model = [bytes] }, cast: true);
        Assert.Equal([1, -2], layer.weight.ToNamed("w").ToDoubles());
        Assert.Throws<InputException>(() => TorchTensors.Restore(layer, new Checkpoint { Model = [complex] }, cast: true));
    }

    [Theory]
    [InlineData("0.weight", 0)]
    [InlineData("1.weight", 2)]
    [InlineData("2.bias", 5)]
    public void The_state_of_PyTorchs_Adam_counts_parameters_and_no_running_statistics(string name, int index)
    {
        using var network = nn.Sequential(("0", nn.Linear(4, 3)), ("1", nn.BatchNorm1d(3)), ("2", nn.Linear(3, 2)));
        using var optimizer = new FlatAdam(network, AdamOptions.Default);
        OptimiserCheckpoint.Restore(optimizer, PyTorchAdam(network, frozen: null, givenFrozen: false));
        Assert.Equal(index + 1, FirstMoment(optimizer, name));
        Assert.Equal(7, optimizer.Step);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Frozen_parameters_may_be_counted_or_not(bool givenFrozen)
    {
        using var network = nn.Sequential(("0", nn.Linear(4, 3)), ("1", nn.BatchNorm1d(3)), ("2", nn.Linear(3, 2)));
        var checkpoint = PyTorchAdam(network, frozen: "0.", givenFrozen);
        foreach (var (_, parameter) in network.named_parameters().Where(item => item.name.StartsWith("0.", StringComparison.Ordinal)))
        {
            parameter.requires_grad = false;
        }

        using var optimizer = new FlatAdam(network, AdamOptions.Default);
        OptimiserCheckpoint.Restore(optimizer, checkpoint);
        Assert.Equal(givenFrozen ? 5 : 3, FirstMoment(optimizer, "2.weight"));

        // What we write counts all, and is read back.
        var model = checkpoint.Model;
        var again = OptimiserCheckpoint.StateOf(optimizer, model);
        Assert.Equal([0, 1, 2, 3, 4, 5], Assert.Single(again.Groups).Parameters);
        Assert.Equal([2, 3, 4, 5], again.State.Select(state => state.Index));
        OptimiserCheckpoint.Restore(optimizer, new Checkpoint { Model = model, Optimizer = again });
        Assert.Equal(givenFrozen ? 5 : 3, FirstMoment(optimizer, "2.weight"));
    }

    private static double FirstMoment(FlatAdam optimizer, string name)
    {
        using var scope = NewDisposeScope();
        return optimizer.Moments().Single(moment => (moment.Parameter, moment.Name) == (name, "exp_avg")).Value.ToNamed(name)[0];
    }

    /// <summary>As PyTorch writes it: the model's dictionary with each layer's running statistics behind its parameters, and the state under the place among the parameters given. The first moment of place i is i + 1.</summary>
    private static Checkpoint PyTorchAdam(nn.Module network, string? frozen, bool givenFrozen)
    {
        string[] order = ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked", "2.weight", "2.bias"];
        var state = network.state_dict();
        ImmutableArray<NamedTensor> model = [.. order.Select(name => state[name].ToNamed(name))];
        var parameters = model.Where(tensor => tensor.Name is not ("1.running_mean" or "1.running_var" or "1.num_batches_tracked")).ToArray();
        var given = parameters.Where(tensor => givenFrozen || frozen is null || !tensor.Name.StartsWith(frozen, StringComparison.Ordinal)).ToArray();
        var states = given.Select((tensor, index) => (tensor, index)).Where(item => frozen is null || !item.tensor.Name.StartsWith(frozen, StringComparison.Ordinal)).Select(item =>
        {
            var moment = NamedTensor.Create<float>("exp_avg", ElementType.F32, Enumerable.Repeat(item.index + 1f, item.tensor.Elements).ToArray(), item.tensor.Shape.AsSpan());
            return new ParameterState(item.index, 7, [moment, moment.Rename("exp_avg_sq")]);
        });
        return new Checkpoint { Model = model, Optimizer = new OptimizerState([.. states], [new ParameterGroup(new OrderedDictionary<string, CheckpointValue>(), [.. Enumerable.Range(0, given.Length)])]) };
    }

    private static void Train(nn.Module<Tensor, Tensor> network, FlatAdam optimizer, int updates)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (linspace(-1, 1, 8 * 4).view(8, 4), arange(8) % 3);
        for (var i = 0; i < updates; i++)
        {
            nn.functional.cross_entropy(network.call(x), y).backward();
            optimizer.Update();
        }
    }
}
