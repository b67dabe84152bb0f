using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>What one run has to say about the claims, for one metric: counts that add up over runs. It stands in for a record that is not at hand.</summary>
public sealed class RunTally
{
    private const int JumpTypes = PhaseOneMeasures.JumpTypes;
    private const int PlacementDraws = 100;
    private static readonly (RunCount Count, int Blocks)[] Matchings =
        [
            (RunCount.LossDropShareByChance, LossCoincidence.Stretches), (RunCount.LossDropShareByChance1, 1), (RunCount.LossDropShareByChance10, 10), (RunCount.LossDropShareByChance20, 20),
            (RunCount.LossDropShareByChance80, 80),
        ];
    private const int LossReach = 2;
    private static readonly double NoiseRate = 2 * Normal.CDF(0, 1, -AnalysisParameters.Study.JumpThreshold);
    private static readonly string[] PhaseTwo = ["transformer_deep_mnist", "cnn_deep_mnist", "mlp_narrow_mnist"];
    private readonly IReadOnlyDictionary<RunCount, double> counts;

    internal RunTally(Metric metric, string name, string cell, IReadOnlyDictionary<RunCount, double> counts)
    {
        Metric = metric;
        Name = name;
        Cell = cell;
        this.counts = counts;
    }

    /// <summary>The metric.</summary>
    public Metric Metric { get; }

    /// <summary>The run's name in tables: <see cref="ExperimentName"/>.</summary>
    public string Name { get; }

    /// <summary>Architecture and dataset: the cluster that intervals resample.</summary>
    public string Cell { get; }

    /// <summary>The architecture's family.</summary>
    public string Family => Cell.Split('_', 2)[0];

    /// <summary>One count.</summary>
    public double this[RunCount count] => counts[count];

    /// <summary>
    /// Of analysed runs. The clusters of events are those of all runs of a metric together, by the published phase for
    /// <see cref="Metric.RecordedStableRank"/> and by the true one for every other.
    /// </summary>
    /// <param name="analyses">The runs; several metrics are kept apart.</param>
    /// <param name="seed">Of the clusters' starts.</param>
    public static IReadOnlyList<RunTally> Of(IEnumerable<ExperimentAnalysis> analyses, int seed = PhaseOneClaims.StudySeed) =>
    [
        .. from metric in analyses.GroupBy(run => run.Metric)
           let runs = metric.ToArray()
           from tally in runs.Zip(JumpTypesOf(runs, seed), Of)
           select tally,
    ];

    private static RunTally Of(ExperimentAnalysis run, int[] types)
    {
        var jumps = run.Jumps.ToArray();
        var counts = new Dictionary<RunCount, double>
        {
            [RunCount.Runs] = 1,
            [RunCount.Layers] = run.Layers.Count,
            [RunCount.StableLayers] = run.Layers.Count(layer => layer.StabilisationPoint == 0),
            [RunCount.PublishedUnclear] = One(run.PublishedOrder.Pattern == SettlingPattern.Unclear),
            [RunCount.PublishedSimultaneous] = One(run.PublishedOrder.Pattern == SettlingPattern.Simultaneous),
            [RunCount.Unclear] = One(run.DepthOrder.Pattern == SettlingPattern.Unclear),
            [RunCount.Simultaneous] = One(run.DepthOrder.Pattern == SettlingPattern.Simultaneous),
            [RunCount.SmallestMagnitude] = jumps.Length > 0 ? jumps.Min(jump => jump.Jump.Magnitude) : double.NaN,
            [RunCount.LargestMagnitude] = jumps.Length > 0 ? jumps.Max(jump => jump.Jump.Magnitude) : double.NaN,
            [RunCount.Magnitude] = PairwiseSum.Of(Array.ConvertAll(jumps, jump => jump.Jump.Magnitude)),
            [RunCount.Rounding] = NoiseFloor.OfDoubleRounding([run.Metric == Metric.RecordedStableRank ? Math.BitDecrement(1.0) : 1]),
        };
        AddTimes(counts, run, jumps);
        AddFirstLayer(counts, run, jumps.Length);
        AddLayers(counts, run, jumps.Length);
        AddLoss(counts, run);
        AddCriticalPeriods(counts, run);
        AddPhaseTwo(counts, run);
        for (var type = 0; type < JumpTypes; type++)
        {
            counts[RunCount.Type1 + type] = types.Count(label => label == type);
        }

        return new RunTally(run.Metric, run.Experiment, run.Run.Experiment, counts);
    }

    private static void AddTimes(Dictionary<RunCount, double> counts, ExperimentAnalysis run, PlacedJump[] jumps)
    {
        var phases = Enumerable.Range(0, run.Steps.Length - 1).Select(i => TrainingPhase.True(run.Steps[i], run.Run.Steps)).ToArray();
        counts[RunCount.Increments] = phases.Length * run.Layers.Count;
        counts[RunCount.IncrementPhase] = PairwiseSum.Of(phases) * run.Layers.Count;
        counts[RunCount.Events] = jumps.Length;
        counts[RunCount.EventsOfNoise] = NoiseRate * phases.Length * run.Layers.Count;
        counts[RunCount.EventPhase] = PairwiseSum.Of(Array.ConvertAll(jumps, jump => jump.Phase));
        counts[RunCount.PublishedPhase] = PairwiseSum.Of(Array.ConvertAll(jumps, jump => jump.PublishedPhase));
        counts[RunCount.PublishedWeek7And8] = jumps.Count(PublishedMeasures.IsEarly);
        var published = Enumerable.Range(0, run.Steps.Length - 1).Select(i => TrainingPhase.Published(i, run.Run.Steps)).ToArray();
        counts[RunCount.PublishedIncrementPhase] = PairwiseSum.Of(published) * run.Layers.Count;
        counts[RunCount.PublishedIncrementsWeek7And8] = published.Count(phase => phase is > 0 and <= TrainingPhase.EarlyEnd) * run.Layers.Count;
        for (var bin = 0; bin < 3; bin++)
        {
            counts[RunCount.IncrementsFirst10 + bin] = phases.Count(phase => TrainingPhase.Bin(phase) == bin) * run.Layers.Count;
            counts[RunCount.EventsFirst10 + bin] = jumps.Count(jump => TrainingPhase.Bin(jump.Phase) == bin);
            counts[RunCount.PublishedIncrementsFirst10 + bin] = published.Count(phase => TrainingPhase.Bin(phase) == bin) * run.Layers.Count;
            counts[RunCount.PublishedFirst10 + bin] = jumps.Count(jump => TrainingPhase.Bin(jump.PublishedPhase) == bin);
        }
    }

    private static void AddFirstLayer(Dictionary<RunCount, double> counts, ExperimentAnalysis run, int events)
    {
        var wasPublished = run.Run.Experiment == PublishedMeasures.CnnRun;
        counts[RunCount.FirstLayerEvents] = run.Layers[0].Jumps.Count;
        counts[RunCount.EventsPerLayer] = (double)events / run.Layers.Count;
        counts[RunCount.PublishedFirstLayerEvents] = wasPublished ? run.Layers[0].Jumps.Count : 0;
        counts[RunCount.PublishedFirstLayerRunEvents] = wasPublished ? events : 0;
    }

    private static void AddLoss(Dictionary<RunCount, double> counts, ExperimentAnalysis run)
    {
        var published = PublishedMeasures.LossRuns.Contains(run.Run.Experiment) ? PublishedMeasures.LossFalls(run).ToArray() : [];
        var falls = CorrectedMeasures.LossFalls(run).ToArray();
        var places = Enumerable.Range(LossReach, run.Loss.Length - (2 * LossReach))
            .Where(i => TrainingPhase.True(run.Steps[i], run.Run.Steps) < TrainingPhase.EarlyEnd)
            .ToArray();
        counts[RunCount.PublishedLossFallRuns] = One(published.Length > 0);
        counts[RunCount.PublishedLossFallShare] = published.Length > 0 ? published.Average(One) : 0;
        counts[RunCount.EarlyEventsWithLoss] = falls.Length;
        counts[RunCount.EarlyEventsLossFalls] = falls.Sum(One);
        var fallsByStretch = places.GroupBy(Stretch).ToDictionary(stretch => stretch.Key, stretch => stretch.Average(i => One(run.Loss[i + LossReach] < run.Loss[i - LossReach])));
        counts[RunCount.EarlyEventsLossFallsByChance] = run.Jumps.Select(jump => jump.Jump.Index).Where(places.Contains).Sum(index => fallsByStretch[Stretch(index)]);
        counts[RunCount.EarlyEventsLossFallsByChance10] = places.Length == 0 ? 0 : falls.Length * places.Average(i => One(run.Loss[i + LossReach] < run.Loss[i - LossReach]));
        counts[RunCount.LossDropShare] = run.LossDropShare;
        foreach (var (count, blocks) in Matchings)
        {
            counts[count] = run.Layers.Average(layer => LossCoincidence.MatchedChance(layer.CriticalSteps, run.Loss, blocks));
        }

        int Stretch(int place) => LossCoincidence.StretchOf(place, run.Loss.Length - 1);
    }

    /// <summary>Which layers events fall on, and how large they are early and late.</summary>
    private static void AddLayers(Dictionary<RunCount, double> counts, ExperimentAnalysis run, int events)
    {
        var active = run.Layers.Where(layer => layer.Jumps.Count > 0).ToArray();
        var hasOrder = active.Length > 1 && run.Layers[0].Jumps.Count > 0;
        counts[RunCount.RunsWithOrder] = One(hasOrder);
        counts[RunCount.FirstLayerIsEarliest] = One(hasOrder && active.MinBy(layer => layer.Jumps.Average(jump => jump.Phase)) == run.Layers[0]);
        counts[RunCount.FirstLayerIsEarliestByChance] = hasOrder ? 1.0 / active.Length : 0;
        counts[RunCount.RunsWithEvents] = One(events > 0);
        counts[RunCount.BusiestLayer] = events == 0 ? 0 : run.Layers.Max(layer => layer.Jumps.Count) * run.Layers.Count / (double)events;
        counts[RunCount.BusiestLayerByChance] = events == 0 ? 0 : BusiestByChance(events, run.Layers.Count) * run.Layers.Count / events;
        var logarithms = run.Layers
            .Select(layer => (
                Early: Descriptive.Mean([.. layer.Jumps.Where(jump => TrainingPhase.Bin(jump.Phase) == 0).Select(jump => jump.Jump.Magnitude)]),
                Late: Descriptive.Mean([.. layer.Jumps.Where(jump => TrainingPhase.Bin(jump.Phase) == 2).Select(jump => jump.Jump.Magnitude)])))
            .Select(layer => Math.Log(layer.Early / layer.Late))
            .Where(double.IsFinite)
            .ToArray();
        counts[RunCount.EarlyOverLateLogarithm] = PairwiseSum.Of(logarithms);
        counts[RunCount.LayersWithEarlyAndLate] = logarithms.Length;
    }

    /// <summary>The mean over draws, always the same ones, of how many of some events fall on the busiest of some layers.</summary>
    private static double BusiestByChance(int events, int layers)
    {
        var random = new MersenneTwister(layers, threadSafe: false);
        return Enumerable.Range(0, PlacementDraws).Average(_ =>
        {
            var counts = new int[layers];
            for (var i = 0; i < events; i++)
            {
                counts[random.Next(layers)]++;
            }

            return (double)counts.Max();
        });
    }

    private static void AddCriticalPeriods(Dictionary<RunCount, double> counts, ExperimentAnalysis run)
    {
        var increments = run.Steps.Length - 1;
        var critical = AboveQuantile(increments);
        var chance = new Binomial((double)critical / increments, run.Layers.Count);
        var most = Math.Floor(CriticalPeriods.StrongAbove * run.Layers.Count);
        counts[RunCount.Coordination] = run.MeanCoordination;
        counts[RunCount.CoordinationByDefinition] = (double)critical / run.Steps.Length;
        counts[RunCount.Strong] = run.HasLoss ? One(run.IsStrong) : double.NaN;
        counts[RunCount.StrongByChance] = 1 - Math.Pow(chance.CumulativeDistribution(most), increments);
        counts[RunCount.CriticalSteps] = run.CriticalSteps;
        counts[RunCount.CriticalStepsByDefinition] = critical * run.Layers.Count;
        counts[RunCount.Transitions] = run.Transitions;
        counts[RunCount.TransitionsByDefinition] = AboveQuantile(increments - 1) * run.Layers.Count;
    }

    /// <summary>How many of n different values lie above their 90th percentile, which interpolates: those behind position (n − 1)·0.9.</summary>
    private static int AboveQuantile(int n) => n - 1 - (int)Math.Floor((n - 1) * AnalysisParameters.Study.CriticalQuantile);

    private static void AddPhaseTwo(Dictionary<RunCount, double> counts, ExperimentAnalysis run)
    {
        var was = PhaseTwo.Contains(run.Run.Experiment);
        counts[RunCount.PhaseTwoRuns] = One(was);
        counts[RunCount.LossFallFirstHalf] = was ? PhaseMeans.ShareOfFall(run.Steps, run.Loss) : 0;
        counts[RunCount.LossFallBetweenBatches] = was ? PhaseMeans.ShareOfFallBetweenBatches(run.Loss) : 0;
        counts[RunCount.FinalAccuracy] = was ? 100 * run.Run.FinalAccuracy : 0;
    }

    private static IEnumerable<int[]> JumpTypesOf(ExperimentAnalysis[] runs, int seed)
    {
        var jumps = runs.Select(run => run.Jumps.ToArray()).ToArray();
        var features = runs.Zip(jumps).SelectMany(pair => pair.Second.SelectMany(jump =>
            (double[])[pair.First.Metric == Metric.RecordedStableRank ? jump.PublishedPhase : jump.Phase, jump.Jump.Magnitude, jump.Jump.Speed])).ToArray();
        var labels = features.Length < 3 * JumpTypes ? new int[features.Length / 3] : KMeans.Cluster(Standardisation.OfColumns(features, 3), 3, JumpTypes, seed).Labels;
        var done = 0;
        foreach (var run in jumps)
        {
            yield return labels[done..(done + run.Length)];
            done += run.Length;
        }
    }

    private static double One(bool isSo) => isSo ? 1 : 0;
}
