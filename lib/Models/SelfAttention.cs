using Ndt.Models.Products;
using Ndt.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>
/// Multi-head self-attention with the parameters of PyTorch's <c>MultiheadAttention</c> (<c>in_proj_weight</c> [3d, d],
/// <c>in_proj_bias</c> [3d], <c>out_proj</c>), composed so that its projection can be hooked and its weights asked for.
/// Vaswani et al. (2017), §3.2.
/// </summary>
public sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly int heads;
    private readonly RandomDropout dropout;
    private readonly Parameter in_proj_weight;
    private readonly Parameter in_proj_bias;
    private readonly LinearLayer out_proj;

    /// <summary>Attention over tokens of size <paramref name="width"/>, initialised as PyTorch does: Xavier-uniform input projection, zero biases.</summary>
    public SelfAttention(int width, int heads, double dropout) : base(nameof(SelfAttention))
    {
        this.heads = heads;
        this.dropout = new RandomDropout(dropout);
        in_proj_weight = new Parameter(empty(3 * width, width));
        in_proj_bias = new Parameter(zeros(3 * width));
        out_proj = new LinearLayer(width, width);
        nn.init.xavier_uniform_(in_proj_weight);
        nn.init.zeros_(out_proj.Bias);
        RegisterComponents();
    }

    /// <summary>The probability at which probabilities are now lost.</summary>
    internal double DropoutRate => dropout.Rate;

    /// <summary>Weights of the input projection [3d, d].</summary>
    internal Parameter InputWeight => in_proj_weight;

    /// <summary>Biases of the input projection [3d].</summary>
    internal Parameter InputBias => in_proj_bias;

    /// <summary>The output projection.</summary>
    internal LinearLayer Output => out_proj;

    /// <summary>[n, tokens, d] → [n, tokens, d]. In training mode the attention probabilities are subject to dropout, as in PyTorch.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (!training && !is_grad_enabled() && EncoderPass.IsWorkable(input, [in_proj_weight, in_proj_bias]))
        {
            return out_proj.call(AttentionPass.Of(input, in_proj_weight, in_proj_bias, heads)).MoveToOuterDisposeScope();
        }

        var (query, key, value) = Project(input);
        var mixed = training
            ? dropout.call(Probabilities(query, key)).matmul(value)
            : nn.functional.scaled_dot_product_attention(query, key, value);
        return out_proj.call(mixed.transpose(1, 2).flatten(2)).MoveToOuterDisposeScope();
    }

    /// <summary>The attention probabilities [n, heads, tokens (query), tokens (key)] of the same input [n, tokens, d], without dropout; each row sums to 1.</summary>
    public Tensor Weights(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (query, key, _) = Project(input);
        return Probabilities(query, key).MoveToOuterDisposeScope();
    }

    private static Tensor Probabilities(Tensor query, Tensor key) =>
        nn.functional.softmax(query.Times(1 / Math.Sqrt(query.shape[^1])).matmul(key.transpose(-2, -1)), -1);

    // Each [n, heads, tokens, d / heads].
    private (Tensor Query, Tensor Key, Tensor Value) Project(Tensor input)
    {
        var (n, tokens, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var projected = nn.functional.linear(input, in_proj_weight, in_proj_bias)
            .view(n, tokens, 3, heads, width / heads)
            .permute(2, 0, 3, 1, 4);
        var parts = projected.unbind(0);
        return (parts[0], parts[1], parts[2]);
    }
}
