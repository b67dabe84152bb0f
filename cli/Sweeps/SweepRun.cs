using Ndt.Runs;

namespace Ndt.Cli.Sweeps;

/// <summary>One run of a sweep, and how far it is.</summary>
internal sealed class SweepRun(RunSpec spec, string folder, RunCheckpoints? checkpoints = null)
{
    public RunSpec Spec { get; } = spec;

    /// <summary>The states to keep, or null.</summary>
    public RunCheckpoints? Checkpoints { get; } = checkpoints;

    public string RecordPath { get; } = RunFile.PathOf(spec, folder);

    /// <summary>Where its state is kept when it is interrupted.</summary>
    public InterruptedRun Interrupted { get; } = new(spec, folder);

    public string LogPath { get; } = Path.Combine(folder, "logs", $"{spec.Name}.log");

    /// <summary>Folder of the run's folder for TensorBoard, or null.</summary>
    public string? TensorBoard { get; set; }

    public double Cost { get; } = RunCost.Of(spec);

    public SweepState State { get; set; } = SweepState.Waiting;

    /// <summary>Steps done while running.</summary>
    public int StepsDone { get; set; }

    public double Loss { get; set; } = double.NaN;

    /// <summary>What went wrong, is missing, or stopped it, in one line.</summary>
    public string? Message { get; set; }

    /// <summary>What its worker says about it, in one line: that it went on from a kept state.</summary>
    public string? Note { get; set; }

    /// <summary>Whether record and checkpoints are whole. Throws <see cref="InputException"/> where another run's record has the name.</summary>
    public bool IsOnDisk => RunFile.IsFinished(Spec, RecordPath) && (Checkpoints?.AreWhole(Spec) ?? true);

    /// <summary>Cost still to be paid.</summary>
    public double CostLeft => State switch
    {
        SweepState.Waiting => Cost,
        SweepState.Running => Cost * (1 - ((double)StepsDone / Spec.Protocol.Steps)),
        _ => 0,
    };
}
