using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Ndt.Analysis.ChangePoints.Bench;

/// <summary>The bench's series. Noise has standard deviation 1 unless said otherwise.</summary>
public static class Scenarios
{
    private const double Persistence = 0.8;
    private const double StudentDegrees = 3;
    private const double DriftHeight = 10;
    private const int StepCount = 4;

    /// <summary>Independent normal noise: the reference for false alarms.</summary>
    public static Scenario WhiteNoise { get; } = new("white noise", (n, random) => NoChange(Noise(n, random)));

    /// <summary>x[i] = 0.8·x[i−1] + noise, stationary, of variance 1: slow swings, no jump.</summary>
    public static Scenario Autoregressive { get; } = new("AR(1), 0.8", (n, random) =>
    {
        var values = Noise(n, random);
        var fresh = Math.Sqrt(1 - (Persistence * Persistence));
        for (var i = 1; i < n; i++)
        {
            values[i] = (Persistence * values[i - 1]) + (fresh * values[i]);
        }

        return NoChange(values);
    });

    /// <summary>Student's t with 3 degrees of freedom, scaled to variance 1: single values far out.</summary>
    public static Scenario HeavyTails { get; } = new("heavy tails, t(3)", (n, random) =>
    {
        var scale = Math.Sqrt((StudentDegrees - 2) / StudentDegrees);
        return NoChange(Values(n, _ => scale * StudentT.Sample(random, 0, 1, StudentDegrees)));
    });

    /// <summary>Noise whose standard deviation falls from 1 to 1/20, as training curves settle.</summary>
    public static Scenario DecayingNoise { get; } = new("decaying noise", (n, random) =>
    {
        var noise = Noise(n, random);
        return NoChange(Values(n, i => noise[i] * Math.Pow(20, -(double)i / n)));
    });

    /// <summary>A ramp in steps of 1/16, which floating point holds exactly: every increment is the same.</summary>
    public static Scenario LinearDriftNoiseFree { get; } = new("linear drift, no noise", (n, _) => NoChange(Values(n, i => i / 16.0))) { IsNoiseFreeDrift = true };

    /// <summary>A ramp over 10 standard deviations, with noise.</summary>
    public static Scenario LinearDrift { get; } = new("linear drift", (n, random) =>
    {
        var noise = Noise(n, random);
        return NoChange(Values(n, i => noise[i] + (DriftHeight * i / n)));
    });

    /// <summary>A logistic rise by 10 over about a quarter of the series, around a place drawn from its middle third.</summary>
    public static Scenario SigmoidDriftNoiseFree { get; } = new("sigmoid drift, no noise", (n, random) =>
    {
        var centre = Centre(n, random);
        return NoChange(Values(n, i => Sigmoid(i, centre, n)));
    })
    { IsNoiseFreeDrift = true };

    /// <summary>The same with noise.</summary>
    public static Scenario SigmoidDrift { get; } = new("sigmoid drift", (n, random) =>
    {
        var centre = Centre(n, random);
        var noise = Noise(n, random);
        return NoChange(Values(n, i => noise[i] + Sigmoid(i, centre, n)));
    });

    /// <summary>
    /// A smooth drift of a few rounding units near 1, as the study's recorded stable rank is (defect A): 1 − 1e-10/F with F growing from 1e5. What
    /// moves there is the rounding.
    /// </summary>
    public static Scenario DriftAtRounding { get; } = new("drift at float rounding", (n, random) =>
    {
        var start = 1e5 * (1 + random.NextDouble());
        return NoChange(Values(n, i => 1 - (1e-10 / (start * (1 + (4.0 * i / n))))));
    })
    { IsNoiseFreeDrift = true };

    /// <summary>A sine of amplitude 3 and eight periods, from a random phase, with noise.</summary>
    public static Scenario Oscillation { get; } = new("oscillation", (n, random) =>
    {
        var phase = 2 * Math.PI * random.NextDouble();
        var noise = Noise(n, random);
        return NoChange(Values(n, i => noise[i] + (3 * Math.Sin((2 * Math.PI * 8 * i / n) + phase))));
    });

    /// <summary>Four steps of three standard deviations, up or down, in noise, each near a fifth of the series from the last.</summary>
    public static Scenario SeveralSteps { get; } = new("4 steps of 3 σ", (n, random) =>
    {
        var values = Noise(n, random);
        var changes = new int[StepCount];
        for (var step = 0; step < StepCount; step++)
        {
            // Within a twentieth of a fifth's place, so that segments hold at least a tenth of the series.
            changes[step] = (int)(n * (((step + 1) / (StepCount + 1.0)) + ((random.NextDouble() - 0.5) / 10)));
            AddStep(values, changes[step], random.Next(2) == 0 ? 3 : -3);
        }

        return new SyntheticSeries(values, changes);
    })
    { StepSize = 3 };

    /// <summary>
    /// A smooth fall by 10 from the first value on, 10·exp(−i/τ), with τ drawn from 1 to 8 % of the series: the start of training without a jump.
    /// </summary>
    public static Scenario EarlyTransientNoiseFree { get; } = new("early transient, no noise", (n, random) =>
    {
        var time = TransientTime(n, random);
        return NoChange(Values(n, i => DriftHeight * Math.Exp(-i / time)));
    })
    { IsNoiseFreeDrift = true };

    /// <summary>The same with noise.</summary>
    public static Scenario EarlyTransient { get; } = new("early transient", (n, random) =>
    {
        var time = TransientTime(n, random);
        var noise = Noise(n, random);
        return NoChange(Values(n, i => noise[i] + (DriftHeight * Math.Exp(-i / time))));
    });

    /// <summary>Noise of standard deviation 1 / (1 + i/10): loud at the start, a fifth of that after a tenth of the study's 400 values.</summary>
    public static Scenario FadingNoise { get; } = new("fading noise", (n, random) =>
    {
        var noise = Noise(n, random);
        return NoChange(Values(n, i => noise[i] / (1 + (i / 10.0))));
    });

    /// <summary>One step of five standard deviations in the first tenth, up or down, in noise.</summary>
    public static Scenario EarlyStep { get; } = StepWithin("1 step of 5 σ, first tenth", n => (1, n / 10));

    /// <summary>The same in the last tenth.</summary>
    public static Scenario LateStep { get; } = StepWithin("1 step of 5 σ, last tenth", n => (n - (n / 10), n));

    /// <summary>One step in the first tenth, of five standard deviations of the noise at its place, in <see cref="FadingNoise"/>.</summary>
    public static Scenario EarlyStepInFadingNoise { get; } = new("1 step of 5 σ, first tenth, fading noise", (n, random) =>
    {
        var values = FadingNoise.Make(n, random).Values;
        var change = 1 + random.Next((n / 10) - 1);
        AddStep(values, change, (random.Next(2) == 0 ? 5 : -5) / (1 + (change / 10.0)));
        return new SyntheticSeries(values, [change]);
    })
    { StepSize = 5 };

    /// <summary>All of the bench but the power curve, with one step of three standard deviations, and steps near the ends.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        WhiteNoise, Autoregressive, HeavyTails, DecayingNoise, LinearDriftNoiseFree, LinearDrift, SigmoidDriftNoiseFree, SigmoidDrift,
        DriftAtRounding, Oscillation, OneStep(3), SeveralSteps,
        EarlyTransientNoiseFree, EarlyTransient, FadingNoise, EarlyStep, LateStep, EarlyStepInFadingNoise,
    ];

    /// <summary>The power curve's: one step of each of 0.5, 1, 1.5, 2, 2.5, 3, 4 and 5 standard deviations.</summary>
    public static IReadOnlyList<Scenario> PowerCurve { get; } = [.. ((double[])[0.5, 1, 1.5, 2, 2.5, 3, 4, 5]).Select(OneStep)];

    /// <summary>One step of <paramref name="size"/> standard deviations, up or down, in noise, at a place drawn from the middle half.</summary>
    public static Scenario OneStep(double size) => new(string.Create(CultureInfo.InvariantCulture, $"1 step of {size} σ"), (n, random) =>
    {
        var values = Noise(n, random);
        var change = (n / 4) + random.Next(n / 2);
        AddStep(values, change, random.Next(2) == 0 ? size : -size);
        return new SyntheticSeries(values, [change]);
    })
    { StepSize = size };

    private static Scenario StepWithin(string name, Func<int, (int From, int To)> places) => new(name, (n, random) =>
    {
        var values = Noise(n, random);
        var (from, to) = places(n);
        var change = from + random.Next(to - from);
        AddStep(values, change, random.Next(2) == 0 ? 5 : -5);
        return new SyntheticSeries(values, [change]);
    })
    { StepSize = 5 };

    private static double TransientTime(int n, Random random) => n * (0.01 + (0.07 * random.NextDouble()));

    private static SyntheticSeries NoChange(double[] values) => new(values, []);

    private static double[] Values(int n, Func<int, double> at) => [.. Enumerable.Range(0, n).Select(at)];

    private static double[] Noise(int n, Random random)
    {
        var values = new double[n];
        Normal.Samples(random, values, 0, 1);
        return values;
    }

    private static double Centre(int n, Random random) => n * (1 + random.NextDouble()) / 3;

    private static double Sigmoid(int i, double centre, int n) => DriftHeight / (1 + Math.Exp((centre - i) / (n / 24.0)));

    private static void AddStep(double[] values, int change, double size)
    {
        for (var i = change; i < values.Length; i++)
        {
            values[i] += size;
        }
    }
}
