using Ndt.Models.Products;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>
/// A linear layer with the parameters of PyTorch's <c>Linear</c>, of the same names, shapes and initialisation: <c>weight</c> [outputs, inputs], <c>bias</c>
/// [outputs]. On processors that <see cref="MatrixProduct"/> knows, its products are our own (<see cref="LinearStack"/>); elsewhere, and on other devices or in
/// another precision, they are libtorch's.
/// </summary>
public sealed class LinearLayer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <summary>A layer drawn from torch's global generator: weights, then biases, both uniform within ±1 / √inputs, as PyTorch draws them.</summary>
    public LinearLayer(long inputs, long outputs) : base(nameof(LinearLayer))
    {
        weight = new Parameter(empty(outputs, inputs));
        bias = new Parameter(empty(outputs));
        nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
        var bound = 1 / Math.Sqrt(inputs);
        nn.init.uniform_(bias, -bound, bound);
        RegisterComponents();
    }

    /// <summary>Weights [outputs, inputs].</summary>
    public Parameter Weight => weight;

    /// <summary>Biases [outputs].</summary>
    public Parameter Bias => bias;

    /// <summary>[…, inputs] → […, outputs].</summary>
    public override Tensor forward(Tensor input) =>
        LinearStack.IsWorkable(input, [this]) ? LinearStack.Of(input, [this]) : nn.functional.linear(input, weight, bias);
}
