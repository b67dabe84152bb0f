using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ndt.Benchmarks;

/// <summary>
/// The most single-precision operations that one core can do in a second: clock × units × lanes × 2, a fused multiply-add being
/// two operations. Clock and units are measured, since neither system nor processor tells them inside a virtual machine.
/// </summary>
internal static class ProcessorLimit
{
    /// <summary>Name in the samples.</summary>
    public const string Name = "limit";

    /// <summary>The only subject.</summary>
    public const string Subject = "one core";

    /// <summary>Seconds of a clock cycle: of one in a chain of integer additions and exclusive ors, each of which waits one cycle for the last.</summary>
    public const string Cycle = "cycle";

    /// <summary>Seconds per fused multiply-add of whole vectors, where ten chains go side by side and none waits for another.</summary>
    public const string FusedMultiplyAdd = "fused multiply-add";

    private const int Chain = 16;
    private const int Chains = 10;
    private const int Rounds = 1 << 12;

    /// <summary>Operations per cycle where so many units work on whole vectors.</summary>
    public static double OperationsPerCycle(double units) => units * Lanes * 2;

    /// <summary>Lanes of a vector in single precision.</summary>
    public static int Lanes => Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;

    /// <summary>Times both, in turn.</summary>
    public static void Run(SampleSet samples, BenchmarkOptions options) =>
        InTurn.Run(
            samples, Name, Subject, options.Repeats, options.BlockSeconds / 10, options.Steps, granularity: 1, most: 100_000,
            Cycles(Rounds * Chain),
            Each(FusedMultiplyAdd, Rounds * Chains, () => Vector512.IsHardwareAccelerated ? FusedWide() : FusedNarrow()));

    /// <summary>Times cycles; a unit is about so many of them.</summary>
    public static Way Cycles(double count)
    {
        var rounds = Math.Max((int)(count / Chain), 1);
        return Each(Cycle, rounds * Chain, () => DependentOperations(rounds));
    }

    private static Way Each(string quantity, int operations, Func<double> work) => new([quantity], units =>
    {
        double kept = 0;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < units; i++)
        {
            kept += work();
        }

        var seconds = clock.Elapsed.TotalSeconds;
        GC.KeepAlive(kept);
        return [seconds / operations];
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double DependentOperations(int rounds)
    {
        var (x, a, b) = (1L, (long)rounds, 3L);
        for (var i = 0; i < rounds; i++)
        {
            x = (x + a) ^ b;
            x = (x + a) ^ b;
            x = (x + a) ^ b;
            x = (x + a) ^ b;
            x = (x + a) ^ b;
            x = (x + a) ^ b;
            x = (x + a) ^ b;
            x = (x + a) ^ b;
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double FusedWide()
    {
        var (factor, addend) = (Vector512.Create(0.5f), Vector512.Create(1f));
        var (a, b, c, d, e) = (addend, addend, addend, addend, addend);
        var (f, g, h, i, j) = (addend, addend, addend, addend, addend);
        for (var round = 0; round < Rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, factor, addend);
            b = Vector512.FusedMultiplyAdd(b, factor, addend);
            c = Vector512.FusedMultiplyAdd(c, factor, addend);
            d = Vector512.FusedMultiplyAdd(d, factor, addend);
            e = Vector512.FusedMultiplyAdd(e, factor, addend);
            f = Vector512.FusedMultiplyAdd(f, factor, addend);
            g = Vector512.FusedMultiplyAdd(g, factor, addend);
            h = Vector512.FusedMultiplyAdd(h, factor, addend);
            i = Vector512.FusedMultiplyAdd(i, factor, addend);
            j = Vector512.FusedMultiplyAdd(j, factor, addend);
        }

        return (a + b + c + d + e + f + g + h + i + j).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double FusedNarrow()
    {
        var (factor, addend) = (Vector256.Create(0.5f), Vector256.Create(1f));
        var (a, b, c, d, e) = (addend, addend, addend, addend, addend);
        var (f, g, h, i, j) = (addend, addend, addend, addend, addend);
        for (var round = 0; round < Rounds; round++)
        {
            a = Vector256.FusedMultiplyAdd(a, factor, addend);
            b = Vector256.FusedMultiplyAdd(b, factor, addend);
            c = Vector256.FusedMultiplyAdd(c, factor, addend);
            d = Vector256.FusedMultiplyAdd(d, factor, addend);
            e = Vector256.FusedMultiplyAdd(e, factor, addend);
            f = Vector256.FusedMultiplyAdd(f, factor, addend);
            g = Vector256.FusedMultiplyAdd(g, factor, addend);
            h = Vector256.FusedMultiplyAdd(h, factor, addend);
            i = Vector256.FusedMultiplyAdd(i, factor, addend);
            j = Vector256.FusedMultiplyAdd(j, factor, addend);
        }

        return (a + b + c + d + e + f + g + h + i + j).ToScalar();
    }
}
