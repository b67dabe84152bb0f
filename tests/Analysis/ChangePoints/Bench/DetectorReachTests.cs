using Ndt.Analysis.ChangePoints;
using Ndt.Analysis.ChangePoints.Bench;

namespace Ndt.Tests.Analysis.ChangePoints.Bench;

public sealed class DetectorReachTests
{
    private static readonly IReadOnlyList<DetectorReach> Reaches =
        DetectorReach.Of([new LocalContrast(), new EdgeContrast(), new PeltDetector(), new Everywhere()], stepSize: 10, repeats: 2, seed: 3);

    [Fact]
    public void Local_contrast_is_blind_in_the_first_and_last_25_values_and_edge_contrast_in_the_first_and_last_8()
    {
        // The first place that a detector can report is at most the tolerance away from a planted step that still counts.
        Assert.Equal(25 - ValidityBench.Tolerance, Reaches[0].SeesFrom, 5.0);
        Assert.InRange(Reaches[1].SeesFrom, 4, 9);
        Assert.All(Enumerable.Range(1, 18), place => Assert.Equal(0, Reaches[0].FoundAt[place]));
        Assert.All(Enumerable.Range(382, 18), place => Assert.Equal(0, Reaches[0].FoundAt[place]));
    }

    [Fact]
    public void The_chance_level_of_a_detector_that_reports_every_place_is_a_tenth_and_that_of_a_blind_one_less()
    {
        Assert.Equal(40 / 399.0, Reaches[3].EarlyChance, 1e-12);
        Assert.InRange(Reaches[0].EarlyChance, 0.04, 0.07);
        Assert.InRange(Reaches[1].EarlyChance, 0.075, 0.1);
        Assert.Equal(0.1, Reaches[2].EarlyChance, 0.01);
    }

    [Fact]
    public void Early_false_alarms_count_what_is_reported_where_nothing_was_planted() => Assert.Equal(1000, Reaches[3].EarlyFalseAlarms, 1e-9);

    private sealed class Everywhere : IChangeDetector
    {
        public string Name => "everywhere";

        public int[] Detect(ReadOnlySpan<double> series) => [.. Enumerable.Range(1, series.Length - 1)];
    }
}
