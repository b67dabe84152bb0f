using MathNet.Numerics.Distributions;
using Ndt.Analysis;
using Ndt.Claims.Ledger;
using Ndt.Measurement;

namespace Ndt.Claims.Later;

/// <summary>
/// The claims of the study's author since (ndt 2.0 and its companion paper; study, §6) held against the 55 records and our runs, by every definition that was tried. The
/// paper's own code is not at hand. The definition behind its counts was found by trying: the standard deviation is that of the changes in the second half of training.
/// </summary>
public static class TransitionClaims
{
    private static readonly string[] Families = ["cnn", "mlp", "transformer"];
    private static readonly double NoiseBeyond2 = 2 * Normal.CDF(0, 1, -AnalysisParameters.Study.JumpThreshold);
    private static readonly (string Name, TransitionCount At2, TransitionCount At5, TransitionCount At100)[] Scales =
    [
        ("σ of the changes after half of training", TransitionCount.Late2, TransitionCount.Late5, TransitionCount.Late100),
        ("σ of the whole series of changes", TransitionCount.Series2, TransitionCount.Series5, TransitionCount.Series100),
        ("σ of a rolling window of 50 values", TransitionCount.Rolling2, TransitionCount.Rolling5, TransitionCount.Rolling100),
    ];

    /// <summary>The figure of a claim; <see cref="LaterFigure.None"/> for one that is not about transitions.</summary>
    /// <param name="claim">The claim's name.</param>
    /// <param name="study">Transitions in the study's records; may be empty.</param>
    /// <param name="ours">Transitions in our runs; may be empty.</param>
    /// <param name="replicates">Resamples of cells.</param>
    /// <param name="seed">Of the resamples.</param>
    public static LaterFigure Of(string claim, IReadOnlyList<LayerTransitions> study, IReadOnlyList<LayerTransitions> ours, int replicates, int seed)
    {
        return claim switch
        {
            "since_measurements" => Measurements(),
            "since_transitions_2" => Total(TransitionCount.Late2, scale => scale.At2),
            "since_transitions_100" => Total(TransitionCount.Late100, scale => scale.At100),
            "since_correlation" => Figure(
                Metric.ParticipationRatio, rows => Correlation(rows, TransitionCount.Series2), null,
                [.. Scales.SelectMany(scale => new[] { (scale.Name, Count: scale.At2, Sigma: "2"), (scale.Name, Count: scale.At5, Sigma: "5") })
                    .SelectMany(way => OnEveryMetric($"{way.Sigma} × {way.Name} against PELT", rows => Correlation(rows, way.Count)))]),
            "since_pelt_low" => Figure(Metric.ParticipationRatio, rows => ByFamily(rows, TransitionCount.Pelt).Min(), null, OnEveryMetric("lowest family", rows => ByFamily(rows, TransitionCount.Pelt).Min())),
            "since_pelt_high" => Figure(Metric.ParticipationRatio, rows => ByFamily(rows, TransitionCount.Pelt).Max(), null, OnEveryMetric("highest family", rows => ByFamily(rows, TransitionCount.Pelt).Max())),
            "since_five_sigma_low" => Figure(Metric.RecordedStableRank, rows => ByFamily(rows, TransitionCount.Rolling5).Min(), null, FiveSigma("lowest", families => families.Min())),
            "since_five_sigma_high" => Figure(Metric.RecordedStableRank, rows => ByFamily(rows, TransitionCount.Rolling5).Max(), null, FiveSigma("highest", families => families.Max())),
            "since_consistent" => Consistent(),
            "since_escape" => Figure(Metric.RecordedStableRank, rows => Percent(rows, TransitionCount.LargestIsEarly), rows => Percent(rows, TransitionCount.EarlyChance), OnEveryMetric("largest change", rows => Percent(rows, TransitionCount.LargestIsEarly))),
            _ => LaterFigure.None,
        };

        LaterFigure Measurements()
        {
            var layers = study.Count(row => row.Metric == Metric.RecordedStableRank);
            var changes = study.Where(row => row.Metric == Metric.RecordedStableRank).Sum(row => row[TransitionCount.Series2]);
            return LaterFigure.None with { Reproduced = study.Count == 0 ? double.NaN : study.Select(row => row.Run).Distinct().Count() * (double)TransitionFile.Measurements, Choices = study.Count == 0 ? [] : [new("measurements of layers", layers * (double)TransitionFile.Measurements), new("changes beyond 2σ of the recorded stable rank", changes)] };
        }

        LaterFigure Total(TransitionCount count, Func<(string Name, TransitionCount At2, TransitionCount At5, TransitionCount At100), TransitionCount> at)
        {
            Func<IReadOnlyList<LayerTransitions>, double>? chance = count == TransitionCount.Late2 ? rows => NoiseBeyond2 * Changes(rows) : null;
            var figure = Figure(Metric.ParticipationRatio, rows => rows.Sum(row => row[count]), chance, [.. Scales.SelectMany(scale => OnEveryMetric(scale.Name, rows => rows.Sum(row => row[at(scale)])))]);
            var (runs, own) = (figure.Corrected.Runs, figure.Ours.Runs);
            return runs > 0 && own > 0 ? figure with { Ours = figure.Ours.Scaled((double)runs / own) } : figure;
        }

        LaterFigure Consistent()
        {
            return new LaterFigure(
                Of(study, Metric.ParticipationRatio) is { Count: > 0 } rows ? Share(rows, TransitionCount.InAllRecorded) : double.NaN,
                Shared(study, TransitionCount.InAll, TransitionCount.InAllByChance),
                Shared(ours, TransitionCount.InAll, TransitionCount.InAllByChance),
                Of(study, Metric.ParticipationRatio) is { Count: > 0 } all
                    ? [new("with the recorded stable rank", Share(all, TransitionCount.InAllRecorded), null, Share(all, TransitionCount.InAllRecordedByChance)), new("with the real stable rank", Share(all, TransitionCount.InAll), null, Share(all, TransitionCount.InAllByChance))]
                    : []);

            LedgerFigure Shared(IReadOnlyList<LayerTransitions> rows, TransitionCount count, TransitionCount chance) =>
                Over([.. rows.Where(row => row.Metric == Metric.ParticipationRatio)], some => Share(some, count), some => Share(some, chance));
        }

        LaterFigure Figure(Metric published, Func<IReadOnlyList<LayerTransitions>, double> figure, Func<IReadOnlyList<LayerTransitions>, double>? chance, IReadOnlyList<LedgerChoice> choices) => new(
            Of(study, published) is { Count: > 0 } rows ? figure(rows) : double.NaN,
            Over(Of(study, Metric.StableRank), figure, chance),
            Over(Of(ours, Metric.StableRank), figure, chance),
            choices);

        LedgerFigure Over(IReadOnlyList<LayerTransitions> rows, Func<IReadOnlyList<LayerTransitions>, double> figure, Func<IReadOnlyList<LayerTransitions>, double>? chance) =>
            LedgerFigure.Over(rows, row => row.Cell, row => row.Run, figure, chance, replicates, seed);

        LedgerChoice[] OnEveryMetric(string choice, Func<IReadOnlyList<LayerTransitions>, double> figure) => study.Count == 0
            ? []
            : [.. LayerTransitions.Metrics.Select(metric => new LedgerChoice($"{choice}, {metric.Name().Replace('_', ' ')}", figure(Of(study, metric))))];

        LedgerChoice[] FiveSigma(string which, Func<IEnumerable<double>, double> of) =>
            [.. Scales.SelectMany(scale => OnEveryMetric($"{which} family, 5 × {scale.Name}", rows => of(ByFamily(rows, scale.At5))))];
    }

    private static IReadOnlyList<LayerTransitions> Of(IReadOnlyList<LayerTransitions> rows, Metric metric) => [.. rows.Where(row => row.Metric == metric)];

    /// <summary>The mean a layer in each family that is there.</summary>
    private static double[] ByFamily(IReadOnlyList<LayerTransitions> rows, TransitionCount count) =>
        [.. Families.Select(family => rows.Where(row => row.Family == family).Select(row => row[count]).DefaultIfEmpty(double.NaN).Average()).Where(double.IsFinite)];

    private static double Correlation(IReadOnlyList<LayerTransitions> rows, TransitionCount count) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(rows.Select(row => row[count]), rows.Select(row => row[TransitionCount.Pelt]));

    private static double Percent(IReadOnlyList<LayerTransitions> rows, TransitionCount count) => 100 * rows.Average(row => row[count]);

    private static double Share(IReadOnlyList<LayerTransitions> rows, TransitionCount count) => 100 * rows.Sum(row => row[count]) / rows.Sum(row => row[TransitionCount.Series2]);

    private static double Changes(IReadOnlyList<LayerTransitions> rows) => rows.Count * (double)(TransitionFile.Measurements - 1);
}
