using System.Globalization;
using Ndt.Records;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Runs;

/// <summary>
/// Which states of a run are kept: after how many optimiser updates, in which folder, and how much of them. They go to
/// <c>FOLDER/checkpoints/NAME/step_00100.safetensors</c>, beside the run's record in FOLDER.
/// </summary>
/// <remarks>
/// A full checkpoint holds the weights, the optimiser's state and torch's random state; the record of what was measured so far lies beside
/// it (<c>step_00100.parquet</c>). <see cref="RunState"/> writes the two and reads them back.
/// </remarks>
public sealed class RunCheckpoints
{
    private readonly string folder;
    private readonly SortedSet<int> steps;

    /// <summary>Checkpoints of runs whose records go to a folder.</summary>
    /// <param name="folder">The records' folder.</param>
    /// <param name="steps">Numbers of optimiser updates done, 0 for the initial state.</param>
    /// <param name="weightsOnly">Whether only the weights are kept: a third of the size, and nothing to resume from.</param>
    /// <exception cref="InputException">A number is negative or stands there twice.</exception>
    public RunCheckpoints(string folder, IEnumerable<int> steps, bool weightsOnly = false)
    {
        this.folder = folder;
        this.steps = [];
        WeightsOnly = weightsOnly;
        foreach (var step in steps)
        {
            if (step < 0 || !this.steps.Add(step))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"checkpoint step {step}: {(step < 0 ? "negative" : "named twice")}; expected each number of updates once, from 0"));
            }
        }
    }

    /// <summary>Numbers of updates after which a checkpoint is kept, ascending.</summary>
    public IReadOnlyCollection<int> Steps => steps;

    /// <summary>Whether only the weights are kept.</summary>
    public bool WeightsOnly { get; }

    /// <summary>The file of a run's checkpoint in a folder of records.</summary>
    public static string PathOf(string folder, string run, int step) =>
        Path.Combine(FolderIn(folder), run, FileName(step));

    /// <summary>The folder of all runs' checkpoints in a folder of records.</summary>
    public static string FolderIn(string folder) => Path.Combine(folder, "checkpoints");

    /// <summary>The name of a checkpoint's file: <c>step_00100.safetensors</c>.</summary>
    public static string FileName(int step) => string.Create(CultureInfo.InvariantCulture, $"step_{step:D5}.safetensors");

    /// <summary>The number of updates in the name of a checkpoint's file; null where it is named otherwise.</summary>
    public static int? StepOf(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path).Split('_')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var step) && Path.GetFileName(path) == FileName(step) ? step : null;

    /// <summary>The file of a run's checkpoint.</summary>
    public string PathOf(RunSpec spec, int step) => PathOf(folder, spec.Name, step);

    /// <summary>The files of a run's checkpoints, in order of their steps; each may be there or not.</summary>
    public IEnumerable<string> PathsOf(RunSpec spec) => steps.Select(step => PathOf(spec, step));

    /// <summary>Whether every checkpoint of a run is there.</summary>
    public bool AreWhole(RunSpec spec) => PathsOf(spec).All(File.Exists);

    /// <summary>Whether every checkpoint is there that a run keeps in its first <paramref name="updates"/> updates.</summary>
    public bool AreWholeUpTo(RunSpec spec, int updates) => steps.TakeWhile(step => step <= updates).All(step => File.Exists(PathOf(spec, step)));

    /// <summary>Throws <see cref="InputException"/> when a run ends before one of the steps.</summary>
    public void RequireWithin(RunSpec spec)
    {
        if (steps.Count > 0 && steps.Max > spec.Protocol.Steps)
        {
            throw new InputException($"checkpoint step {steps.Max}: the run has {spec.Protocol.Steps} steps");
        }
    }

    /// <summary>Keeps the present state, where one is due.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="network">Its network.</param>
    /// <param name="trainer">Its trainer, which knows the updates done and the optimiser.</param>
    /// <param name="recordSoFar">Gives the record up to now; not called where it is not kept.</param>
    internal void SaveIfDue(RunSpec spec, nn.Module<Tensor, Tensor> network, Trainer trainer, Func<RunRecord> recordSoFar)
    {
        if (!steps.Contains(trainer.StepsDone))
        {
            return;
        }

        var path = PathOf(spec, trainer.StepsDone);
        if (WeightsOnly)
        {
            RunState.WriteWeights(path, spec, network, trainer);
        }
        else
        {
            RunState.Write(path, spec, network, trainer, recordSoFar());
        }
    }
}
