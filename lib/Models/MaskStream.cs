using System.Runtime.Intrinsics;

namespace Ndt.Models;

/// <summary>
/// The stream of a dropout mask: 1 / (1 − p) with probability 1 − p (to 2⁻³²), else 0, from a seed. Eight interleaved xoshiro128+ generators (Blackman and
/// Vigna 2021), with the same bits on every machine.
/// </summary>
internal struct MaskStream
{
    private readonly Vector256<uint> threshold;
    private readonly Vector256<float> kept;
    private Vector256<uint> a;
    private Vector256<uint> b;
    private Vector256<uint> c;
    private Vector256<uint> d;

    /// <summary>The stream's beginning. A probability of 0 keeps everything, as it is.</summary>
    public MaskStream(ulong seed, double probability)
    {
        threshold = Vector256.Create((uint)Math.Round(probability * uint.MaxValue));
        kept = Vector256.Create((float)(1 / (1 - probability)));
        (a, b, c, d) = (Lanes(ref seed), Lanes(ref seed), Lanes(ref seed), Lanes(ref seed));
    }

    /// <summary>The next values of the stream. They are drawn by eights: after a number that is no multiple of eight the rest of an eight is lost.</summary>
    public void Fill(Span<float> mask)
    {
        // In locals the state stays in registers.
        var (a, b, c, d) = (this.a, this.b, this.c, this.d);
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

        (this.a, this.b, this.c, this.d) = (a, b, c, d);
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
