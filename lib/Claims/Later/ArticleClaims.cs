using MathNet.Numerics.Statistics;
using Ndt.Analysis;
using Ndt.Claims.Ledger;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Claims.Later;

/// <summary>The claims of an earlier article, made of one run of 8,000 steps of a 784-256-128-10 network on MNIST measured every 5 steps (study, §6), held against seeds of the same network.</summary>
public static class ArticleClaims
{
    /// <summary>The architecture's name.</summary>
    public const string Architecture = "mlp_256_128";

    /// <summary>Its optimiser steps.</summary>
    public const int Steps = 8000;

    private const double Quarter = 2000;
    private const double TrackerThreshold = 3;
    private static readonly Metric[] Metrics = [Metric.StableRank, Metric.ParticipationRatio, Metric.NuclearNormRatio, Metric.CentredStableRank, Metric.EffectiveRank];

    /// <summary>Ours, with its interval over seeds, and other choices; nothing for a claim that is not the article's, or without runs.</summary>
    public static (LedgerFigure Figure, JackknifeInterval? Interval, IReadOnlyList<LedgerChoice> Choices) Of(string claim, IReadOnlyList<RunRecord> runs)
    {
        return runs.Count == 0 ? (LedgerFigure.None, null, []) : claim switch
        {
            "article_before_2000" => OverSeeds(run => 100 * EarlyShare(run), _ => 25, "z > 2 of the whole series"),
            "article_activation_jumps" => OverSeeds(RollingJumps, null, "3σ of a rolling window"),
            "article_loss_correlation" => OverSeeds(run => LossCorrelation(run, series => series), run => LossCorrelation(run, series => Increments.Of(series)), "levels"),
            "article_drop_from" or "article_drop_to" => (One(runs.Max(run => Hidden(run, Metric.StableRank).Layers.Max(layer => (double)Math.Min(layer.Samples, layer.Features)))), null, []),
            _ => (LedgerFigure.None, null, []),
        };

        (LedgerFigure, JackknifeInterval?, IReadOnlyList<LedgerChoice>) OverSeeds(Func<HiddenLayers, double> figure, Func<HiddenLayers, double>? chance, string name)
        {
            double[] values = [.. runs.Select(run => figure(Hidden(run, Metric.StableRank)))];
            var interval = Jackknife.OfMean(values);
            return (
                One(interval.Estimate) with { BetweenSeeds = Descriptive.SampleStandardDeviation(values), Chance = chance is null ? double.NaN : Mean(chance, Metric.StableRank) },
                interval,
                [.. Metrics.Where(metric => metric != Metric.StableRank).Select(metric => new LedgerChoice($"ours, {name}, {metric.Name().Replace('_', ' ')}", Mean(figure, metric), null, chance is null ? double.NaN : Mean(chance, metric)))]);
        }

        double Mean(Func<HiddenLayers, double> figure, Metric metric) => runs.Average(run => figure(Hidden(run, metric)));

        LedgerFigure One(double value) => LedgerFigure.None with { Value = value, Runs = runs.Count, Cells = 1 };
    }

    // The hidden layers of a run: the article speaks of no output layer.
    private static HiddenLayers Hidden(RunRecord record, Metric metric)
    {
        var run = RunSeries.Of(record, metric);
        return new HiddenLayers(run, [.. run.Layers.SkipLast(1)], [.. run.Series.SkipLast(1)]);
    }

    private static double EarlyShare(HiddenLayers run)
    {
        var jumps = run.Series.SelectMany(series => Jumps.Find(series)).ToArray();
        return jumps.Length == 0 ? double.NaN : (double)jumps.Count(jump => run.Run.Steps[jump.Index] < Quarter) / jumps.Length;
    }

    private static double RollingJumps(HiddenLayers run) => run.Series.Sum(series => LayerTransitions.BeyondRollingWindow(series, TrackerThreshold));

    private static double LossCorrelation(HiddenLayers run, Func<double[], double[]> of) => run.Series.Average(series => Correlation.Pearson(of(series), of(run.Run.Loss)));

    private sealed record HiddenLayers(RunSeries Run, IReadOnlyList<LayerSeries> Layers, IReadOnlyList<double[]> Series);
}
