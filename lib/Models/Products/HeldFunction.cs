using static TorchSharp.torch;

namespace Ndt.Models.Products;

/// <summary>
/// An operation whose way back is written by hand. TorchSharp gives what <c>forward</c> and <c>backward</c> return to libtorch by its address alone: outside of a
/// dispose scope nothing of ours would hold it, and a collection at that moment would free it under libtorch's hands. Here it is held until libtorch holds it.
/// </summary>
internal abstract class HeldFunction<T> : autograd.SingleTensorFunction<T>
    where T : HeldFunction<T>, new()
{
    [ThreadStatic]
    private static Tensor? output;

    /// <summary>The operation with its gradients: what <c>apply</c> is elsewhere.</summary>
    public static Tensor Apply(params object[] inputs)
    {
        var result = apply(inputs);
        output?.Dispose();
        output = null;
        return result;
    }

    /// <inheritdoc/>
    public sealed override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => output = Forward(ctx, vars);

    /// <inheritdoc/>
    public sealed override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var gradients = Backward(ctx, grad_output);

        // The context lives as long as the graph does.
        ctx.save_data(nameof(gradients), gradients);
        return gradients;
    }

    /// <summary>The output, and in the context what the way back needs.</summary>
    protected abstract Tensor Forward(autograd.AutogradContext context, object[] inputs);

    /// <summary>A gradient for each input, null for what is no tensor.</summary>
    protected abstract List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient);
}
