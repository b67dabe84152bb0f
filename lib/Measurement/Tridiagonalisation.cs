using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ndt.Measurement;

/// <summary>
/// Householder reduction of a symmetric matrix to tridiagonal form with a chosen last basis vector: QᵀMQ = T where Qeₙ is that
/// vector's direction (Golub and Van Loan, Matrix Computations, 4th ed., §8.3.1, from the last row up, with one reflection before it).
/// </summary>
/// <remarks>
/// The rank-two update of one step and the matrix-vector product of the next go through the matrix together, four rows at a time:
/// the reduction is bound by that traffic. From the last row up, every row that is reduced lies in one piece. Sums run in eight
/// lanes and are added in one fixed order, so that machines with narrower vectors get the same bits.
/// </remarks>
internal static class Tridiagonalisation
{
    private const int Block = SymmetricProduct.Block;

    /// <summary>
    /// Reduces <paramref name="matrix"/> [padded size, stride], as <see cref="SymmetricProduct.Lower"/> wrote it, to
    /// <paramref name="diagonal"/> [size] and <paramref name="offDiagonal"/> [size − 1]; it is overwritten. <paramref name="last"/>
    /// [size] becomes the last basis vector; a zero vector leaves the last unit vector in its place. Entries are zero or between
    /// about 1e-150 and 1e150, as products of single-precision values are: their squares are not scaled.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reduce(Span<double> matrix, int size, ReadOnlySpan<double> last, Span<double> diagonal, Span<double> offDiagonal)
    {
        // v and w are of the update still to be made, M − vwᵀ − wvᵀ; x is the next reflector, p = Mx. All are zero from row k on.
        var stride = SymmetricProduct.Stride(size);
        var scratch = new double[4 * stride];
        var v = scratch.AsSpan(0, stride);
        var w = scratch.AsSpan(stride, stride);
        var x = scratch.AsSpan(2 * stride, stride);
        var p = scratch.AsSpan(3 * stride, stride);

        // The reflection that takes the last basis vector to eₙ: a step like the others, with a given vector in place of a row.
        last[..size].CopyTo(x);
        for (var k = size; ;)
        {
            var alpha = MakeReflector(x, k);
            if (k < size)
            {
                offDiagonal[k - 1] = alpha;
            }

            UpdateAndMultiply(matrix, k, stride, v, w, x, p);
            Complete(x, p, w, k);
            var done = v;
            v = x;
            x = done;

            k--;
            TakeRow(matrix.Slice(k * stride, stride), v, w, x, k);
            diagonal[k] = x[k];
            x[k] = 0;
            if (k < 2)
            {
                break;
            }
        }

        if (size > 1)
        {
            offDiagonal[0] = x[0];
            diagonal[0] = matrix[0] - (2 * v[0] * w[0]);
        }
    }

    // Overwrites x [length] by v, scaled to vᵀv = 2, so that (I − vvᵀ)x = (0, …, 0, α), and returns α; 0 when x is zero.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MakeReflector(Span<double> x, int length)
    {
        var norm = Math.Sqrt(Dot(x, x, length));
        if (norm == 0)
        {
            x.Clear();
            return 0;
        }

        ref var pivot = ref x[length - 1];
        var alpha = pivot > 0 ? -norm : norm;
        pivot -= alpha;
        var factor = Vector512.Create(1 / Math.Sqrt(norm * Math.Abs(pivot)));
        ref var xs = ref MemoryMarshal.GetReference(x);
        for (nuint j = 0; j < (nuint)length; j += Block)
        {
            (Vector512.LoadUnsafe(ref xs, j) * factor).StoreUnsafe(ref xs, j);
        }

        return alpha;
    }

    // w = p − ½(pᵀv)v, so that (I − vvᵀ)M(I − vvᵀ) = M − vwᵀ − wvᵀ with p = Mv.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Complete(ReadOnlySpan<double> v, Span<double> p, Span<double> w, int length)
    {
        p[length..].Clear();
        var half = Vector512.Create(-0.5 * Dot(p, v, length));
        ref var vs = ref MemoryMarshal.GetReference(v);
        ref var ps = ref MemoryMarshal.GetReference(p);
        ref var ws = ref MemoryMarshal.GetReference(w);
        for (nuint j = 0; j < (nuint)w.Length; j += Block)
        {
            Vector512.FusedMultiplyAdd(half, Vector512.LoadUnsafe(ref vs, j), Vector512.LoadUnsafe(ref ps, j)).StoreUnsafe(ref ws, j);
        }
    }

    // x ← row k of M − vwᵀ − wvᵀ up to the diagonal, zero beyond.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeRow(ReadOnlySpan<double> row, ReadOnlySpan<double> v, ReadOnlySpan<double> w, Span<double> x, int k)
    {
        var (vk, wk) = (Vector512.Create(-v[k]), Vector512.Create(-w[k]));
        ref var rows = ref MemoryMarshal.GetReference(row);
        ref var vs = ref MemoryMarshal.GetReference(v);
        ref var ws = ref MemoryMarshal.GetReference(w);
        ref var xs = ref MemoryMarshal.GetReference(x);
        for (nuint j = 0; j <= (nuint)k; j += Block)
        {
            var updated = Vector512.FusedMultiplyAdd(vk, Vector512.LoadUnsafe(ref ws, j), Vector512.LoadUnsafe(ref rows, j));
            Vector512.FusedMultiplyAdd(wk, Vector512.LoadUnsafe(ref vs, j), updated).StoreUnsafe(ref xs, j);
        }

        x[(k + 1)..].Clear();
    }

    // M ← M − vwᵀ − wvᵀ in the blocks up to the diagonal's, and p ← Mx with the new M, over the first `size` rows. Left of the
    // diagonal's block each entry of the product serves its row and its column; that block is kept whole.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateAndMultiply(
        Span<double> matrix, int size, int stride, ReadOnlySpan<double> v, ReadOnlySpan<double> w, ReadOnlySpan<double> x, Span<double> p)
    {
        p.Clear();
        ref var vs = ref MemoryMarshal.GetReference(v);
        ref var ws = ref MemoryMarshal.GetReference(w);
        ref var xs = ref MemoryMarshal.GetReference(x);
        ref var ps = ref MemoryMarshal.GetReference(p);
        for (nuint i = 0; i < (nuint)size; i += 4)
        {
            ref var row0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(matrix), i * (nuint)stride);
            ref var row1 = ref Unsafe.Add(ref row0, stride);
            ref var row2 = ref Unsafe.Add(ref row1, stride);
            ref var row3 = ref Unsafe.Add(ref row2, stride);
            ref var vi = ref Unsafe.Add(ref vs, i);
            ref var wi = ref Unsafe.Add(ref ws, i);
            ref var xi = ref Unsafe.Add(ref xs, i);
            var (v0, v1, v2, v3) = (Vector512.Create(-vi), Vector512.Create(-Unsafe.Add(ref vi, 1)), Vector512.Create(-Unsafe.Add(ref vi, 2)), Vector512.Create(-Unsafe.Add(ref vi, 3)));
            var (w0, w1, w2, w3) = (Vector512.Create(-wi), Vector512.Create(-Unsafe.Add(ref wi, 1)), Vector512.Create(-Unsafe.Add(ref wi, 2)), Vector512.Create(-Unsafe.Add(ref wi, 3)));
            var (x0, x1, x2, x3) = (Vector512.Create(xi), Vector512.Create(Unsafe.Add(ref xi, 1)), Vector512.Create(Unsafe.Add(ref xi, 2)), Vector512.Create(Unsafe.Add(ref xi, 3)));
            var (sum0, sum1, sum2, sum3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            var diagonal = i & ~(nuint)(Block - 1);
            for (nuint j = 0; j <= diagonal; j += Block)
            {
                var (vj, wj, xj) = (Vector512.LoadUnsafe(ref vs, j), Vector512.LoadUnsafe(ref ws, j), Vector512.LoadUnsafe(ref xs, j));
                var m0 = Vector512.FusedMultiplyAdd(w0, vj, Vector512.FusedMultiplyAdd(v0, wj, Vector512.LoadUnsafe(ref row0, j)));
                var m1 = Vector512.FusedMultiplyAdd(w1, vj, Vector512.FusedMultiplyAdd(v1, wj, Vector512.LoadUnsafe(ref row1, j)));
                var m2 = Vector512.FusedMultiplyAdd(w2, vj, Vector512.FusedMultiplyAdd(v2, wj, Vector512.LoadUnsafe(ref row2, j)));
                var m3 = Vector512.FusedMultiplyAdd(w3, vj, Vector512.FusedMultiplyAdd(v3, wj, Vector512.LoadUnsafe(ref row3, j)));
                m0.StoreUnsafe(ref row0, j);
                m1.StoreUnsafe(ref row1, j);
                m2.StoreUnsafe(ref row2, j);
                m3.StoreUnsafe(ref row3, j);
                sum0 = Vector512.FusedMultiplyAdd(m0, xj, sum0);
                sum1 = Vector512.FusedMultiplyAdd(m1, xj, sum1);
                sum2 = Vector512.FusedMultiplyAdd(m2, xj, sum2);
                sum3 = Vector512.FusedMultiplyAdd(m3, xj, sum3);
                if (j < diagonal)
                {
                    var column = Vector512.FusedMultiplyAdd(m1, x1, Vector512.FusedMultiplyAdd(m0, x0, Vector512.LoadUnsafe(ref ps, j)));
                    Vector512.FusedMultiplyAdd(m3, x3, Vector512.FusedMultiplyAdd(m2, x2, column)).StoreUnsafe(ref ps, j);
                }
            }

            ref var pi = ref Unsafe.Add(ref ps, i);
            pi += Sum(sum0);
            Unsafe.Add(ref pi, 1) += Sum(sum1);
            Unsafe.Add(ref pi, 2) += Sum(sum2);
            Unsafe.Add(ref pi, 3) += Sum(sum3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int length)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var sum = Vector512<double>.Zero;
        for (nuint j = 0; j < (nuint)length; j += Block)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref left, j), Vector512.LoadUnsafe(ref right, j), sum);
        }

        return Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }
}
