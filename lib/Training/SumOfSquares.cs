using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ndt.Training;

/// <summary>Σx² of single-precision values, in double precision.</summary>
/// <remarks>
/// One sum waits for its last addition before every next one, which for the gradients of a wide network takes longer than the
/// optimiser's update; here eight vectors of sums go side by side. Squares are exact in double precision. The order of the additions, and with it
/// the last bit, is the same on every processor.
/// </remarks>
internal static class SumOfSquares
{
    private const int Block = 32;

    /// <summary>The sum; 0 for no values, NaN where one is NaN.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        var (a0, a1, a2, a3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (b0, b1, b2, b3) = (a0, a1, a2, a3);
        ref var first = ref MemoryMarshal.GetReference(values);
        nuint i = 0;
        for (; i + Block <= (nuint)values.Length; i += Block)
        {
            var (x0, y0) = Vector256.Widen(Vector256.LoadUnsafe(ref first, i));
            var (x1, y1) = Vector256.Widen(Vector256.LoadUnsafe(ref first, i + 8));
            var (x2, y2) = Vector256.Widen(Vector256.LoadUnsafe(ref first, i + 16));
            var (x3, y3) = Vector256.Widen(Vector256.LoadUnsafe(ref first, i + 24));
            a0 += x0 * x0;
            a1 += x1 * x1;
            a2 += x2 * x2;
            a3 += x3 * x3;
            b0 += y0 * y0;
            b1 += y1 * y1;
            b2 += y2 * y2;
            b3 += y3 * y3;
        }

        var sum = Vector256.Sum(a0 + a1 + (a2 + a3) + (b0 + b1 + (b2 + b3)));
        foreach (var value in values[(int)i..])
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
