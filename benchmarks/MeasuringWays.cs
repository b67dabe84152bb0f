using System.Globalization;
using Ndt.Measurement;

namespace Ndt.Benchmarks;

/// <summary>One measurement of all layers of a network in training: the study's way and ours, in turn, beside the bare forward pass.</summary>
internal static class MeasuringWays
{
    /// <summary>Name in the samples.</summary>
    public const string Name = "measuring";

    /// <summary><see cref="StudyMeasurement"/>.</summary>
    public const string Study = "study's way";

    /// <summary>The tracker.</summary>
    public const string Ours = "ours";

    /// <summary>One forward pass of 160.</summary>
    public const string Forward = "forward";

    /// <summary>Steps before the first measurement: activations are no longer those of the initial weights.</summary>
    private const int StepsBefore = 20;

    /// <summary>Times the architectures one after the other.</summary>
    public static void Run(SampleSet samples, BenchmarkOptions options)
    {
        foreach (var architecture in options.Architectures)
        {
            using var setup = new TrainingSetup(architecture);
            using var tracker = setup.NewTracker();
            setup.Step(StepsBefore);
            RequireAgreement(setup, tracker);
            InTurn.Run(
                samples, Name, architecture, options.Repeats, options.BlockSeconds / 3, options.Measurements, granularity: 1, most: 400,
                Way.Timed(Study, count => Repeat(count, () => StudyMeasurement.Of(setup.Network, setup.Probe))),
                Way.Timed(Ours, count => TrainingSetup.Measure(tracker, count)),
                Way.Timed(Forward, count => Repeat(count, setup.Forward)));
        }
    }

    // Times of ways that do not measure the same thing would compare nothing.
    private static void RequireAgreement(TrainingSetup setup, ActivationTracker tracker)
    {
        TrainingSetup.Measure(tracker, 1);
        var ours = tracker.History.Layers().Where(layer => layer.View == LayerView.Study).ToDictionary(layer => layer.Name);
        foreach (var (name, figures) in StudyMeasurement.Of(setup.Network, setup.Probe))
        {
            var ratio = ours[name][Metric.ParticipationRatio][^1];
            if (Math.Abs(ratio - figures.ParticipationRatio) > 1e-3 * ratio)
            {
                throw new WorkFailedException(string.Create(
                    CultureInfo.InvariantCulture, $"{Name}: {name}: the study's way gives a participation ratio of {figures.ParticipationRatio:R}, ours {ratio:R}"));
            }
        }
    }

    private static void Repeat(int count, Action work)
    {
        for (var i = 0; i < count; i++)
        {
            work();
        }
    }
}
