using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ndt.Measurement;

/// <summary>Arithmetic on a row of single-precision values in double precision; entry by entry, so the same on every machine.</summary>
internal static class SingleRow
{
    private const int Width = 8;

    /// <summary>sum ← sum + row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> row, Span<double> sum)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(sum[..row.Length]);
        var i = 0;
        for (; i <= row.Length - Width; i += Width)
        {
            (Vector512.LoadUnsafe(ref target, (nuint)i) + Widen(ref source, i)).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i];
        }
    }

    /// <summary>difference ← row − subtrahend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(ReadOnlySpan<float> row, ReadOnlySpan<double> subtrahend, Span<double> difference)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var less = ref MemoryMarshal.GetReference(subtrahend[..row.Length]);
        ref var target = ref MemoryMarshal.GetReference(difference[..row.Length]);
        var i = 0;
        for (; i <= row.Length - Width; i += Width)
        {
            (Widen(ref source, i) - Vector512.LoadUnsafe(ref less, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            difference[i] = row[i] - subtrahend[i];
        }
    }

    private static Vector512<double> Widen(ref float row, int i)
    {
        var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref row, (nuint)i));
        return Vector512.Create(lower, upper);
    }
}
