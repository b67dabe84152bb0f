using MathNet.Numerics.Distributions;
using Ndt.Statistics;

namespace Ndt.Analysis.ChangePoints.Bench;

/// <summary>What a detector does on series of one's own, whose changes are known (or known to be none).</summary>
/// <remarks>
/// All three intervals take alarms and changes as independent of each other. Of series that are not (layers of one run) they are too narrow; compare
/// over runs then.
/// </remarks>
/// <param name="Detector">The detector's name.</param>
/// <param name="Series">Series.</param>
/// <param name="Points">Values in all of them.</param>
/// <param name="Changes">True changes in all of them.</param>
/// <param name="Detections">Detections in all of them.</param>
/// <param name="FalseAlarms">Detections without a true change of their own.</param>
/// <param name="FalseAlarmRate">The same per 1,000 values; the interval is Garwood's for a Poisson count ("Fiducial limits for the Poisson distribution", Biometrika 28, 1936), which also bounds a count of 0.</param>
/// <param name="Recall">Share of the true changes found, with Wilson's interval; NaN without changes.</param>
/// <param name="ChanceRecall">The recall that as many detections thrown at random would have: 1 − (1 − detections/points)^(2·tolerance + 1).</param>
/// <param name="Delay">Mean of detection − change over those found, in values; below 0 where it fires early. Student's interval; NaN below two found.</param>
public sealed record OwnSeriesScore(
    string Detector, int Series, int Points, int Changes, int Detections, int FalseAlarms, RateInterval FalseAlarmRate, WilsonInterval Recall, double ChanceRecall, RateInterval Delay)
{
    /// <summary>Scores a detector.</summary>
    public static OwnSeriesScore Of(IChangeDetector detector, IReadOnlyList<SyntheticSeries> series, int tolerance) =>
        Of(detector.Name, series, [.. series.Select(one => detector.Detect(one.Values))], tolerance);

    /// <summary>Scores detections that somebody else's detector made: an array for each series, ascending.</summary>
    /// <exception cref="ArgumentException">There are not as many arrays as series.</exception>
    public static OwnSeriesScore Of(string detector, IReadOnlyList<SyntheticSeries> series, IReadOnlyList<int[]> detections, int tolerance)
    {
        if (series.Count != detections.Count)
        {
            throw new ArgumentException($"{detections.Count} lists of detections for {series.Count} series");
        }

        var matches = series.Zip(detections, (one, found) => DetectionCounts.Match(one.Changes, found, tolerance)).ToArray();
        var points = series.Sum(one => one.Values.Length);
        var changes = series.Sum(one => one.Changes.Length);
        var all = detections.Sum(one => one.Length);
        var found = matches.Sum(one => one.Count);
        return new OwnSeriesScore(
            detector, series.Count, points, changes, all, all - found,
            Garwood(all - found, points),
            WilsonInterval.Of(found, changes),
            changes == 0 ? double.NaN : 1 - Math.Pow(1 - Math.Min(1, (double)all / points), (2 * tolerance) + 1),
            Student([.. matches.SelectMany(one => one.Select(match => (double)(match.Detection - match.Change)))]));
    }

    /// <summary>Scores as CSV, one row each.</summary>
    public static string Table(IEnumerable<OwnSeriesScore> scores)
    {
        var table = new Csv(
            "detector", "series", "points", "changes", "detections", "false_alarms", "false_alarms_per_1000", "false_alarms_low", "false_alarms_high",
            "recall", "recall_low", "recall_high", "chance_recall", "delay", "delay_low", "delay_high");
        foreach (var score in scores)
        {
            table.Add(score.Detector).Add(score.Series).Add(score.Points).Add(score.Changes).Add(score.Detections).Add(score.FalseAlarms)
                .Add(score.FalseAlarmRate.Value).Add(score.FalseAlarmRate.Low).Add(score.FalseAlarmRate.High)
                .Add(score.Recall.Share).Add(score.Recall.Low).Add(score.Recall.High).Add(score.ChanceRecall)
                .Add(score.Delay.Value).Add(score.Delay.Low).Add(score.Delay.High);
        }

        return table.ToString();
    }

    private static RateInterval Garwood(int count, int points)
    {
        var scale = 1000.0 / points;
        return new RateInterval(scale * count, count == 0 ? 0 : scale * Gamma.InvCDF(count, 1, 0.025), scale * Gamma.InvCDF(count + 1, 1, 0.975));
    }

    private static RateInterval Student(double[] delays)
    {
        var mean = Jackknife.OfMean(delays);
        return new RateInterval(mean.Estimate, mean.Low, mean.High);
    }
}
