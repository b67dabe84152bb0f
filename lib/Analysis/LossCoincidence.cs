using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>How often the loss falls at a run's critical steps, beside how often it falls anyway (defect D).</summary>
/// <remarks>
/// <para>
/// Chance is matched on time: each critical step is held against all intervals of its stretch of training, because both critical steps and falls
/// of the loss are more frequent early on. It is the mean over all ways to place the critical steps anew within their stretches, exactly.
/// </para>
/// <para>
/// The stretches are as short as leaves each about ten intervals: <see cref="Stretches"/> of the study's 399. What still changes within a stretch goes to the
/// coincidence's credit, so longer ones flatter it; a critical step is one of its own stretch's intervals, so with n of them a true excess is shrunk by
/// about 1/n, and shorter ones hide it. From fortieths on the excess hardly changes any more; <see cref="Widths"/> shows it.
/// </para>
/// </remarks>
/// <param name="Observed">Mean over the layers that have critical steps of the share of these at which the loss falls; NaN where no layer has any.</param>
/// <param name="Chance">The same if each critical step were any interval of its stretch of training.</param>
/// <param name="Overall">Share of all intervals in which the loss falls; NaN, as the other two, where the loss was not recorded.</param>
public readonly record struct LossCoincidence(double Observed, double Chance, double Overall)
{
    /// <summary>Stretches of training within which intervals are taken to be alike: every match on time is on these, unless it is said otherwise.</summary>
    public const int Stretches = 40;

    /// <summary>Numbers of stretches whose chance levels are worth showing beside each other: none, tenths, twentieths, fortieths, eightieths.</summary>
    public static IReadOnlyList<int> Widths { get; } = [1, 10, 20, Stretches, 80];

    /// <summary>Of one run's analysis.</summary>
    public static LossCoincidence Of(ExperimentAnalysis run, int stretches = Stretches)
    {
        var falls = Falls(run.Loss);
        var byStretch = FallsByStretch(run, stretches);
        var layers = run.Layers.Where(layer => layer.CriticalSteps.Length > 0).ToArray();
        return new LossCoincidence(
            Descriptive.Mean(Array.ConvertAll(layers, layer => CriticalPeriods.LossDropShare(layer.CriticalSteps, run.Loss))),
            Descriptive.Mean(Array.ConvertAll(layers, layer => Matched(layer.CriticalSteps, byStretch, falls.Length))),
            run.HasLoss ? (double)falls.Count(fell => fell) / falls.Length : double.NaN);
    }

    /// <summary>
    /// What <see cref="CriticalPeriods.LossDropShare"/> of a layer would be if each critical step were any interval of its stretch; 0 without critical steps and NaN without a loss, as there.
    /// </summary>
    public static double MatchedChance(ReadOnlySpan<int> criticalSteps, double[] loss, int stretches = Stretches) =>
        !CriticalPeriods.IsRecorded(loss) ? double.NaN : criticalSteps.IsEmpty ? 0 : Matched(criticalSteps, FallsByStretch(loss, stretches), loss.Length - 1);

    /// <summary>The share of intervals in which the loss falls, stretch by stretch; NaN where a short run has none in a stretch, and throughout where the loss was not recorded.</summary>
    public static double[] FallsByStretch(ExperimentAnalysis run, int stretches = Stretches) => FallsByStretch(run.Loss, stretches);

    /// <summary>What is observed over chance, in a group of runs.</summary>
    public static Estimate Excess(IReadOnlyList<StudiedRun> runs, Metric metric, int stretches = Stretches)
    {
        var values = runs.ToDictionary(run => run, run => Of(run[metric], stretches));
        return Estimate.OfMean(runs, run => values[run].Observed - values[run].Chance);
    }

    private static double[] FallsByStretch(double[] loss, int stretches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stretches, 1);
        if (!CriticalPeriods.IsRecorded(loss))
        {
            return [.. Enumerable.Repeat(double.NaN, stretches)];
        }

        var falls = Falls(loss);
        var (fallen, all) = (new double[stretches], new double[stretches]);
        for (var i = 0; i < falls.Length; i++)
        {
            var stretch = StretchOf(i, falls.Length, stretches);
            all[stretch]++;
            fallen[stretch] += falls[i] ? 1 : 0;
        }

        return [.. fallen.Zip(all, (part, whole) => whole == 0 ? double.NaN : part / whole)];
    }

    private static double Matched(ReadOnlySpan<int> criticalSteps, double[] byStretch, int intervals)
    {
        double sum = 0;
        foreach (var step in criticalSteps)
        {
            sum += byStretch[StretchOf(step, intervals, byStretch.Length)];
        }

        return sum / criticalSteps.Length;
    }

    private static bool[] Falls(double[] loss) => Array.ConvertAll(Increments.Of(loss), change => change < 0);

    /// <summary>The stretch of training, from 0, that an interval is in: the blocks of <see cref="Permutations.ShuffleWithinBlocks"/>, so that nulls and chance levels are matched alike.</summary>
    internal static int StretchOf(int interval, int intervals, int stretches = Stretches) => (int)((((interval + 1L) * stretches) - 1) / intervals);
}
