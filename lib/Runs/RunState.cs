using System.Globalization;
using Ndt.Checkpoints;
using Ndt.Data;
using Ndt.Models;
using Ndt.Records;
using Ndt.Torch;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Runs;

/// <summary>
/// A run between two of its updates, as <see cref="RunCheckpoints"/> or <see cref="InterruptedRun"/> kept it: all that is needed to
/// go on as if it had never stopped.
/// </summary>
/// <remarks>
/// Two files: <c>NAME.safetensors</c> with the weights, the optimiser's state and torch's random state, and <c>NAME.parquet</c> with the
/// record of what was measured before. With as many threads, the same versions and the same processor (on a CUDA device: the same
/// card, and a deterministic run) the continued run is the uninterrupted one bit for bit: weights, losses and figures. All random
/// numbers come from the CPU's generator, also those of a run on another device. The order of the data needs no state, being a
/// function of seed and epoch (<see cref="BatchOrder"/>). Only the times in the record are others.
/// </remarks>
public sealed class RunState
{
    internal const string RandomState = "torch_random_state";

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
            return new RunSpec(ArchitectureCatalogue.Find(run.Architecture), run.Dataset, run.Seed!.Value, protocol, Threads) { Device = Device, Deterministic = Deterministic };
        }
    }

    // By the name that the command line knows: cuda for cuda:0.
    private string Device => Before.Metadata.Details.GetValueOrDefault(RunDetails.Device, "cpu").Split(':')[0];

    private bool Deterministic => Before.Metadata.Details.GetValueOrDefault(RunDetails.Deterministic, "true") == "true";

    private int Threads => Before.Metadata.Details.TryGetValue(RunDetails.Threads, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is > 0 and <= MostThreads
        ? threads
        : throw Bad($"its record does not say how many threads the run had ({RunDetails.Threads})");

    /// <summary>Reads a checkpoint and the record beside it.</summary>
    /// <exception cref="InputException">A file is missing or damaged, holds weights only, or the two are not of one run at one moment; names file and what would be right.</exception>
    public static RunState Read(string path)
    {
        var checkpoint = SafetensorsFile.Read(path);
        if (checkpoint.Optimizer is null || checkpoint.Extra.All(tensor => tensor.Name != RandomState))
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

    /// <summary>The checkpoint that a path names: a file itself, of a folder the one after most updates.</summary>
    /// <exception cref="InputException">A folder without checkpoints.</exception>
    public static string LastIn(string path) => !Directory.Exists(path)
        ? path
        : InputFile.FilesIn(path).Where(file => RunCheckpoints.StepOf(file) is not null).MaxBy(RunCheckpoints.StepOf)
            ?? throw new InputException($"{path}: is a folder without checkpoints of a run; a file such as {RunCheckpoints.FileName(1000)} is expected");

    /// <summary>The record that belongs to a checkpoint: beside it, of the same name.</summary>
    public static string RecordPathOf(string checkpoint) => Path.ChangeExtension(checkpoint, ".parquet");

    /// <summary>Writes a run's present state. Each file is whole or not there; the record is written first, so that a checkpoint is never without its record.</summary>
    internal static void Write(string path, RunSpec spec, nn.Module<Tensor, Tensor> network, Trainer trainer, RunRecord before)
    {
        RecordParquet.Write(RecordPathOf(path), before);
        var weights = WeightsOf(spec, network, trainer);
        using var random = Generator.Default.get_state();
        SafetensorsFile.Write(path, weights with
        {
            Optimizer = OptimiserCheckpoint.StateOf(trainer.Optimiser, weights.Model),
            Extra = [random.ToNamed(RandomState)],
        });
    }

    /// <summary>Writes a run's present weights alone.</summary>
    internal static void WriteWeights(string path, RunSpec spec, nn.Module<Tensor, Tensor> network, Trainer trainer) =>
        SafetensorsFile.Write(path, WeightsOf(spec, network, trainer));

    /// <summary>Whether this is a state of that run, whatever the data, the device and the versions.</summary>
    internal bool IsOf(RunSpec spec) => Differences(spec).Length == 0;

    /// <summary>Throws <see cref="InputException"/> unless this is a state of that run on those data.</summary>
    internal void RequireOf(RunSpec spec, TrainingData data, Device device)
    {
        RunDifference[] where =
        [
            .. RunDifference.Unequal("device", Device, TorchDevice.NameOf(device)),
            .. RunDifference.Unequal("deterministic", Deterministic, spec.Deterministic || device.type == TorchSharp.DeviceType.CPU),
        ];
        if (Differences(spec) is var options && options.Length + where.Length > 0)
        {
            throw Bad($"is of another run: {RunDifference.Say([.. options, .. where])}");
        }

        var details = Before.Metadata.Details;
        RunDifference[] others = [.. data.Provenance.SelectMany(item => RunDifference.Unequal(item.Key, details.GetValueOrDefault(item.Key), item.Value))];
        if (others.Length > 0)
        {
            throw Bad($"the run had other data: {RunDifference.Say(others)}");
        }
    }

    /// <summary>Sets network, optimiser and torch's generator to this state; to be called when nothing draws from the generator any more but training.</summary>
    /// <exception cref="InputException">They are of another network.</exception>
    internal void Restore(nn.Module<Tensor, Tensor> network, Trainer trainer)
    {
        try
        {
            TorchTensors.Restore(network, checkpoint);
            OptimiserCheckpoint.Restore(trainer.Optimiser, checkpoint);
        }
        catch (InputException e)
        {
            throw Bad(e.Message);
        }

        if (trainer.StepsDone != StepsDone)
        {
            throw Bad($"the optimiser counts {trainer.StepsDone} updates; the checkpoint {StepsDone}");
        }

        using var random = checkpoint.Extra.First(tensor => tensor.Name == RandomState).ToTorch();
        using var present = Generator.Default.get_state();
        if (random.dtype != present.dtype || !random.shape.SequenceEqual(present.shape))
        {
            throw Bad($"the random state has {random.numel()} elements of {random.dtype}; this libtorch's has {present.numel()} of {present.dtype}");
        }

        Generator.Default.set_state(random);
    }

    private RunDifference[] Differences(RunSpec spec) => [.. RunDifference.Between(Before.Metadata, spec), .. RunDifference.Unequal("threads", Threads, spec.Threads)];

    private static Checkpoint WeightsOf(RunSpec spec, nn.Module<Tensor, Tensor> network, Trainer trainer) => new()
    {
        Model = TorchTensors.StateOf(network),
        Metadata = new OrderedDictionary<string, CheckpointValue>
        {
            [Checkpoint.StepName] = (long)trainer.StepsDone,
            [Checkpoint.ExperimentName] = spec.Name,
            ["architecture"] = spec.Architecture.Name,
            ["dataset"] = spec.Dataset,
            ["seed"] = (long)spec.Seed,
            ["protocol"] = spec.Protocol.Name,
        },
    };

    private InputException Bad(string what) => new($"{path}: {what}");
}
