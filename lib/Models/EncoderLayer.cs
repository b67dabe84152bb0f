using Ndt.Models.Products;
using Ndt.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>
/// One post-norm encoder layer with the parameters of PyTorch's <c>TransformerEncoderLayer</c>: <c>self_attn</c>, <c>linear1</c>,
/// <c>linear2</c>, <c>norm1</c>, <c>norm2</c>. Vaswani et al. (2017), §3.1, with ReLU.
/// </summary>
/// <remarks>In training the layer is one operation where the processor allows it (<see cref="EncoderPass"/>): hooks on its modules fire in evaluation mode and without gradients, as a measurement has it, not then.</remarks>
public sealed class EncoderLayer : nn.Module<Tensor, Tensor>
{
    private readonly SelfAttention self_attn;
    private readonly LinearLayer linear1;
    private readonly LinearLayer linear2;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
    private readonly RandomDropout dropout;
    private readonly int heads;

    /// <summary>A layer for tokens of the spec's width.</summary>
    public EncoderLayer(TransformerSpec spec) : base(nameof(EncoderLayer))
    {
        self_attn = new SelfAttention(spec.Width, spec.Heads, spec.Dropout);
        linear1 = new LinearLayer(spec.Width, spec.FeedForward);
        linear2 = new LinearLayer(spec.FeedForward, spec.Width);
        norm1 = nn.LayerNorm(spec.Width);
        norm2 = nn.LayerNorm(spec.Width);
        dropout = new RandomDropout(spec.Dropout);
        heads = spec.Heads;
        RegisterComponents();
    }

    /// <summary>[n, tokens, d] → [n, tokens, d].</summary>
    public override Tensor forward(Tensor input)
    {
        if (training && is_grad_enabled() && self_attn.DropoutRate == dropout.Rate)
        {
            Tensor[] parameters =
            [
                self_attn.InputWeight, self_attn.InputBias, self_attn.Output.Weight, self_attn.Output.Bias,
                linear1.Weight, linear1.Bias, linear2.Weight, linear2.Bias,
                norm1.weight!, norm1.bias!, norm2.weight!, norm2.bias!,
            ];
            if (EncoderPass.IsWorkable(input, parameters))
            {
                return EncoderPass.Of(input, heads, dropout.Rate, parameters);
            }
        }

        return Composed(input);
    }

    /// <summary>The same, operation by operation: where the one of <see cref="EncoderPass"/> does not serve.</summary>
    internal Tensor Composed(Tensor input)
    {
        using var scope = NewDisposeScope();
        var attended = norm1.call(input.Plus(dropout.call(self_attn.call(input))));
        var hidden = dropout.call(linear1.call(attended).relu());
        return norm2.call(attended.Plus(dropout.call(linear2.call(hidden)))).MoveToOuterDisposeScope();
    }
}
