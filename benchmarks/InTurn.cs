using System.Diagnostics;

namespace Ndt.Benchmarks;

/// <summary>
/// Times several ways in one process, in blocks that take turns: what the machine does meanwhile falls on all of them, and the
/// ratio of two blocks of one round is a paired one.
/// </summary>
internal static class InTurn
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.4);

    /// <summary>
    /// Warms every way up, then goes so many rounds through them, each round beginning with another one. All blocks have the same
    /// number of units: <paramref name="units"/>, or as many as let the slowest way's take <paramref name="seconds"/>; always a
    /// multiple of <paramref name="granularity"/>, and at most <paramref name="most"/>.
    /// </summary>
    public static void Run(
        SampleSet samples, string benchmark, string subject, int repeats, double seconds, int? units, int granularity, int most, params IReadOnlyList<Way> ways)
    {
        var slowest = ways.Max(way => WarmedUp(way, granularity, shortened: units is not null));
        var wanted = units ?? (int)Math.Min(seconds / slowest, most);
        var block = Math.Max(wanted / granularity, 1) * granularity;
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            for (var i = 0; i < ways.Count; i++)
            {
                var way = ways[(i + repeat) % ways.Count];
                foreach (var (quantity, total) in way.Quantities.Zip(way.Block(block)))
                {
                    samples.Add(benchmark, subject, quantity, repeat, total / block);
                }
            }
        }

        Progress.Say($"{benchmark}: {subject}, {repeats} rounds of {ways.Count} blocks of {block}");
    }

    // Seconds of a unit once the compiler is through with it.
    private static double WarmedUp(Way way, int granularity, bool shortened)
    {
        var start = Stopwatch.GetTimestamp();
        double last;
        do
        {
            last = way.Block(granularity)[0] / granularity;
        }
        while (!shortened && Stopwatch.GetElapsedTime(start) < WarmUp);

        return last;
    }
}
