using MathNet.Numerics.Random;
using Ndt.Analysis;
using Ndt.Analysis.Nulls;
using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Figures.Reassessment;

/// <summary>What changes in the story with another estimator of dimensionality.</summary>
public static class EstimatorTables
{
    private static readonly Metric[] Metrics =
    [
        Metric.StableRank, Metric.CentredStableRank, Metric.ParticipationRatio, Metric.ParticipationRatioEigen, Metric.CentredParticipationRatioEigen,
        Metric.EffectiveRank, Metric.CentredEffectiveRank,
    ];

    /// <summary>The story by estimator: level, direction, and when it changes.</summary>
    public static string Story(ReassessmentSet set, int replicates, int seed) => Phrase.Table(
        ["estimator", "median level, first", "median level, last", "layers that rise", "path over by 10 % of training", "early events [95 %]", "by chance"],
        Metrics.Where(metric => set.Records.All(record => record.Layers.All(layer => layer.Has(metric)))).Select(metric =>
        {
            var runs = set.Runs(metric);
            var layers = runs.SelectMany(run => run.Series).ToArray();
            var progress = set.Records.SelectMany(record => LayerProgress.Of(record, metric, [TrainingPhase.EarlyEnd])).Select(layer => layer.Progress[0].PathShare).Where(double.IsFinite).ToArray();
            return (IReadOnlyList<string>)
            [
                metric.Name().Replace('_', ' '),
                Phrase.Number(Percentiles.Quantile([.. layers.Select(series => series[0])], 0.5)),
                Phrase.Number(Percentiles.Quantile([.. layers.Select(series => series[^1])], 0.5)),
                Words.Percent(layers.Average(series => series[^1] > series[0] ? 1.0 : 0)),
                Words.Percent(Percentiles.Quantile(progress, 0.5)),
                Words.Percent(RunBootstrap.Draw(runs, new EarlyEventShare(), replicates, seed).Bca()),
                Words.Percent(runs.Sum(run => Enumerable.Range(0, run.Steps.Length - 1).Count(i => run.Phase(i) < TrainingPhase.EarlyEnd)) / (double)runs.Sum(run => run.Steps.Length - 1)),
            ];
        }))
        + $"\n\n{Words.Count(set.Records.Count, "run")}; 95 % BCa over cells, {Words.Count(replicates, "resample")}, seed {seed}. “First” is after the first update. Of layers that only drift by chance, half would rise.";

    /// <summary>Corrections for a finite number of samples and features on a small matrix, where they fail, and the intrinsic dimension of known clouds.</summary>
    public static string Known(int points, int seed)
    {
        double[] tiny = [1, 2, 0, 0, 1, 3, 2, -1, 1, 1, 0, -2, 3, 1, 1];
        var ratio = CorrectedParticipationRatio.Of(tiny, 5, 3);
        var rows = new List<IReadOnlyList<string>>
        {
            new[] { "participation ratio of a 5 × 3 matrix", "naive", Phrase.Number(ratio.Naive), "at most 3" },
            new[] { "", "corrected for samples", Phrase.Number(ratio.Row), "" },
            new[] { "", "corrected for features", Phrase.Number(ratio.Column), "" },
            new[] { "", "corrected for both", Phrase.Number(ratio.Both), "negative: the matrix is too small, no dimension is" },
        };
        foreach (var dimension in new[] { 2, 5 })
        {
            rows.Add([$"uniform {dimension}-cube in 20 dimensions, {Words.Count(points, "point")}", "TwoNN", Phrase.Number(IntrinsicDimension(points, dimension, seed)), $"true: {dimension}"]);
        }

        return Phrase.Table(["data", "estimator", "value", "truth"], rows) + $"\n\nSeed {seed}. TwoNN and the corrections need the activations themselves; records keep spectra only, so neither can be taken of the runs above.";
    }

    private static double IntrinsicDimension(int points, int dimension, int seed)
    {
        const int Ambient = 20;
        var random = new MersenneTwister(seed);
        var cloud = new double[points * Ambient];
        for (var point = 0; point < points; point++)
        {
            for (var i = 0; i < dimension; i++)
            {
                cloud[(point * Ambient) + i] = random.NextDouble();
            }
        }

        return TwoNearestNeighbours.Of(cloud, points, Ambient).Dimension;
    }
}
