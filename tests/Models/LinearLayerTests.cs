using Ndt.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Tests.Models;

[Collection(nameof(TorchGenerator))]
public sealed class LinearLayerTests
{
    public static TheoryData<long[], int> Shapes => new()
    {
        { [1, 1], 1 },
        { [7, 13], 31 },
        { [33, 49], 10 },
        { [32, 784], 160 },
        { [160, 31], 33 },
        { [5, 16, 49], 64 },
        { [3, 1, 2, 7], 1 },
        { [13], 7 },
        { [0, 13], 7 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_and_gradients_are_libtorchs_up_to_rounding(long[] shape, int outputs)
    {
        manual_seed(1);
        using var layer = new LinearLayer(shape[^1], outputs);
        var input = randn(shape);
        var incoming = randn([.. shape[..^1], outputs]);
        AssertAgree(layer, input, incoming);
    }

    [Fact]
    public void Inputs_and_gradients_need_not_lie_dense()
    {
        manual_seed(2);
        using var layer = new LinearLayer(13, 7);
        AssertAgree(layer, randn(13, 31).t(), randn(7, 31).t());
        AssertAgree(layer, randn(31, 26).slice(1, 0, 26, 2), ones(1, 1).expand(31, 7));
    }

    [Fact]
    public void Gradients_of_two_passes_add_up()
    {
        manual_seed(3);
        using var layer = new LinearLayer(5, 4);
        var input = randn(6, 5);
        layer.call(input).sum().backward();
        var once = layer.Weight.grad!.clone();
        layer.call(input).sum().backward();
        Assert.True(layer.Weight.grad!.allclose(once * 2));
    }

    [Fact]
    public void A_frozen_weight_gets_no_gradient_and_the_others_theirs()
    {
        manual_seed(3);
        using var layer = new LinearLayer(300, 100);
        layer.Weight.requires_grad = false;
        var input = randn(6, 300).requires_grad_();
        layer.call(input).sum().backward();
        Assert.Null(layer.Weight.grad);
        Assert.True(layer.Bias.grad!.allclose(full(100, 6f)));
        Assert.True(input.grad!.allclose(layer.Weight.sum(dim: [0L]).expand(6, 300), 1e-4, 1e-5));
    }

    [Fact]
    public void Parameters_are_drawn_as_those_of_Linear()
    {
        manual_seed(4);
        using var theirs = nn.Linear(31, 13);
        manual_seed(4);
        using var ours = new LinearLayer(31, 13);
        Assert.Equal(theirs.state_dict().Keys, ours.state_dict().Keys);
        Assert.True(ours.Weight.allclose(theirs.weight!, 0, 0));
        Assert.True(ours.Bias.allclose(theirs.bias!, 0, 0));
    }

    [Fact]
    public void Another_precision_is_libtorchs_affair()
    {
        manual_seed(5);
        using var layer = new LinearLayer(9, 4);
        layer.to(ScalarType.Float64);
        var input = randn(3, 9, ScalarType.Float64);
        Assert.True(layer.call(input).allclose(nn.functional.linear(input, layer.Weight, layer.Bias), 0, 0));
    }

    [Fact]
    public void An_input_of_another_size_is_refused()
    {
        using var layer = new LinearLayer(9, 4);
        Assert.ThrowsAny<Exception>(() => layer.call(randn(3, 8)));
    }

    [Theory]
    [InlineData("mlp_narrow")]
    [InlineData("mlp_verydeep_15")]
    [InlineData("mlp_verywide")]
    public void A_whole_network_in_one_operation_gives_what_its_layers_give_one_by_one(string name)
    {
        manual_seed(6);
        using var network = Network.Create(ArchitectureCatalogue.Find(name), InputShape.Mnist);
        var parameters = network.parameters().ToArray();
        var (input, classes) = (randn(32, 784), randint(0, 10, 32));
        network.train();
        var loss = nn.functional.cross_entropy(network.call(input), classes);
        loss.backward();

        var copies = parameters.Select(parameter => parameter.detach().to(ScalarType.Float64).requires_grad_()).ToArray();
        var units = input.to(ScalarType.Float64);
        for (var i = 0; i < copies.Length; i += 2)
        {
            units = nn.functional.linear(units, copies[i], copies[i + 1]);
            units = i + 2 < copies.Length ? units.relu() : units;
        }

        var expected = nn.functional.cross_entropy(units, classes);
        expected.backward();
        Assert.Equal(expected.item<double>(), loss.item<float>(), 1e-6);
        foreach (var (parameter, copy) in parameters.Zip(copies))
        {
            Assert.InRange(Distance(parameter.grad!, copy.grad!), 0, 1e-5);
        }

        network.eval();
        using var guard = no_grad();
        Assert.True(network.call(input).to(ScalarType.Float64).allclose(units, 1e-5, 1e-5));
    }

    private static void AssertAgree(LinearLayer layer, Tensor input, Tensor incoming)
    {
        layer.zero_grad();
        var x = input.detach().requires_grad_();
        var y = layer.call(x);
        y.backward([incoming]);
        var (weight, bias) = (layer.Weight.detach().to(ScalarType.Float64).requires_grad_(), layer.Bias.detach().to(ScalarType.Float64).requires_grad_());
        var wide = input.to(ScalarType.Float64).detach().requires_grad_();
        var expected = nn.functional.linear(wide, weight, bias);
        expected.backward([incoming.to(ScalarType.Float64)]);
        Assert.Equal(expected.shape, y.shape);
        Assert.InRange(Distance(y, expected), 0, 1e-6);
        Assert.InRange(Distance(x.grad!, wide.grad!), 0, 1e-6);
        Assert.InRange(Distance(layer.Weight.grad!, weight.grad!), 0, 1e-6);
        Assert.InRange(Distance(layer.Bias.grad!, bias.grad!), 0, 1e-6);
        using var guard = no_grad();
        Assert.True(layer.call(input).allclose(y, 0, 0));
    }

    // Of the whole tensor, relative to its size: 2⁻²⁴ is 6e-8.
    private static double Distance(Tensor actual, Tensor expected)
    {
        var norm = expected.norm().item<double>();
        return (actual.to(ScalarType.Float64) - expected).norm().item<double>() / (norm == 0 ? 1 : norm);
    }
}
