using System.Globalization;
using System.Text;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Collapse;

/// <summary>How far <see cref="CollapseAlarm"/> may be believed: what it does on made series whose truth is known, and on recorded runs.</summary>
public static class CollapseBench
{
    /// <summary>Measurements of a made series: as many as a run of the study has.</summary>
    public const int Length = 400;

    private const int Largest = 64;
    private const string None = "–";

    private static readonly (string Name, Func<Random, Series> Make)[] Scenarios =
    [
        ("noise of 5 %", random => Healthy(random, 0.05, _ => 20)),
        ("noise of 20 %", random => Healthy(random, 0.2, _ => 20)),
        ("swings: AR(1) of 0.9, 10 %", random => Healthy(random, 0.1, _ => 20, persistence: 0.9)),
        ("smooth decline, 20 to 5", random => Healthy(random, 0.05, i => 20 * Math.Pow(0.25, i / (double)Length))),
        ("fast decline at the start, 40 to 8", random => Healthy(random, 0.05, i => 8 + (32 * Math.Exp(-i / 15.0)))),
        ("healthy growth, 3 to 20", random => Healthy(random, 0.05, i => 3 * Math.Pow(20.0 / 3, i / (double)Length))),
        ("collapse to 1.2 at once", random => Collapsing(random, over: 1, to: 1.2)),
        ("collapse to 1.2 over 10 measurements", random => Collapsing(random, over: 10, to: 1.2)),
        ("collapse to 1.2 over 50 measurements", random => Collapsing(random, over: 50, to: 1.2)),
        ("fall to a quarter over 10 measurements", random => Collapsing(random, over: 10, to: 5)),
    ];

    /// <summary>Tries the alarm on made series, scenario by scenario. The result depends on the seed alone.</summary>
    /// <param name="series">Series of each scenario.</param>
    /// <param name="seed">Of the series and of the bootstrap.</param>
    /// <param name="rule">The rule to try; null for the defaults.</param>
    public static IReadOnlyList<CollapseScore> Run(int series, int seed, CollapseRule? rule = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(series, 1);
        rule ??= new CollapseRule();
        return
        [
            .. Scenarios.Select((scenario, place) => CollapseScore.Of(
                scenario.Name,
                [.. Enumerable.Range(0, series).Select(one => Count(scenario.Make(new MersenneTwister(DerivedSeed.Of(seed, (place * series) + one))), rule))],
                seed)),
        ];
    }

    /// <summary>The alarm on recorded runs, whose truth is not known: every layer of the study's view, all alarms counted as false. A unit of the bootstrap is a run.</summary>
    public static CollapseScore OnRecords(string name, IEnumerable<RunRecord> records, int seed, CollapseRule? rule = null)
    {
        rule ??= new CollapseRule();
        var counts = records.Select(record =>
        {
            var layers = record.Layers.Where(layer => layer.View == LayerView.Study && layer.Has(Metric.CentredEffectiveRank));
            return layers.Select(layer => Count(new Series(layer[Metric.CentredEffectiveRank], null), rule, Math.Min(layer.Samples - 1, layer.Features))).Aggregate(
                new CollapseCount(0, 0, null, false), (sum, one) => new CollapseCount(sum.Points + one.Points, sum.FalseAlarms + one.FalseAlarms, null, false));
        });
        return CollapseScore.Of(name, [.. counts], seed);
    }

    /// <summary>Scores as a Markdown table.</summary>
    public static string Markdown(IEnumerable<CollapseScore> scores)
    {
        var text = new StringBuilder("| series | of these | false alarms per 1,000 measurements | collapses found | delay, measurements |\n| --- | --- | --- | --- | --- |\n");
        foreach (var score in scores)
        {
            var found = double.IsNaN(score.Found.Share) ? None : Interval(100 * score.Found.Share, 100 * score.Found.Low, 100 * score.Found.High, "0", " %");
            text.Append(CultureInfo.InvariantCulture, $"| {score.Scenario} | {score.Series} | {Of(score.FalseAlarms, "0.00")} | {found} | {Of(score.Delay, "0.0")} |\n");
        }

        return text.ToString();

        static string Of(ConfidenceInterval interval, string format) =>
            double.IsNaN(interval.Estimate) ? None : Interval(interval.Estimate, interval.Low, interval.High, format, "");

        static string Interval(double estimate, double low, double high, string format, string unit) =>
            string.Create(CultureInfo.InvariantCulture, $"{Text(estimate, format)}{unit} [{Text(low, format)}, {Text(high, format)}]");

        static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static CollapseCount Count(Series series, CollapseRule rule, int largest = Largest)
    {
        var detector = new CollapseDetector(rule, largest);
        int falseAlarms = 0, points = 0;
        int? delay = null;
        for (var i = 0; i < series.Values.Length; i++)
        {
            var fires = detector.Add(series.Values[i]);
            if (series.Start is { } start && i >= start)
            {
                // Only the first alarm finds the collapse; what follows in the ruins is not judged.
                delay ??= fires ? i - start : null;
                continue;
            }

            points++;
            falseAlarms += fires ? 1 : 0;
        }

        return new CollapseCount(points, falseAlarms, delay, series.Start is not null);
    }

    private static Series Healthy(Random random, double noise, Func<int, double> level, double persistence = 0) => new(Noisy(random, noise, persistence, level), null);

    private static Series Collapsing(Random random, int over, double to)
    {
        var start = random.Next(Length / 4, Length / 2);
        return new Series(Noisy(random, 0.05, 0, i => 20 * Math.Pow(to / 20, Math.Clamp((i - start + 1) / (double)over, 0, 1))), start);
    }

    // Noise is of the logarithm, stationary, of the standard deviation given.
    private static double[] Noisy(Random random, double noise, double persistence, Func<int, double> level)
    {
        var values = new double[Length];
        var deviation = Normal.Sample(random, 0, noise);
        for (var i = 0; i < Length; i++)
        {
            deviation = i == 0 ? deviation : (persistence * deviation) + (Math.Sqrt(1 - (persistence * persistence)) * Normal.Sample(random, 0, noise));
            values[i] = Math.Max(1, level(i) * Math.Exp(deviation));
        }

        return values;
    }

    private sealed record Series(double[] Values, int? Start);
}
