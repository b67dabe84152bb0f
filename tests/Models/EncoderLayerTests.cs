using Ndt.Models;
using Ndt.Models.Products;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Tests.Models;

[Collection(nameof(TorchGenerator))]
public sealed class EncoderLayerTests
{
    [Theory]
    [InlineData(32, 16, 128, 4, 0.1)]
    [InlineData(2, 20, 64, 4, 0.1)]
    [InlineData(3, 13, 48, 3, 0.5)]
    [InlineData(1, 1, 16, 1, 0.1)]
    [InlineData(2, 33, 32, 2, 0)]
    public void One_operation_gives_the_values_and_gradients_of_many_with_the_same_dropout(int examples, int tokens, int width, int heads, double dropout)
    {
        manual_seed(1);
        using var layer = new EncoderLayer(new TransformerSpec("transformer_test", width, 1, heads, dropout));
        layer.train();
        using (no_grad())
        {
            // Norms and biases begin at 1 and 0, where much would look right that is not.
            foreach (var parameter in layer.parameters().Where(parameter => parameter.dim() == 1))
            {
                parameter.add_(randn(parameter.shape) * 0.3);
            }
        }

        var input = randn(examples, tokens, width);
        var incoming = randn(examples, tokens, width);
        manual_seed(2);
        var (output, gradients) = Run(layer, input, incoming, layer.call);
        var state = rand(1).item<float>();
        manual_seed(2);
        var (expected, expectedGradients) = Run(layer, input, incoming, layer.Composed);
        Assert.Equal(rand(1).item<float>(), state);
        Assert.InRange(Distance(output, expected), 0, 1e-6);
        foreach (var (gradient, other) in gradients.Zip(expectedGradients))
        {
            Assert.InRange(Distance(gradient, other), 0, 1e-5);
        }
    }

    [Fact]
    public void One_operation_is_only_for_parameters_that_lie_dense_in_whole_vectors_of_single_precision()
    {
        var (input, weight) = (randn(2, 4, 32), randn(48, 32));
        Assert.Equal(MatrixProduct.IsSupported, EncoderPass.IsWorkable(input, [weight, randn(48)]));
        Assert.False(EncoderPass.IsWorkable(input, [weight, randn(48, ScalarType.Float64)]));
        Assert.False(EncoderPass.IsWorkable(input, [randn(32, 48).t(), randn(48)]));
        Assert.False(EncoderPass.IsWorkable(input, [randn(24, 32), randn(24)]));
        Assert.False(EncoderPass.IsWorkable(randn(2, 4, 24), [randn(48, 24), randn(48)]));
    }

    [Theory]
    [InlineData(32, 16, 128, 4)]
    [InlineData(2, 20, 64, 2)]
    public void Gradients_are_those_in_double_precision_up_to_rounding(int examples, int tokens, int width, int heads)
    {
        manual_seed(3);
        var spec = new TransformerSpec("transformer_test", width, 1, heads, Dropout: 0);
        using var layer = new EncoderLayer(spec);
        using var wide = new EncoderLayer(spec);
        wide.load_state_dict(layer.state_dict());
        wide.to(ScalarType.Float64);
        var (input, incoming) = (randn(examples, tokens, width), randn(examples, tokens, width));
        var (output, gradients) = Run(layer, input, incoming, layer.call);
        var (expected, expectedGradients) = Run(wide, input.to(ScalarType.Float64), incoming.to(ScalarType.Float64), wide.call);
        Assert.InRange(Distance(output, expected), 0, 1e-6);
        foreach (var (gradient, other) in gradients.Zip(expectedGradients))
        {
            Assert.InRange(Distance(gradient, other), 0, 1e-5);
        }
    }

    [Fact]
    public void Evaluation_gives_what_training_without_dropout_gives()
    {
        manual_seed(4);
        using var layer = new EncoderLayer(new TransformerSpec("transformer_test", 64, 1, 4, Dropout: 0));
        var input = randn(7, 16, 64);
        layer.train();
        var output = layer.call(input);
        layer.eval();
        using var guard = no_grad();
        Assert.InRange(Distance(layer.call(input), output), 0, 1e-6);
    }

    [Fact]
    public void An_input_need_not_lie_dense_and_the_number_of_threads_changes_no_bit()
    {
        manual_seed(5);
        using var layer = new EncoderLayer(new TransformerSpec("transformer_test", 64, 1, 4, Dropout: 0));
        layer.train();
        var input = randn(16, 40, 64).transpose(0, 1);
        var incoming = randn(40, 16, 64);
        var (output, gradients) = Run(layer, input, incoming, layer.call);
        Assert.InRange(Distance(output, Run(layer, input.contiguous(), incoming, layer.call).Output), 0, 0);

        Assert.SkipUnless(MatrixProduct.IsSupported, "without our own products the rest is libtorch's affair");
        var before = get_num_threads();
        try
        {
            set_num_threads(2);
            var (shared, sharedGradients) = Run(layer, input, incoming, layer.call);
            Assert.True(shared.allclose(output, 0, 0));
            Assert.All(gradients.Zip(sharedGradients), pair => Assert.True(pair.First.allclose(pair.Second, 0, 0)));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static (Tensor Output, Tensor[] Gradients) Run(EncoderLayer layer, Tensor input, Tensor incoming, Func<Tensor, Tensor> forward)
    {
        layer.zero_grad();
        var x = input.detach().requires_grad_();
        var output = forward(x);
        output.backward([incoming]);
        return (output, [x.grad!, .. layer.parameters().Select(parameter => parameter.grad!.clone())]);
    }

    private static double Distance(Tensor actual, Tensor expected) =>
        ((actual.to(ScalarType.Float64) - expected.to(ScalarType.Float64)).norm() / expected.to(ScalarType.Float64).norm().clamp_min(1e-30)).item<double>();
}
