using Ndt.Runs;

namespace Ndt.Cli.Sweeps;

/// <summary>A worker's progress, as lines that its sweep reads.</summary>
internal sealed class WorkerProgress : IProgress<RunProgress>
{
    public void Report(RunProgress value) => Console.WriteLine(TrainingWorker.ProgressLine(value));
}
