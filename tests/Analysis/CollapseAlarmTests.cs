using Ndt.Analysis.Collapse;
using Ndt.Measurement;
using static TorchSharp.torch;

namespace Ndt.Tests.Analysis;

[Collection(nameof(TorchGenerator))]
public sealed class CollapseAlarmTests
{
    [Fact]
    public void It_fires_once_when_a_layer_falls_and_never_on_what_is_healthy()
    {
        var scores = CollapseBench.Run(series: 40, seed: 3).ToDictionary(score => score.Scenario);
        Assert.All(scores.Values, score => Assert.InRange(score.FalseAlarms.Estimate, 0, 1));
        Assert.All(scores.Values.Where(score => score.Scenario.StartsWith("collapse", StringComparison.Ordinal)), score => Assert.True(score.Found.Share == 1, score.Scenario));
        Assert.InRange(scores["collapse to 1.2 at once"].Delay.Estimate, 2, 3);
        Assert.True(scores["fall to a quarter over 10 measurements"].Found.Share > 0.9);
        Assert.Equal(0, scores["smooth decline, 20 to 5"].FalseAlarms.Estimate);
        Assert.Equal(0, scores["healthy growth, 3 to 20"].FalseAlarms.Estimate);
    }

    [Fact]
    public void A_layer_that_answers_all_alike_has_collapsed_and_one_that_never_lived_has_not()
    {
        var dies = new CollapseDetector(new CollapseRule(), largest: 50);
        var alarms = Enumerable.Range(0, 60).Where(i => dies.Add(i < 30 ? 10 : double.NaN)).ToArray();
        Assert.Equal([32], alarms);
        Assert.Equal(10, dies.Before, 1e-9);
        var never = new CollapseDetector(new CollapseRule(), largest: 50);
        Assert.DoesNotContain(true, Enumerable.Range(0, 60).Select(_ => never.Add(double.NaN)));
        var wakes = new CollapseDetector(new CollapseRule(), largest: 50);
        Assert.DoesNotContain(true, Enumerable.Range(0, 60).Select(i => wakes.Add(i < 2 ? double.NaN : 12)));
    }

    [Fact]
    public void A_fall_counts_when_it_exceeds_the_rules_spreads()
    {
        // Logarithms of 4 ± 0.3 have a spread of 1.4826 · 0.3 = 0.445; a fall to 1 is one of 6.7 spreads.
        Assert.Equal([42], Alarms(new CollapseRule(Spreads: 6)));
        Assert.Empty(Alarms(new CollapseRule(Spreads: 7)));
        Assert.Empty(Alarms(new CollapseRule()));

        static int[] Alarms(CollapseRule rule)
        {
            var detector = new CollapseDetector(rule, largest: 200);
            return [.. Enumerable.Range(0, 46).Where(i => detector.Add(Math.Exp(i >= 40 ? 1 : i % 2 == 0 ? 4.3 : 3.7)))];
        }
    }

    [Fact]
    public void One_low_value_is_an_accident()
    {
        var detector = new CollapseDetector(new CollapseRule(), largest: 50);
        Assert.DoesNotContain(true, Enumerable.Range(0, 60).Select(i => detector.Add(i == 40 ? 1 : 10)));
    }

    [Fact]
    public void The_answer_of_two_classes_is_not_at_its_floor()
    {
        var two = new CollapseDetector(new CollapseRule(), largest: 2);
        Assert.DoesNotContain(true, Enumerable.Range(0, 60).Select(_ => two.Add(1.3)));
    }

    [Fact]
    public void In_a_training_it_names_layer_class_and_step()
    {
        manual_seed(9);
        using var network = nn.Sequential(("hidden", nn.Linear(8, 16)));
        var labels = arange(90, ScalarType.Int64).remainder(3);
        var probe = randn(90, 8);
        var alarm = new CollapseAlarm();
        var warnings = new List<CollapseWarning>();
        using var tracker = new ActivationTracker(network, probe, new TrackerOptions { ByClass = true, OnMeasured = moment => warnings.AddRange(alarm.Check(moment)) }, labels);
        using var guard = no_grad();
        for (var step = 0; step < 40; step++)
        {
            if (step == 20)
            {
                probe.index_fill_(0, labels.eq(2).nonzero().flatten(), 1);
            }

            tracker.AfterStep(step);
        }

        var warning = Assert.Single(warnings);
        Assert.Equal(("hidden", 2, 22), (warning.Layer, warning.Class, warning.Step));
        Assert.Contains("step 22: hidden, class 2", warning.ToString(), StringComparison.Ordinal);
    }
}
