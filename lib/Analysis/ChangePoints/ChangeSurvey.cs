using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Analysis.ChangePoints;

/// <summary>What a detector finds in real series; believe it as far as the validity bench goes.</summary>
/// <param name="Detector">The detector's name.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Layers">Layers of all runs.</param>
/// <param name="LayersWithChanges">Layers with at least one change.</param>
/// <param name="Changes">Changes found.</param>
/// <param name="PerLayer">Changes a layer, BCa over experiments.</param>
/// <param name="EarlyShare">Share of the changes in the first 10 % of training, BCa over experiments; NaN without changes, its ends also where a resample has none.</param>
public sealed record ChangeSurvey(
    string Detector, Metric Metric, int Runs, int Layers, int LayersWithChanges, int Changes, ConfidenceInterval PerLayer, ConfidenceInterval EarlyShare)
{
    /// <summary>Runs every detector over every layer of <paramref name="runs"/>, which are of one metric; detectors are called from several threads at once.</summary>
    /// <exception cref="ArgumentException">No runs.</exception>
    public static IReadOnlyList<ChangeSurvey> Of(IReadOnlyList<RunSeries> runs, IReadOnlyList<IChangeDetector> detectors, int replicates, int seed)
    {
        if (runs.Count == 0)
        {
            throw new ArgumentException("a survey needs at least one run", nameof(runs));
        }

        return [.. detectors.Select(detector => Of(runs, detector, replicates, seed))];
    }

    private static ChangeSurvey Of(IReadOnlyList<RunSeries> runs, IChangeDetector detector, int replicates, int seed)
    {
        var found = new int[runs.Count][][];
        Parallel.For(0, runs.Count, i => found[i] = [.. runs[i].Series.Select(series => detector.Detect(series))]);
        var places = runs.Zip(found, (run, changes) => new Places(run, changes)).ToArray();
        return new ChangeSurvey(
            detector.Name,
            runs[0].Metric,
            runs.Count,
            places.Sum(place => place.Changes.Length),
            places.Sum(place => place.Changes.Count(layer => layer.Length > 0)),
            places.Sum(place => place.Count),
            Interval(place => new Quotient(place.Count, place.Changes.Length)),
            Interval(place => new Quotient(place.Early, place.Count)));

        ConfidenceInterval Interval(Func<Places, Quotient> figure) => ClusterBootstrap.Draw(
            [.. places.GroupBy(place => place.Run.Run.Experiment).Select(experiment => experiment.Select(figure).ToArray())],
            Quotient.Pooled,
            replicates,
            seed).Bca();
    }

    private sealed record Places(RunSeries Run, int[][] Changes)
    {
        public int Count => Changes.Sum(layer => layer.Length);

        /// <summary>A change at i is made by increment i − 1.</summary>
        public int Early => Changes.Sum(layer => layer.Count(change => Run.Phase(change - 1) < TrainingPhase.EarlyEnd));
    }
}
