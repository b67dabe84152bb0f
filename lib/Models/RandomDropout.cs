using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>
/// Dropout (Srivastava et al. 2014): in training mode every value is kept with probability 1 − p and scaled by 1 / (1 − p), else
/// set to zero; in evaluation mode nothing changes.
/// </summary>
/// <remarks>
/// Each call draws one seed from torch's global generator, so that <c>manual_seed</c> and a saved random state govern it, and fills
/// its mask from a <see cref="MaskStream"/>: ten times as fast as libtorch's
/// one-at-a-time Bernoulli draws on the CPU, and the same bits on every machine. The mask is made on the CPU wherever the values
/// are: a run then loses the same values on every device, and no device has a random state of its own, which TorchSharp 0.107 could
/// neither read nor set. Other element types than float32 take libtorch's own dropout.
/// </remarks>
public sealed class RandomDropout : nn.Module<Tensor, Tensor>
{
    private readonly double probability;

    /// <summary>Dropout with the given probability in [0, 1) of losing a value.</summary>
    public RandomDropout(double probability) : base(nameof(RandomDropout))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        this.probability = probability;
    }

    /// <summary>The probability at which values are now lost: 0 in evaluation mode.</summary>
    internal double Rate => training ? probability : 0;

    /// <summary>Any shape; returns the input itself (an alias) where nothing is to be dropped.</summary>
    public override Tensor forward(Tensor input)
    {
        if (Rate == 0)
        {
            return input.alias();
        }

        if (input.dtype != ScalarType.Float32)
        {
            return nn.functional.dropout(input, probability, training: true);
        }

        using var mask = empty(input.shape, ScalarType.Float32, CPU);
        new MaskStream(DrawSeed(), probability).Fill(MemoryMarshal.Cast<byte, float>(mask.bytes));
        using var there = mask.to(input.device);
        return input * there;
    }

    /// <summary>A mask's seed, drawn from torch's global generator.</summary>
    internal static ulong DrawSeed()
    {
        using var seed = randint(1L << 62, [1], dtype: ScalarType.Int64, device: CPU);
        return (ulong)seed.item<long>();
    }
}
