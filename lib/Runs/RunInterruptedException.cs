namespace Ndt.Runs;

/// <summary>A run was stopped between two of its updates.</summary>
public sealed class RunInterruptedException : OperationCanceledException
{
    internal RunInterruptedException(int stepsDone, string? stateFolder, CancellationToken cancellation)
        : base($"interrupted after update {stepsDone}; {(stateFolder is null ? "no state is kept" : $"its state is kept in {stateFolder}")}", cancellation) =>
        (StepsDone, StateFolder) = (stepsDone, stateFolder);

    /// <summary>Optimiser updates done.</summary>
    public int StepsDone { get; }

    /// <summary>The folder of its state (<see cref="InterruptedRun"/>), or null where none was kept.</summary>
    public string? StateFolder { get; }
}
