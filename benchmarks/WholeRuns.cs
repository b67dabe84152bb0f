using System.Diagnostics;

namespace Ndt.Benchmarks;

/// <summary>
/// Training with and without measurement, in turn: bare steps; the floor, which is bare steps and after every fifth one a forward
/// pass over the probe; and the whole run, with tracker, loss and gradient norm as a record has them.
/// </summary>
internal static class WholeRuns
{
    /// <summary>Name in the samples.</summary>
    public const string Name = "runs";

    /// <summary>Seconds a step without measurement.</summary>
    public const string Bare = "bare";

    /// <summary>Seconds a step with the probe's forward passes.</summary>
    public const string Floor = "floor";

    /// <summary>Seconds a step with everything.</summary>
    public const string Whole = "whole";

    /// <summary>Of <see cref="Whole"/>, what the tracker counts as forward passes.</summary>
    public const string Forwards = "forwards";

    /// <summary>Of <see cref="Whole"/>, what the tracker counts as spectra: reductions, spectra, estimates, bookkeeping.</summary>
    public const string Spectra = "spectra";

    /// <summary>Times the architectures one after the other.</summary>
    public static void Run(SampleSet samples, BenchmarkOptions options)
    {
        foreach (var architecture in options.Architectures)
        {
            using var setup = new TrainingSetup(architecture);
            InTurn.Run(
                samples, Name, architecture, options.Repeats, options.BlockSeconds, options.Steps, TrainingSetup.MeasureEvery, most: 2000,
                Way.Timed(Bare, setup.Step),
                Way.Timed(Floor, steps => StepWithForwards(setup, steps)),
                new Way([Whole, Forwards, Spectra], steps => StepMeasured(setup, steps)));
        }
    }

    private static void StepWithForwards(TrainingSetup setup, int steps)
    {
        for (var i = 0; i < steps; i += TrainingSetup.MeasureEvery)
        {
            setup.Step(TrainingSetup.MeasureEvery);
            setup.Forward();
        }
    }

    private static double[] StepMeasured(TrainingSetup setup, int steps)
    {
        using var tracker = setup.NewTracker();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < steps; i++)
        {
            var step = setup.Trainer.Step(report: tracker.IsDue(setup.Trainer.StepsDone));
            tracker.AfterStep(step.Step, step.Loss, step.GradientNorm, step.Epoch);
        }

        return [clock.Elapsed.TotalSeconds, tracker.Overhead.ForwardSeconds, tracker.Overhead.SpectrumSeconds];
    }
}
