using Ndt.Statistics;

namespace Ndt.Analysis.ChangePoints.Bench;

/// <summary>What a detector does on one kind of series. Intervals are BCa bootstraps over the series.</summary>
/// <remarks>A bootstrap of nothing but zeros has no width: no false alarm in N values is below 3/N at 95 % (the rule of three), not impossible.</remarks>
/// <param name="Detector">The detector's name.</param>
/// <param name="Scenario">The kind of series.</param>
/// <param name="Series">Series that it was tried on.</param>
/// <param name="FalseAlarms">Detections without a true change, per 1,000 values.</param>
/// <param name="Recall">Share of the true changes found; NaN where there are none.</param>
/// <param name="LocalisationError">Mean distance of those found, in values, at most the tolerance; NaN where none is found in the data or a resample.</param>
/// <param name="Lead">
/// Mean lead time of those found, in values: above 0 where a change is reported before it happens, as by a detector that takes what leads to it for the change; NaN as above. It is of
/// detectors that see the whole series; how long one waits that sees only what has been so far, its page says (<see cref="Collapse.CollapseAlarm"/>).
/// </param>
/// <param name="F1">2·found / (2·found + missed + false alarms); NaN where there are no true changes.</param>
public sealed record BenchScore(
    string Detector,
    Scenario Scenario,
    int Series,
    ConfidenceInterval FalseAlarms,
    ConfidenceInterval Recall,
    ConfidenceInterval LocalisationError,
    ConfidenceInterval Lead,
    ConfidenceInterval F1)
{
    /// <summary>
    /// The recall that detections thrown at random, as many as the false alarms, would have: 1 − (1 − rate)^(2·tolerance + 1). A detector that fires
    /// often enough finds everything.
    /// </summary>
    public double ChanceRecall => 1 - Math.Pow(1 - (FalseAlarms.Estimate / 1000), (2 * ValidityBench.Tolerance) + 1);

    internal static BenchScore Of(string detector, Scenario scenario, IReadOnlyList<DetectionCounts> counts, int replicates, int seed)
    {
        var hasChanges = counts.Any(count => count.Found + count.Missed > 0);
        return new BenchScore(
            detector,
            scenario,
            counts.Count,
            Interval(series => 1000.0 * series.Sum(one => one.FalseAlarms) / series.Sum(one => one.Points)),
            Interval(series => (double)series.Sum(one => one.Found) / series.Sum(one => one.Found + one.Missed)),
            Interval(series => series.Sum(one => one.Distance) / series.Sum(one => one.Found)),
            Interval(series => series.Sum(one => one.Lead) / series.Sum(one => one.Found)),
            Interval(series => hasChanges
                ? 2.0 * series.Sum(one => one.Found) / series.Sum(one => (2 * one.Found) + one.Missed + one.FalseAlarms)
                : double.NaN));

        ConfidenceInterval Interval(Func<IReadOnlyList<DetectionCounts>, double> statistic) =>
            ClusterBootstrap.DrawUnits(counts, statistic, replicates, seed).Bca();
    }

    /// <summary>Scores as CSV, one row each, in the order given.</summary>
    public static string Table(IEnumerable<BenchScore> scores)
    {
        var table = new Csv(
            "detector", "scenario", "step_size", "series", "false_alarms_per_1000", "false_alarms_low", "false_alarms_high",
            "recall", "recall_low", "recall_high", "chance_recall", "localisation_error", "localisation_error_low", "localisation_error_high", "lead", "lead_low", "lead_high", "f1", "f1_low", "f1_high",
            "replicates", "seed");
        foreach (var score in scores)
        {
            table.Add(score.Detector).Add(score.Scenario.Name).Add(score.Scenario.StepSize).Add(score.Series);
            Add(table, score.FalseAlarms);
            Add(table, score.Recall);
            table.Add(double.IsNaN(score.Recall.Estimate) ? double.NaN : score.ChanceRecall);
            Add(table, score.LocalisationError);
            Add(table, score.Lead);
            Add(table, score.F1);
            table.Add(score.FalseAlarms.Replicates).Add(score.FalseAlarms.Seed);
        }

        return table.ToString();
    }

    private static void Add(Csv table, ConfidenceInterval interval) => table.Add(interval.Estimate).Add(interval.Low).Add(interval.High);
}
