using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Training;

/// <summary>
/// Stochastic gradient descent with momentum over flat buffers, as PyTorch's: the buffer b ← μ·b + g, which begins as the first gradient, and θ ← θ − α·b. Without dampening, Nesterov's step or
/// weight decay.
/// </summary>
/// <remarks>As <see cref="FlatAdam"/> for parameters and devices. No fused multiply-add is used on the CPU, so that every machine gives the same bits.</remarks>
public sealed class FlatSgd : FlatOptimiser
{
    /// <summary>An optimiser for the trainable parameters of a module. Moves their storage into one flat buffer: make it before anything else keeps views of them.</summary>
    public FlatSgd(nn.Module module, SgdOptions options)
        : this(module, options, asTensors: null)
    {
    }

    /// <summary>As above; <paramref name="asTensors"/> says whether updates are tensor operations, by default anywhere but on the CPU.</summary>
    internal FlatSgd(nn.Module module, SgdOptions options, bool? asTensors)
        : base(module, ["momentum_buffer"], asTensors) => Options = options;

    /// <summary>The parameters of the descent.</summary>
    public SgdOptions Options { get; }

    private double Rate => Options.LearningRate * RateFactor;

    private protected override void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second)
    {
        var (momentum, rate) = ((float)Options.Momentum, (float)Rate);
        for (var i = 0; i < parameters.Length; i++)
        {
            first[i] = (first[i] * momentum) + gradient[i];
            parameters[i] -= first[i] * rate;
        }
    }

    private protected override void Apply(Tensor parameters, Tensor gradient, Tensor[] moments)
    {
        moments[0].Times_(Options.Momentum).Add_(gradient);
        parameters.Add_(moments[0], -Rate);
    }
}
