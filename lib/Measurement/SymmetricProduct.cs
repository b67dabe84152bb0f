using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ndt.Measurement;

/// <summary>The symmetric product BᵀB in double precision.</summary>
/// <remarks>
/// The result is made in tiles of eight rows whose sums stay in registers over all rows of B. The inner loops of this folder are
/// compiled at full optimisation at once: a run measures some hundred times, and the first third would go by before the runtime
/// had found out.
/// </remarks>
internal static class SymmetricProduct
{
    /// <summary>Rows and columns come in blocks of this many: one vector of doubles.</summary>
    public const int Block = 8;

    /// <summary>Rows of a matrix of <paramref name="size"/> rows with those that fill its last block.</summary>
    public static int Padded(int size) => (size + Block - 1) & ~(Block - 1);

    /// <summary>
    /// Length of a row of <paramref name="size"/> values in memory: whole blocks, and an odd number of them, since rows a power of two
    /// apart would share a few sets of the cache.
    /// </summary>
    public static int Stride(int size) => Padded(size) | Block;

    /// <summary>
    /// Writes BᵀB into <paramref name="product"/> [padded size, stride]: whole blocks up to and with the diagonal's; what lies right of
    /// them is not touched. <paramref name="b"/> is [rows, stride], zero in the columns that fill the last block. Every entry is one
    /// chain of fused multiply-adds over the rows in order, so the result does not depend on the width of the machine's vectors.
    /// </summary>
    public static void Lower(ReadOnlySpan<double> b, int rows, int size, Span<double> product)
    {
        var stride = Stride(size);
        ref var source = ref MemoryMarshal.GetReference(b[..(rows * stride)]);
        ref var target = ref MemoryMarshal.GetReference(product[..(Padded(size) * stride)]);
        for (var i = 0; i < size; i += Block)
        {
            var j = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                for (; j < i; j += 2 * Block)
                {
                    WideTile(ref source, rows, stride, i, j, ref target);
                }
            }

            for (; j <= i; j += Block)
            {
                Tile(ref source, rows, stride, i, j, ref target);
                Tile(ref source, rows, stride, i + (Block / 2), j, ref target);
            }
        }
    }

    // Eight rows from i on by sixteen columns from j on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WideTile(ref double source, int rows, int stride, int i, int j, ref double target)
    {
        var (a0, a1, a2, a3, a4, a5, a6, a7) = (
            Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero,
            Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (b0, b1, b2, b3, b4, b5, b6, b7) = (a0, a1, a2, a3, a4, a5, a6, a7);
        ref var left = ref Unsafe.Add(ref source, i);
        ref var right = ref Unsafe.Add(ref source, j);
        for (var row = 0; row < rows; row++)
        {
            var (r0, r1) = (Vector512.LoadUnsafe(ref right), Vector512.LoadUnsafe(ref right, Block));
            var f = Vector512.Create(left);
            a0 = Vector512.FusedMultiplyAdd(f, r0, a0);
            b0 = Vector512.FusedMultiplyAdd(f, r1, b0);
            f = Vector512.Create(Unsafe.Add(ref left, 1));
            a1 = Vector512.FusedMultiplyAdd(f, r0, a1);
            b1 = Vector512.FusedMultiplyAdd(f, r1, b1);
            f = Vector512.Create(Unsafe.Add(ref left, 2));
            a2 = Vector512.FusedMultiplyAdd(f, r0, a2);
            b2 = Vector512.FusedMultiplyAdd(f, r1, b2);
            f = Vector512.Create(Unsafe.Add(ref left, 3));
            a3 = Vector512.FusedMultiplyAdd(f, r0, a3);
            b3 = Vector512.FusedMultiplyAdd(f, r1, b3);
            f = Vector512.Create(Unsafe.Add(ref left, 4));
            a4 = Vector512.FusedMultiplyAdd(f, r0, a4);
            b4 = Vector512.FusedMultiplyAdd(f, r1, b4);
            f = Vector512.Create(Unsafe.Add(ref left, 5));
            a5 = Vector512.FusedMultiplyAdd(f, r0, a5);
            b5 = Vector512.FusedMultiplyAdd(f, r1, b5);
            f = Vector512.Create(Unsafe.Add(ref left, 6));
            a6 = Vector512.FusedMultiplyAdd(f, r0, a6);
            b6 = Vector512.FusedMultiplyAdd(f, r1, b6);
            f = Vector512.Create(Unsafe.Add(ref left, 7));
            a7 = Vector512.FusedMultiplyAdd(f, r0, a7);
            b7 = Vector512.FusedMultiplyAdd(f, r1, b7);
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        Store(ref target, stride, i, j, a0, b0);
        Store(ref target, stride, i + 1, j, a1, b1);
        Store(ref target, stride, i + 2, j, a2, b2);
        Store(ref target, stride, i + 3, j, a3, b3);
        Store(ref target, stride, i + 4, j, a4, b4);
        Store(ref target, stride, i + 5, j, a5, b5);
        Store(ref target, stride, i + 6, j, a6, b6);
        Store(ref target, stride, i + 7, j, a7, b7);
    }

    // Four rows from i on by eight columns from j on, in halves of eight: the same sums where vectors are narrower.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ref double source, int rows, int stride, int i, int j, ref double target)
    {
        var (a0, a1, a2, a3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (b0, b1, b2, b3) = (a0, a1, a2, a3);
        ref var left = ref Unsafe.Add(ref source, i);
        ref var right = ref Unsafe.Add(ref source, j);
        for (var row = 0; row < rows; row++)
        {
            var (r0, r1) = (Vector256.LoadUnsafe(ref right), Vector256.LoadUnsafe(ref right, Block / 2));
            var f = Vector256.Create(left);
            a0 = Vector256.FusedMultiplyAdd(f, r0, a0);
            b0 = Vector256.FusedMultiplyAdd(f, r1, b0);
            f = Vector256.Create(Unsafe.Add(ref left, 1));
            a1 = Vector256.FusedMultiplyAdd(f, r0, a1);
            b1 = Vector256.FusedMultiplyAdd(f, r1, b1);
            f = Vector256.Create(Unsafe.Add(ref left, 2));
            a2 = Vector256.FusedMultiplyAdd(f, r0, a2);
            b2 = Vector256.FusedMultiplyAdd(f, r1, b2);
            f = Vector256.Create(Unsafe.Add(ref left, 3));
            a3 = Vector256.FusedMultiplyAdd(f, r0, a3);
            b3 = Vector256.FusedMultiplyAdd(f, r1, b3);
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        Store(ref target, stride, i, j, a0, b0);
        Store(ref target, stride, i + 1, j, a1, b1);
        Store(ref target, stride, i + 2, j, a2, b2);
        Store(ref target, stride, i + 3, j, a3, b3);
    }

    private static void Store(ref double target, int stride, int i, int j, Vector512<double> left, Vector512<double> right)
    {
        ref var row = ref Unsafe.Add(ref target, (i * stride) + j);
        left.StoreUnsafe(ref row);
        right.StoreUnsafe(ref row, Block);
    }

    private static void Store(ref double target, int stride, int i, int j, Vector256<double> left, Vector256<double> right)
    {
        ref var row = ref Unsafe.Add(ref target, (i * stride) + j);
        left.StoreUnsafe(ref row);
        right.StoreUnsafe(ref row, Block / 2);
    }
}
