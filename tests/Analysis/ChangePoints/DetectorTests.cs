using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Analysis;
using Ndt.Analysis.ChangePoints;

namespace Ndt.Tests.Analysis.ChangePoints;

public sealed class DetectorTests
{
    /// <summary>Levels 0, 5, 2, 9 with a fixed pattern of noise in [−0.5, 0.5].</summary>
    private static readonly double[] FourLevels =
    [
        .. Enumerable.Range(0, 150).Select(i => (i < 50 ? 0 : i < 80 ? 5 : i < 120 ? 2 : 9) + (((37 * i % 11) - 5) / 10.0)),
    ];

    private const double Penalty = 2;

    public static TheoryData<string> Names => [.. Detectors.Keys];

    private static Dictionary<string, IChangeDetector> Detectors { get; } =
        ((IChangeDetector[])[new IncrementRule(), new PeltDetector(), new EdPeltDetector(), new LocalContrast(), new EdgeContrast()]).ToDictionary(detector => detector.Name);

    [Fact]
    public void PELT_finds_the_four_levels_at_every_penalty_from_1_to_100()
    {
        for (var penalty = 1; penalty <= 100; penalty++)
        {
            Assert.Equal([50, 80, 120], new PeltDetector(penalty).Detect(FourLevels));
        }
    }

    [Fact]
    public void PELT_with_its_own_penalty_finds_them_too_on_any_scale_and_far_from_0()
    {
        Assert.Equal([50, 80, 120], new PeltDetector().Detect(FourLevels));
        Assert.Equal([50, 80, 120], new PeltDetector().Detect(Array.ConvertAll(FourLevels, value => 1 - (1e-10 * value))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void PELT_costs_no_more_than_the_best_of_all_segmentations(int minimum)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var series = new double[40];
            Normal.Samples(new MersenneTwister(seed), series, 0, 1);
            for (var i = 0; i < series.Length; i++)
            {
                series[i] += i / 13;
            }

            var cost = new SquaredDeviations(series);
            Assert.Equal(LeastCost(cost, series.Length, minimum), Cost(cost, new PeltDetector(Penalty, minimum).Detect(series), series.Length), 1e-9);
        }
    }

    [Fact]
    public void The_penalty_is_that_of_the_noise_whatever_the_steps()
    {
        var series = new double[4000];
        Normal.Samples(new MersenneTwister(1), series, 0, 1);
        var expected = 2 * Math.Log(series.Length);
        Assert.Equal(expected, PeltDetector.BicPenalty(series), 0.1 * expected);
        for (var i = 1000; i < series.Length; i++)
        {
            series[i] += 50;
        }

        Assert.Equal(expected, PeltDetector.BicPenalty(series), 0.1 * expected);
        Assert.Equal(0, PeltDetector.BicPenalty([3]));

        // Counts stand still most of the time: increments 0, 0, 0, 1 have standard deviation √3/4.
        Assert.Equal(3.0 / 16 * Math.Log(5), PeltDetector.BicPenalty([7, 7, 7, 7, 8]), 1e-14);
    }

    [Fact]
    public void A_ramp_is_not_14_jumps_but_ED_PELT_says_so() =>
        Assert.Equal(14, new EdPeltDetector(minimum: 1).Detect([.. Enumerable.Range(1, 1000).Select(i => (double)i)]).Length);

    [Fact]
    public void A_ramp_is_no_jump_to_the_increment_rule_but_a_bend_is()
    {
        Assert.Empty(new IncrementRule().Detect([.. Enumerable.Range(0, 400).Select(i => i / 16.0)]));
        Assert.NotEmpty(new IncrementRule().Detect([.. Enumerable.Range(0, 400).Select(i => 10 / (1 + Math.Exp((200 - i) / 16.0)))]));
    }

    [Fact]
    public void The_increment_rule_reports_the_first_value_after_each_jump()
    {
        double[] series = [.. Enumerable.Range(0, 100).Select(i => i < 40 ? 0.0 : 1.0)];
        Assert.Equal([40], new IncrementRule().Detect(series));
        Assert.Equal([39], Jumps.Find(series).Select(jump => jump.Index));
    }

    [Fact]
    public void Local_contrast_finds_a_step_on_a_ramp_and_nothing_on_the_ramp_alone()
    {
        double[] ramp = [.. Enumerable.Range(0, 400).Select(i => 0.3 * i)];
        Assert.Empty(new LocalContrast().Detect(ramp));
        Assert.Equal([150], new LocalContrast().Detect([.. ramp.Select((value, i) => i < 150 ? value : value + 2)]));
    }

    [Fact]
    public void Edge_contrast_finds_a_step_eight_values_from_an_end_and_nothing_in_the_start_of_a_transient()
    {
        var noise = new double[400];
        Normal.Samples(new MersenneTwister(5), noise, 0, 0.05);
        Assert.Equal([8], new EdgeContrast().Detect([.. noise.Select((value, i) => i < 8 ? value : value + 1)]));
        Assert.Equal([392], new EdgeContrast().Detect([.. noise.Select((value, i) => i < 392 ? value : value + 1)]));
        foreach (var time in (double[])[2, 4, 8, 16, 32])
        {
            Assert.Empty(new EdgeContrast().Detect([.. Enumerable.Range(0, 400).Select(i => 10 * Math.Exp(-i / time))]));
        }
    }

    [Fact]
    public void Edge_contrast_keeps_its_false_alarms_rare_where_noise_is_loud_at_the_start_alone()
    {
        var alarms = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var noise = new double[400];
            Normal.Samples(new MersenneTwister(seed), noise, 0, 1);
            alarms += new EdgeContrast().Detect([.. noise.Select((value, i) => value * (0.05 + (0.95 * Math.Exp(-i / 8.0))))]).Count(place => place <= 40);
        }

        // NumPy, 200 series: 0.38 per 1,000 values of the first tenth, so one or two here.
        Assert.InRange(alarms, 0, 6);
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(10, 1)]
    [InlineData(14, 2)]
    public void To_local_contrast_steps_within_two_widths_are_one_change(int apart, int expected)
    {
        var series = new double[400];
        Normal.Samples(new MersenneTwister(3), series, 0, 0.05);
        for (var i = 170; i < series.Length; i++)
        {
            series[i] += i < 170 + apart ? 2 : 4;
        }

        Assert.Equal(expected, new LocalContrast().Detect(series).Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_clean_step_is_one_change_at_its_place_and_scale_and_sign_do_not_matter(string name)
    {
        var series = new double[400];
        Normal.Samples(new MersenneTwister(3), series, 0, 0.05);
        for (var i = 170; i < series.Length; i++)
        {
            series[i] += 2;
        }

        var changes = Detectors[name].Detect(series);
        Assert.Contains(170, changes);
        Assert.Equal(changes, Detectors[name].Detect(Array.ConvertAll(series, value => -1024 * value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_constant_and_series_too_short_have_no_changes(string name)
    {
        Assert.Empty(Detectors[name].Detect(Enumerable.Repeat(0.1, 400).ToArray()));
        Assert.Empty(Detectors[name].Detect([]));
        Assert.Empty(Detectors[name].Detect([1]));
        Assert.Empty(Detectors[name].Detect([1, 2]));
    }

    private static double Cost(SquaredDeviations cost, int[] changes, int length)
    {
        int[] ends = [0, .. changes, length];
        return (changes.Length * Penalty) + Enumerable.Range(1, ends.Length - 1).Sum(i => cost.Of(ends[i - 1], ends[i]));
    }

    /// <summary>Optimal partitioning without pruning.</summary>
    private static double LeastCost(SquaredDeviations cost, int length, int minimum)
    {
        var least = Enumerable.Repeat(double.PositiveInfinity, length + 1).ToArray();
        least[0] = -Penalty;
        for (var end = minimum; end <= length; end++)
        {
            for (var start = 0; start <= end - minimum; start++)
            {
                least[end] = Math.Min(least[end], least[start] + Penalty + cost.Of(start, end));
            }
        }

        return least[length];
    }
}
