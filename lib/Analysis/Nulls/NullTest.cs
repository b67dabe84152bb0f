using MathNet.Numerics.Random;
using Ndt.Statistics;

namespace Ndt.Analysis.Nulls;

/// <summary>Holds figures over many runs against a null.</summary>
public static class NullTest
{
    /// <summary>
    /// Draws stand-ins for every run's increments, independently from run to run, and takes each figure over all runs of each draw. All
    /// figures see the same draws. Runs are taken in parallel; the result depends on the seed and the order of the runs alone.
    /// </summary>
    /// <param name="runs">Runs of one metric; at least one.</param>
    /// <param name="statistics">The figures.</param>
    /// <param name="model">The null.</param>
    /// <param name="draws">Draws; p can get no lower than 1 / (draws + 1).</param>
    /// <param name="seed">Of all draws; run i has seed <see cref="DerivedSeed.Of"/>(seed, i).</param>
    /// <param name="alternative">Two-sided by default: the study's claims are of more than chance, but a null may be wrong on either side.</param>
    /// <exception cref="ArgumentException">No runs, or runs of several metrics.</exception>
    public static IReadOnlyList<NullResult> Compare(
        IReadOnlyList<RunSeries> runs,
        IReadOnlyList<RunStatistic> statistics,
        NullModel model,
        int draws,
        int seed,
        Alternative alternative = Alternative.TwoSided)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (runs.Count == 0 || runs.Any(run => run.Metric != runs[0].Metric))
        {
            throw new ArgumentException("a null test needs at least one run, and all of one metric", nameof(runs));
        }

        var drawn = new Quotient[runs.Count][,];
        Parallel.For(0, runs.Count, i => drawn[i] = Draw(runs[i], statistics, model, draws, DerivedSeed.Of(seed, i)));
        var layers = runs.Sum(run => run.Layers.Count);
        return
        [
            .. statistics.Select((statistic, s) => new NullResult(
                statistic, model, runs[0].Metric, runs.Count, layers,
                NullComparison.Of(
                    Quotient.Pooled(runs.Select(statistic.Take)),
                    Enumerable.Range(0, draws).Select(draw => Quotient.Pooled(drawn.Select(run => run[s, draw]))),
                    alternative,
                    seed))),
        ];
    }

    /// <summary>One figure.</summary>
    public static NullResult Compare(
        IReadOnlyList<RunSeries> runs, RunStatistic statistic, NullModel model, int draws, int seed, Alternative alternative = Alternative.TwoSided) =>
        Compare(runs, [statistic], model, draws, seed, alternative)[0];

    private static Quotient[,] Draw(RunSeries run, IReadOnlyList<RunStatistic> statistics, NullModel model, int draws, int seed)
    {
        var random = new MersenneTwister(seed);
        var sampler = model.Fit(run.Increments);
        double[][] increments = [.. run.Increments.Select(layer => new double[layer.Length])];
        var quotients = new Quotient[statistics.Count, draws];
        var critical = new Dictionary<double, int[][]>();
        for (var draw = 0; draw < draws; draw++)
        {
            sampler.Draw(random, increments);
            critical.Clear();
            for (var s = 0; s < statistics.Count; s++)
            {
                quotients[s, draw] = statistics[s] is CriticalStatistic of ? of.Take(run, CriticalOf(of)) : statistics[s].Take(run, increments);
            }
        }

        return quotients;

        int[][] CriticalOf(CriticalStatistic statistic) =>
            critical.TryGetValue(statistic.Quantile, out var found) ? found : critical[statistic.Quantile] = statistic.Critical(increments);
    }
}
