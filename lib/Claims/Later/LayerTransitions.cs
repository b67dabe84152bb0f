using Ndt.Analysis;
using Ndt.Analysis.ChangePoints;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Claims.Later;

/// <summary>How many transitions one layer's series of one metric has, by each definition that was tried for what the study's author says since (study, §6).</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Run">The run's name in tables.</param>
/// <param name="Cell">Architecture and dataset: the cluster that intervals resample.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Counts">By <see cref="TransitionCount"/>.</param>
public sealed record LayerTransitions(Metric Metric, string Run, string Cell, string Layer, IReadOnlyList<double> Counts)
{
    /// <summary>The metrics that the definitions are tried on: the study's fields that are no whole numbers, and the real stable rank.</summary>
    public static IReadOnlyList<Metric> Metrics { get; } = [Metric.RecordedStableRank, Metric.StableRank, Metric.ParticipationRatio, Metric.NuclearNormRatio];

    private const int Window = 50;
    private const int FewestInWindow = 20;
    private const double LeastSpread = 1e-10;
    private const int Reach = 2;

    /// <summary>The architecture's family.</summary>
    public string Family => Cell.Split('_', 2)[0];

    /// <summary>One count.</summary>
    public double this[TransitionCount count] => Counts[(int)count];

    /// <summary>Every layer of a record, for every metric of <see cref="Metrics"/>.</summary>
    /// <remarks>A layer that one metric leaves out (<see cref="RunSeries.LeftOut"/>) has nothing in common with it: it counts 0 in <see cref="TransitionCount.InAll"/> and its kin.</remarks>
    /// <exception cref="InputException">The record lacks a metric, or no layer has only finite values of it.</exception>
    public static IReadOnlyList<LayerTransitions> Of(RunRecord record)
    {
        var runs = Metrics.ToDictionary(metric => metric, metric => RunSeries.Of(record, metric));
        return [.. Metrics.SelectMany(metric => Enumerable.Range(0, runs[metric].Layers.Count).Select(layer => Of(runs, metric, layer)))];
    }

    /// <summary>Values beyond <paramref name="threshold"/> population standard deviations of the window of 50 values before them; none before 20 values are there or where the window's deviation is below 1e-10, as the study's tracker had it.</summary>
    public static int BeyondRollingWindow(ReadOnlySpan<double> series, double threshold)
    {
        var count = 0;
        for (var i = FewestInWindow; i < series.Length; i++)
        {
            var before = series[Math.Max(0, i - Window)..i];
            var spread = Descriptive.PopulationStandardDeviation(before);
            count += spread >= LeastSpread && Math.Abs(series[i] - Descriptive.Mean(before)) > threshold * spread ? 1 : 0;
        }

        return count;
    }

    /// <summary>Changes larger than <paramref name="threshold"/> population standard deviations of the changes that start after half of training; 0 where these do not vary.</summary>
    public static int BeyondLateSpread(RunSeries run, int layer, double threshold)
    {
        var changes = run.Increments[layer];
        var start = Array.FindIndex(run.Steps, step => step > run.Run.Steps / 2);
        if (start < 0 || start >= changes.Length)
        {
            return 0;
        }

        var spread = Descriptive.PopulationStandardDeviation(changes.AsSpan(start));
        return spread > 0 ? changes.Count(change => Math.Abs(change) > threshold * spread) : 0;
    }

    private static LayerTransitions Of(Dictionary<Metric, RunSeries> runs, Metric metric, int layer)
    {
        var run = runs[metric];
        var series = run.Series[layer];
        var changes = run.Increments[layer];
        var magnitudes = Array.ConvertAll(changes, Math.Abs);
        var largest = Array.IndexOf(magnitudes, magnitudes.Max());
        var counts = new double[Enum.GetValues<TransitionCount>().Length];
        foreach (var (first, of) in new (TransitionCount, Func<double, double>)[]
        {
            (TransitionCount.Series2, threshold => Jumps.Find(series, threshold).Count),
            (TransitionCount.Late2, threshold => BeyondLateSpread(run, layer, threshold)),
            (TransitionCount.Rolling2, threshold => BeyondRollingWindow(series, threshold)),
        })
        {
            counts[(int)first] = of(2);
            counts[(int)first + 1] = of(5);
            counts[(int)first + 2] = of(100);
        }

        counts[(int)TransitionCount.Pelt] = new PeltDetector().Detect(series).Length;
        counts[(int)TransitionCount.LargestIsEarly] = magnitudes[largest] > 0 && run.Phase(largest) < TrainingPhase.EarlyEnd ? 1 : 0;
        counts[(int)TransitionCount.EarlyChance] = Enumerable.Range(0, changes.Length).Count(i => run.Phase(i) < TrainingPhase.EarlyEnd) / (double)changes.Length;
        if (metric == Metric.ParticipationRatio)
        {
            var own = Places(series);
            (counts[(int)TransitionCount.InAllRecorded], counts[(int)TransitionCount.InAllRecordedByChance]) = Shared(Metric.RecordedStableRank);
            (counts[(int)TransitionCount.InAll], counts[(int)TransitionCount.InAllByChance]) = Shared(Metric.StableRank);

            (double Shared, double ByChance) Shared(Metric other)
            {
                var name = run.Layers[layer].Name;
                if (runs[other].SeriesOf(name) is not { } first || runs[Metric.NuclearNormRatio].SeriesOf(name) is not { } second)
                {
                    return (0, 0);
                }

                var others = new[] { Near(Places(first), changes.Length), Near(Places(second), changes.Length) };
                return (own.Count(place => others.All(near => near[place])), own.Length * others.Aggregate(1.0, (share, near) => share * near.Count(one => one) / near.Length));
            }
        }

        return new LayerTransitions(metric, run.Name, run.Run.Experiment, run.Layers[layer].Name, counts);
    }

    private static int[] Places(double[] series) => [.. Jumps.Find(series).Select(jump => jump.Index)];

    private static bool[] Near(int[] places, int length)
    {
        var near = new bool[length];
        foreach (var place in places)
        {
            Array.Fill(near, true, Math.Max(0, place - Reach), Math.Min(length, place + Reach + 1) - Math.Max(0, place - Reach));
        }

        return near;
    }
}
