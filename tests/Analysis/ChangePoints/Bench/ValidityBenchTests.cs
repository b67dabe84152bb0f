using MathNet.Numerics.Random;
using Ndt.Analysis.ChangePoints;
using Ndt.Analysis.ChangePoints.Bench;
using Ndt.Statistics;

namespace Ndt.Tests.Analysis.ChangePoints.Bench;

public sealed class ValidityBenchTests
{
    private static readonly IChangeDetector[] Fast = [new IncrementRule(), new PeltDetector(), new LocalContrast(), new EdgeContrast()];

    public static TheoryData<string> Names => [.. Scenarios.All.Concat(Scenarios.PowerCurve).Select(scenario => scenario.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scenario_makes_finite_series_of_the_length_asked_for_with_its_truth_inside(string name)
    {
        var scenario = Scenarios.All.Concat(Scenarios.PowerCurve).First(one => one.Name == name);
        for (var seed = 0; seed < 20; seed++)
        {
            var series = scenario.Make(400, new MersenneTwister(seed));
            Assert.Equal(400, series.Values.Length);
            Assert.All(series.Values, value => Assert.True(double.IsFinite(value)));
            Assert.Equal(double.IsNaN(scenario.StepSize), series.Changes.Length == 0);
            Assert.Equal(series.Changes.Order(), series.Changes);
            Assert.All(series.Changes, change => Assert.InRange(change, 1, 399));
            Assert.Equal(series.Values, scenario.Make(400, new MersenneTwister(seed)).Values);
        }
    }

    [Fact]
    public void Noise_has_the_spread_it_claims()
    {
        foreach (var scenario in (Scenario[])[Scenarios.WhiteNoise, Scenarios.Autoregressive, Scenarios.HeavyTails])
        {
            var values = scenario.Make(40_000, new MersenneTwister(1)).Values;
            Assert.Equal(1, Descriptive.PopulationStandardDeviation(values), 0.08);
            Assert.Equal(0, Descriptive.Mean(values), 0.08);
        }
    }

    [Fact]
    public void Detections_and_changes_are_matched_one_to_one_the_nearest_first()
    {
        var truth = new SyntheticSeries(new double[100], [20, 50, 80]);
        Assert.Equal(new DetectionCounts(100, 2, 1, 2, Distance: 1 + 2, Lead: 1 + 2), DetectionCounts.Of(truth, [10, 19, 21, 48], tolerance: 5));
        Assert.Equal(new DetectionCounts(100, 2, 1, 0, Distance: 1 + 2, Lead: 1 - 2), DetectionCounts.Of(truth, [19, 52], tolerance: 5));
        Assert.Equal(new DetectionCounts(100, 0, 3, 1, 0, 0), DetectionCounts.Of(truth, [26], tolerance: 5));

        // 22 is nearest to 20, which leaves 27 without a change, though 22 and 27 are near one each.
        Assert.Equal(new DetectionCounts(100, 1, 1, 1, Distance: 2, Lead: -2), DetectionCounts.Of(new SyntheticSeries(new double[100], [20, 60]), [22, 27], tolerance: 5));
    }

    [Fact]
    public void Scores_of_known_counts_are_their_ratios()
    {
        var score = BenchScore.Of("d", Scenarios.SeveralSteps, [new DetectionCounts(400, 3, 1, 2, 6, 1.5), new DetectionCounts(400, 3, 1, 2, 6, -4.5)], 50, seed: 1);
        Assert.Equal(5, score.FalseAlarms.Estimate);
        Assert.Equal(0.75, score.Recall.Estimate);
        Assert.Equal(2, score.LocalisationError.Estimate);
        Assert.Equal(-0.5, score.Lead.Estimate);
        Assert.Equal(12.0 / 18, score.F1.Estimate, 1e-15);
        Assert.Equal((0.75, 0.75), (score.Recall.Low, score.Recall.High));

        var none = BenchScore.Of("d", Scenarios.WhiteNoise, [new DetectionCounts(400, 0, 0, 2, 0, 0)], 50, seed: 1);
        Assert.Equal(double.NaN, none.Recall.Estimate);
        Assert.Equal(double.NaN, none.F1.Estimate);
    }

    [Fact]
    public void The_same_seed_gives_the_same_table_and_the_increment_rule_has_the_false_alarms_of_the_normal_law()
    {
        var scores = ValidityBench.Run(Fast, [Scenarios.WhiteNoise, Scenarios.OneStep(3)], series: 30, seed: 4);
        Assert.Equal(BenchScore.Table(scores), BenchScore.Table(ValidityBench.Run(Fast, [Scenarios.WhiteNoise, Scenarios.OneStep(3)], series: 30, seed: 4)));
        Assert.Equal(2 * Fast.Length, scores.Count);
        Assert.Equal(45.5, scores[0].FalseAlarms.Estimate, 4.0);
        Assert.InRange(scores[0].FalseAlarms.Estimate, scores[0].FalseAlarms.Low, scores[0].FalseAlarms.High);
    }

    [Fact]
    public void Power_grows_with_the_step_and_what_fires_often_finds_by_chance()
    {
        var scores = ValidityBench.Run(Fast, [Scenarios.OneStep(0.5), Scenarios.OneStep(3), Scenarios.OneStep(5)], series: 40, seed: 1);
        foreach (var detector in scores.GroupBy(score => score.Detector))
        {
            var recalls = detector.Select(score => score.Recall.Estimate).ToArray();
            Assert.Equal(recalls.Order(), recalls);
            Assert.True(recalls[2] > 0.5);
        }

        // 45 detections per 1,000 values, 11 places around a change: 1 − 0.955¹¹ = 0.40.
        Assert.Equal(0.4, scores[0].ChanceRecall, 0.05);
        Assert.Equal(scores[0].ChanceRecall, scores[0].Recall.Estimate, 0.2);
    }

    [Fact]
    public void A_detector_that_fires_on_a_noise_free_drift_is_not_valid_whatever_its_recall()
    {
        var scores = ValidityBench.Run(Fast, Scenarios.All, series: 20, seed: 1);
        var verdicts = DetectorVerdict.Of(scores).ToDictionary(verdict => verdict.Detector);
        Assert.False(verdicts[Fast[0].Name].Valid);
        Assert.Contains("sigmoid drift, no noise", verdicts[Fast[0].Name].Reason, StringComparison.Ordinal);
        Assert.False(verdicts[Fast[1].Name].Valid);
        Assert.Contains("linear drift, no noise", verdicts[Fast[1].Name].Reason, StringComparison.Ordinal);
        Assert.True(verdicts[Fast[2].Name].Valid, verdicts[Fast[2].Name].Reason);
        Assert.True(verdicts[Fast[3].Name].Valid, verdicts[Fast[3].Name].Reason);
    }

    [Fact]
    public void Without_a_drift_or_white_noise_there_is_no_verdict()
    {
        Assert.Throws<ArgumentException>(() => DetectorVerdict.Of(ValidityBench.Run(Fast, [Scenarios.WhiteNoise], 1, 1)));
        Assert.Throws<ArgumentException>(() => DetectorVerdict.Of(ValidityBench.Run(Fast, [Scenarios.LinearDriftNoiseFree], 1, 1)));
    }
}
