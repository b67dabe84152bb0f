namespace Ndt.Benchmarks;

/// <summary>The same protocol here and in PyTorch, in turn: optimiser steps, and measurements of all layers.</summary>
internal static class PyTorchComparison
{
    /// <summary>Name in the samples.</summary>
    public const string Name = "pytorch";

    /// <summary>Seconds of a step here.</summary>
    public const string OurStep = "step, ours";

    /// <summary>Seconds of a step there.</summary>
    public const string TheirStep = "step, PyTorch";

    /// <summary>Seconds of a measurement here.</summary>
    public const string OurMeasurement = "measurement, ours";

    /// <summary>Seconds of a measurement there, the study's way.</summary>
    public const string StudyMeasurement = "measurement, PyTorch, the study's way";

    /// <summary>Seconds of a measurement there, with one forward pass and one decomposition a layer.</summary>
    public const string CarefulMeasurement = "measurement, PyTorch, with care";

    /// <summary>Times the architectures one after the other; where there is no PyTorch, says so.</summary>
    public static void Run(SampleSet samples, BenchmarkOptions options)
    {
        if (!PythonProcess.IsThere(options.Python, "torch, numpy"))
        {
            samples.LeaveOut($"pytorch: {options.Python} has no torch and numpy (Debian: python3-torch, and libopenblas0-pthread for a fast BLAS).");
            return;
        }

        foreach (var architecture in options.PyTorchArchitectures)
        {
            using var pytorch = PythonProcess.Start(options.Python, "pytorch_protocol.py", architecture);
            using var setup = new TrainingSetup(architecture);
            using var tracker = setup.NewTracker();
            samples.Note(Name, pytorch.About);
            InTurn.Run(
                samples, Name, architecture, options.Repeats, options.BlockSeconds / 2, options.Steps, TrainingSetup.MeasureEvery, most: 2000,
                Way.Timed(OurStep, setup.Step),
                Theirs(TheirStep, "steps"));
            InTurn.Run(
                samples, Name, architecture, options.Repeats, options.BlockSeconds / 3, options.Measurements, granularity: 1, most: 400,
                Way.Timed(OurMeasurement, count => TrainingSetup.Measure(tracker, count)),
                Theirs(StudyMeasurement, "study"),
                Theirs(CarefulMeasurement, "careful"));

            Way Theirs(string quantity, string work) => new([quantity], count => [pytorch.Seconds(work, count)]);
        }
    }
}
