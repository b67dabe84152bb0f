using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ndt.Measurement;

/// <summary>
/// Eigenvalues of symmetric tridiagonal matrices, eight at once, by the square-root-free QL iteration of Pal, Walker and Kahan
/// (Parlett, The Symmetric Eigenvalue Problem, §8.15; LAPACK's <c>dsterf</c> uses the same). Errors are of the order of the unit
/// roundoff times the largest eigenvalue.
/// </summary>
/// <remarks>
/// Each step of the iteration waits for a division of the step before, so one matrix alone leaves most of the processor idle; eight
/// go side by side as the lanes of a vector, aligned at their last rows. Every lane has its own block [l, end] and its own shift: what
/// it computes does not depend on the others. Where a lane's block ends before the longest, it joins the sweep there.
/// </remarks>
internal static class TridiagonalEigenvalues
{
    private const int Lanes = 8;

    private const double RoundoffSquared = 1.1102230246251565e-16 * 1.1102230246251565e-16;

    // Of matrices scaled to entries of at most 1. A smaller square of a rotated diagonal entry counts as zero, so that products of
    // four such quantities neither overflow nor vanish.
    private const double Negligible = 1e-100;

    // LAPACK allows 30 sweeps per eigenvalue; about 1.7 are needed.
    private const int MaximumSweeps = 30;

    /// <summary>
    /// Overwrites the diagonal of every matrix with its eigenvalues, in no order. A matrix with a value that is not finite gets NaN
    /// throughout. Matrices of like size go together best.
    /// </summary>
    public static void Find(IEnumerable<TridiagonalMatrix> problems)
    {
        foreach (var group in problems.Where(problem => problem.Size > 0).OrderByDescending(problem => problem.Size).Chunk(Lanes))
        {
            new Iteration(group).Run();
        }
    }

    private sealed class Iteration
    {
        private readonly TridiagonalMatrix[] problems;
        private readonly int n;
        private readonly int[] scale = new int[Lanes];
        private readonly bool[] solved = new bool[Lanes];

        // Row by row, eight lanes each; before the first row one more, which a sweep writes nothing to.
        private readonly double[] values;
        private readonly double[] squaredOff;

        // A lane that is done, or has no matrix, begins beyond the last row.
        private readonly long[] begins = new long[Lanes];
        private readonly long[] ends = new long[Lanes];
        private readonly long[] nextEnds = new long[Lanes];
        private readonly double[] tops = new double[Lanes];
        private readonly double[] seconds = new double[Lanes];
        private readonly double[] squares = new double[Lanes];

        public Iteration(TridiagonalMatrix[] problems)
        {
            this.problems = problems;
            n = problems[0].Size;
            values = new double[(n + 1) * Lanes];
            squaredOff = new double[(n + 1) * Lanes];
            Array.Fill(begins, n);
            for (var lane = 0; lane < problems.Length; lane++)
            {
                if (Load(problems[lane], lane))
                {
                    begins[lane] = n - problems[lane].Size;
                    ends[lane] = begins[lane];
                    NextBlock(lane);
                }
            }
        }

        public void Run()
        {
            for (var sweeps = MaximumSweeps * n; sweeps > 0 && begins.AsSpan().IndexOfAnyExcept(n) >= 0; sweeps--)
            {
                Sweep();
                for (var lane = 0; lane < problems.Length; lane++)
                {
                    if (begins[lane] < n && ends[lane] <= begins[lane] + 1)
                    {
                        NextBlock(lane);
                    }
                }
            }

            for (var lane = 0; lane < problems.Length; lane++)
            {
                Unload(problems[lane].Diagonal, lane);
            }
        }

        private ref double Value(long row, int lane) => ref values[((row + 1) * Lanes) + lane];

        private ref double SquaredOff(long row, int lane) => ref squaredOff[((row + 1) * Lanes) + lane];

        // QL converges from the first entry on: fastest when the small entries stand there. Scaled by a power of two.
        private bool Load(TridiagonalMatrix problem, int lane)
        {
            var (diagonal, off) = problem;
            double largest = 0;
            foreach (var value in diagonal)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            foreach (var value in off)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            if (!double.IsFinite(largest))
            {
                return false;
            }

            scale[lane] = largest == 0 ? 0 : Math.ILogB(largest) + 1;
            var factor = Math.ScaleB(1, -scale[lane]);
            var size = diagonal.Length;
            var reversed = Math.Abs(diagonal[0]) > Math.Abs(diagonal[^1]);
            for (var i = 0; i < size; i++)
            {
                Value(n - size + i, lane) = factor * diagonal[reversed ? size - 1 - i : i];
                var e = i == size - 1 ? 0 : factor * off[reversed ? size - 2 - i : i];
                SquaredOff(n - size + i, lane) = e * e;
            }

            return true;
        }

        private void Unload(Span<double> eigenvalues, int lane)
        {
            for (var i = 0; i < eigenvalues.Length; i++)
            {
                eigenvalues[i] = solved[lane] ? Math.ScaleB(Value(n - eigenvalues.Length + i, lane), scale[lane]) : double.NaN;
            }
        }

        // Sets a lane's block to the next of at least three rows at or after where it stands, solving smaller ones.
        private void NextBlock(int lane)
        {
            ref var l = ref begins[lane];
            ref var end = ref ends[lane];
            // After a sweep that ended one eigenvalue the end of the rest is known.
            if (end == l && nextEnds[lane] > l + 2)
            {
                l++;
                end = nextEnds[lane];
                return;
            }

            while (true)
            {
                end = EndOfBlock(l, lane);
                if (end > l + 1)
                {
                    nextEnds[lane] = end;
                    return;
                }

                if (end == l + 1)
                {
                    SolvePair(ref Value(l, lane), ref Value(end, lane), ref SquaredOff(l, lane));
                }

                l = end + 1;
                if (l >= n)
                {
                    l = n;
                    solved[lane] = true;
                    return;
                }
            }
        }

        // The first end ≥ l whose off-diagonal entry is negligible, and is then made zero.
        private long EndOfBlock(long l, int lane)
        {
            for (var end = l; end < n - 1; end++)
            {
                if (SquaredOff(end, lane) <= RoundoffSquared * Math.Abs(Value(end, lane) * Value(end + 1, lane)))
                {
                    SquaredOff(end, lane) = 0;
                    return end;
                }
            }

            return n - 1;
        }

        // Eigenvalues of [[a, e], [e, b]] from e²: the larger by addition of equal signs, the other from the determinant (LAPACK's dlae2).
        private static void SolvePair(ref double a, ref double b, ref double squared)
        {
            var sum = a + b;
            var root = Math.Sqrt(((a - b) * (a - b)) + (4 * squared));
            if (sum == 0)
            {
                (a, b) = (0.5 * root, -0.5 * root);
            }
            else
            {
                var (larger, smaller) = Math.Abs(a) > Math.Abs(b) ? (a, b) : (b, a);
                a = 0.5 * (sum + Math.CopySign(root, sum));
                b = (larger / a * smaller) - (squared / a);
            }

            squared = 0;
        }

        // One sweep through the blocks of all lanes, from the last row of the longest up to the first of any.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Sweep()
        {
            var (first, from) = ((long)n, -1L);
            for (var lane = 0; lane < Lanes; lane++)
            {
                var l = begins[lane];
                if (l < n)
                {
                    first = Math.Min(first, l);
                    from = Math.Max(from, ends[lane]);
                    (tops[lane], seconds[lane], squares[lane]) = (Value(l, lane), Value(l + 1, lane), SquaredOff(l, lane));
                }
            }

            var begin = Vector512.Create(begins);
            var end = Vector512.Create(ends);
            var working = Vector512.LessThan(begin, Vector512.Create((long)n));
            var state = new State(Shift(Vector512.Create(tops), Vector512.Create(seconds), Vector512.Create(squares)), begin);
            while (from >= first)
            {
                var next = first - 1;
                for (var lane = 0; lane < Lanes; lane++)
                {
                    next = begins[lane] < n && ends[lane] < from ? Math.Max(next, ends[lane]) : next;
                }

                Rotate(ref values[Lanes], ref squaredOff[Lanes], from, next, working & Vector512.Equals(end, Vector512.Create(from)), ref state);
                from = next;
            }

            state.End.CopyTo(ends);
            state.NextEnd.CopyTo(nextEnds);
        }

        // Wilkinson's shifts from the first two rows of each block, whose squared off-diagonal entry is not zero.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<double> Shift(Vector512<double> first, Vector512<double> second, Vector512<double> square)
        {
            var root = Vector512.Sqrt(square);
            var half = (second - first) / (root + root);
            var length = Vector512.Sqrt((half * half) + Vector512<double>.One);
            return first - (root / (half + Vector512.ConditionalSelect(Vector512.LessThan(half, Vector512<double>.Zero), -length, length)));
        }

        // The rotations of rows from − 1 down to `to`, in the lanes that have joined. A lane's last step, above its first row, takes the
        // shift for an entry and zero for its off-diagonal: that writes the first row.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rotate(ref double values, ref double squaredOff, long from, long to, Vector512<long> joining, ref State state)
        {
            var (one, negligible, roundoff) = (Vector512.Create(1.0), Vector512.Create(Negligible), Vector512.Create(RoundoffSquared));
            var (shift, begin) = (state.Shift, state.Begin);
            var joins = joining.AsDouble();
            var joined = state.Joined | joining;
            var row = Vector512.Create(from);
            var last = Vector512.LoadUnsafe(ref values, (nuint)(from * Lanes));
            var gamma = Vector512.ConditionalSelect(joins, last - shift, state.Gamma);
            var p = Vector512.ConditionalSelect(joins, gamma * gamma, state.P);
            var c = Vector512.ConditionalSelect(joins, one, state.C);
            var s = Vector512.ConditionalSelect(joins, Vector512<double>.Zero, state.S);
            var end = Vector512.ConditionalSelect(joining, row, state.End);
            var nextEnd = Vector512.ConditionalSelect(joining, row, state.NextEnd);
            var below = state.Below;
            var active = joined & Vector512.GreaterThanOrEqual(row, begin);
            for (var i = from - 1; i >= to; i--)
            {
                var above = row - Vector512<long>.One;
                var inside = joined & Vector512.GreaterThanOrEqual(above, begin);
                var square = Vector512.LoadUnsafe(ref squaredOff, (nuint)(i * Lanes));
                var alpha = Vector512.ConditionalSelect(inside.AsDouble(), Vector512.LoadUnsafe(ref values, (nuint)(i * Lanes)), shift);
                var r = p + square;
                var renewed = s * r;

                // All that a step divides by is p·r: one division, which the products for the numerators need not wait for.
                var inverse = one / (p * r);
                var numerator = Vector512.FusedMultiplyAdd(p, alpha - shift, -(square * gamma));
                var zero = Vector512.LessThan(p, negligible);
                var nextGamma = Vector512.ConditionalSelect(zero, -gamma, p * numerator * inverse);
                var nextP = Vector512.ConditionalSelect(zero, c * square, numerator * numerator * inverse);
                c = Vector512.ConditionalSelect(zero, Vector512<double>.Zero, p * p * inverse);
                s = Vector512.ConditionalSelect(zero, one, p * square * inverse);
                var value = gamma + (alpha - nextGamma);
                (gamma, p) = (nextGamma, nextP);

                var small = active & Vector512.LessThanOrEqual(renewed, roundoff * Vector512.Abs(value * below)).AsInt64();
                nextEnd = Vector512.ConditionalSelect(small, end, nextEnd);
                end = Vector512.ConditionalSelect(small, row, end);
                renewed = Vector512.ConditionalSelect(small.AsDouble(), Vector512<double>.Zero, renewed);
                ref var target = ref Unsafe.Add(ref values, (int)((i + 1) * Lanes));
                ref var targetOff = ref Unsafe.Add(ref squaredOff, (int)((i + 1) * Lanes));
                Vector512.ConditionalSelect(active.AsDouble(), value, Vector512.LoadUnsafe(ref target)).StoreUnsafe(ref target);
                Vector512.ConditionalSelect(active.AsDouble(), renewed, Vector512.LoadUnsafe(ref targetOff)).StoreUnsafe(ref targetOff);
                (below, row, active) = (value, above, inside);
            }

            state.Joined = joined;
            (state.Gamma, state.P, state.C, state.S) = (gamma, p, c, s);
            (state.End, state.NextEnd, state.Below) = (end, nextEnd, below);
        }

        // What a sweep carries from one stretch of rows to the next.
        private struct State(Vector512<double> shift, Vector512<long> begin)
        {
            public readonly Vector512<double> Shift = shift;
            public readonly Vector512<long> Begin = begin;
            public Vector512<long> Joined;
            public Vector512<double> Gamma;
            public Vector512<double> P;
            public Vector512<double> C;
            public Vector512<double> S;
            public Vector512<double> Below;
            public Vector512<long> End;
            public Vector512<long> NextEnd;
        }
    }
}
