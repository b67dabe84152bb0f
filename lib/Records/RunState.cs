using System.Globalization;
using Ndt.Checkpoints;
using Ndt.Data;
using Ndt.Models;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Records;

/// <summary>A run between two of its updates, as <see cref="RunCheckpoints"/> kept it: all that is needed to go on as if it had never stopped.</summary>
/// <remarks>
/// On the CPU, with as many threads, the same versions and the same processor, the continued run is the uninterrupted one bit for
/// bit: weights, losses and figures. The order of the data needs no state, being a function of seed and epoch
/// (<see cref="BatchOrder"/>). Only the times in the record are others.
/// </remarks>
public sealed class RunState
{
    // No machine has more; libtorch would start as many as it is told.
    private const int MostThreads = 1024;

    private readonly string path;
    private readonly Checkpoint checkpoint;

    private RunState(string path, Checkpoint checkpoint, RunRecord before, int stepsDone)
    {
        this.path = path;
        this.checkpoint = checkpoint;
        Before = before;
        StepsDone = stepsDone;
    }

    /// <summary>The record of what was measured before.</summary>
    public RunRecord Before { get; }

    /// <summary>Optimiser updates done.</summary>
    public int StepsDone { get; }

    /// <summary>The run, of an architecture and a protocol that the catalogues know.</summary>
    /// <exception cref="InputException">They do not know it.</exception>
    public RunSpec Spec
    {
        get
        {
            var run = Before.Metadata;
            var protocol = Protocol.Find(run.Protocol) with { Steps = run.Steps, MeasureEvery = run.MeasureEvery };
            return new RunSpec(ArchitectureCatalogue.Find(run.Architecture), run.Dataset, run.Seed!.Value, protocol, Threads);
        }
    }

    private int Threads => Before.Metadata.Details.TryGetValue(RunDetails.Threads, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is > 0 and <= MostThreads
        ? threads
        : throw Bad($"its record does not say how many threads the run had ({RunDetails.Threads})");

    /// <summary>Reads a checkpoint and the record beside it.</summary>
    /// <exception cref="InputException">A file is missing or damaged, holds weights only, or the two are not of one run at one moment; names file and what would be right.</exception>
    public static RunState Read(string path)
    {
        var checkpoint = SafetensorsFile.Read(path);
        if (checkpoint.Optimizer is null || checkpoint.Extra.All(tensor => tensor.Name != RunCheckpoints.RandomState))
        {
            throw new InputException($"{path}: holds no state of the optimiser and the random generator, so the run cannot go on from it; a checkpoint that ndt train wrote in full is needed");
        }

        var recordPath = RecordPathOf(path);
        var record = RecordParquet.Read(recordPath);
        var run = record.Metadata;
        if (run.Seed is null)
        {
            throw new InputException($"{recordPath}: names no seed; the record of a run that ndt train made has one");
        }

        if (checkpoint.Step is not (>= 0 and <= int.MaxValue and var step) || step > run.Steps || checkpoint.Experiment != $"{run.Experiment}_s{run.Seed}")
        {
            throw new InputException($"{path}: is of run {checkpoint.Experiment ?? "unknown"} after {checkpoint.Step?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} updates; {recordPath} beside it is of {run.Experiment}_s{run.Seed}, {run.Steps} updates long");
        }

        var lastMeasured = step == 0 ? -1 : (int)(step - 1) / run.MeasureEvery * run.MeasureEvery;
        if (record.Points[^1].Step != lastMeasured)
        {
            throw new InputException($"{recordPath}: ends with step {record.Points[^1].Step}; expected {lastMeasured}, the last measured one before update {step}");
        }

        return new RunState(path, checkpoint, record, (int)step);
    }

    /// <summary>The record that belongs to a checkpoint: beside it, of the same name.</summary>
    internal static string RecordPathOf(string checkpoint) => Path.ChangeExtension(checkpoint, ".parquet");

    /// <summary>Throws <see cref="InputException"/> unless this is a state of that run on those data.</summary>
    internal void RequireOf(RunSpec spec, TrainingData data, Device device)
    {
        var run = Before.Metadata;
        var found = (run.Architecture, run.Dataset, run.Seed, run.Protocol, run.Steps, run.MeasureEvery, Threads);
        var wanted = (spec.Architecture.Name, spec.Dataset, (int?)spec.Seed, spec.Protocol.Name, spec.Protocol.Steps, spec.Protocol.MeasureEvery, spec.Threads);
        if (found != wanted)
        {
            throw Bad($"is of the run {found}; expected {wanted}");
        }

        if (device.type != TorchSharp.DeviceType.CPU)
        {
            throw Bad($"the run would go on on {device}, whose random generator a checkpoint does not hold; use the CPU");
        }

        if (data.Provenance.FirstOrDefault(item => run.Details.GetValueOrDefault(item.Key) != item.Value) is { Key: { } key } other)
        {
            throw Bad($"the run had other data: {key} was '{run.Details.GetValueOrDefault(key)}'; now it is '{other.Value}'");
        }
    }

    /// <summary>Sets network, optimiser and torch's generator to this state; to be called when nothing draws from the generator any more but training.</summary>
    /// <exception cref="InputException">They are of another network.</exception>
    internal void Restore(nn.Module<Tensor, Tensor> network, Trainer trainer)
    {
        try
        {
            TorchTensors.Restore(network, checkpoint);
            AdamCheckpoint.Restore(trainer.Optimiser, checkpoint);
        }
        catch (InputException e)
        {
            throw Bad(e.Message);
        }

        if (trainer.StepsDone != StepsDone)
        {
            throw Bad($"the optimiser counts {trainer.StepsDone} updates; the checkpoint {StepsDone}");
        }

        using var random = checkpoint.Extra.First(tensor => tensor.Name == RunCheckpoints.RandomState).ToTorch();
        using var present = Generator.Default.get_state();
        if (random.dtype != present.dtype || !random.shape.SequenceEqual(present.shape))
        {
            throw Bad($"the random state has {random.numel()} elements of {random.dtype}; this libtorch's has {present.numel()} of {present.dtype}");
        }

        Generator.Default.set_state(random);
    }

    private InputException Bad(string what) => new($"{path}: {what}");
}
