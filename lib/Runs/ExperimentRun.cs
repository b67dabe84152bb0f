using System.Diagnostics;
using System.Globalization;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.Records;
using Ndt.Torch;
using Ndt.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Runs;

/// <summary>Carries out one run: seeds torch, builds the network, trains it, measures it on the way, and gives the record.</summary>
public static class ExperimentRun
{
    /// <summary>
    /// Runs to the end. The record's figures are a function of the spec, the data and the versions alone; only its times differ
    /// from run to run.
    /// </summary>
    /// <param name="spec">What to run.</param>
    /// <param name="load">Loads the data of a seed: <see cref="DatasetLoader"/>.</param>
    /// <param name="progress">Told after every measurement.</param>
    /// <param name="checkpoints">Which states to keep; none by default.</param>
    /// <param name="resume">Where to go on from; by default the run starts at its beginning.</param>
    /// <param name="interrupted">Keeps the state where the run is cancelled; by default nothing is kept.</param>
    /// <param name="log">Told of every measurement, those of the run before it was resumed first; none by default.</param>
    /// <param name="running">Keeps what was measured so far where others can look at it; none by default.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="RunInterruptedException">The run was cancelled; says after which update, and where its state is.</exception>
    /// <exception cref="DivergedException">The loss or an activation is NaN or infinite; names layer and step, holds what was measured.</exception>
    /// <exception cref="InputException">The state to resume from is of another run or other data, or a checkpoint lies beyond the run's end.</exception>
    public static RunRecord Execute(
        RunSpec spec,
        Func<int, TrainingData> load,
        IProgress<RunProgress>? progress = null,
        RunCheckpoints? checkpoints = null,
        RunState? resume = null,
        InterruptedRun? interrupted = null,
        TensorBoardLog? log = null,
        RunningRecord? running = null,
        CancellationToken cancellation = default)
    {
        checkpoints?.RequireWithin(spec);
        TorchProcess.Prepare(spec.Threads);
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var data = load(spec.Seed);
        var shape = new InputShape(data.Channels, data.Height, data.Width, data.Classes);
        var device = TorchDevice.Find(spec.Device);
        resume?.RequireOf(spec, data, device);
        TorchProcess.PrepareDevice(device, spec.Deterministic);
        var memory = DeviceMemory.Watch(device);
        manual_seed(spec.Seed);
        using var network = Network.Create(spec.Network, shape).to(device);
        using var trainer = new Trainer(network, data, spec.Protocol, spec.Seed, device);
        using var probe = ProbeSource.Create(spec, trainer, load, device);
        using var tracker = new ActivationTracker(network, probe.Inputs, new TrackerOptions(spec.Protocol.MeasureEvery), probe.Labels)
        {
            History = resume is null ? new MeasurementHistory() : new MeasurementHistory(resume.Before.Points, resume.Before.Layers),
        };

        RunRecord Record(double accuracy, string? stopped) => new(
            new RunMetadata
            {
                Architecture = spec.Architecture.Name,
                Dataset = spec.Dataset,
                Seed = spec.Seed,
                Protocol = spec.Protocol.Name,
                Steps = spec.Protocol.Steps,
                MeasureEvery = spec.Protocol.MeasureEvery,
                FinalAccuracy = accuracy,
                ElapsedSeconds = clock.Elapsed.TotalSeconds + (resume?.Before.Metadata.ElapsedSeconds ?? 0),
                ArchitectureParameters = ArchitectureSummary.Of(spec.Network, shape, network),
                Details = RunEnvironment.DetailsOf(spec, data, device, tracker.Overhead, clock.Elapsed, memory.Peak, resume?.StepsDone, stopped),
            },
            tracker.History.Points,
            tracker.History.Layers());

        var last = new StepResult(-1, 0, double.NaN, double.NaN);
        try
        {
            if (resume is null)
            {
                probe.Measure(tracker, last);
                KeepState();
            }
            else
            {
                resume.Restore(network, trainer);
                probe.Skip(tracker.History.Points.Count);
            }

            log?.Follow(tracker.History);

            while (trainer.StepsDone < spec.Protocol.Steps)
            {
                if (cancellation.IsCancellationRequested)
                {
                    interrupted?.Keep(network, trainer, Record(double.NaN, $"update {trainer.StepsDone}: the part of the run before it was interrupted"));
                    throw new RunInterruptedException(trainer.StepsDone, interrupted?.Folder, cancellation);
                }

                var due = tracker.IsDue(trainer.StepsDone);
                last = trainer.Step(report: due);
                if (due)
                {
                    probe.Measure(tracker, last);
                    log?.Follow(tracker.History);
                    if (!double.IsFinite(last.Loss))
                    {
                        throw Diverged($"the training loss is {last.Loss.ToString(CultureInfo.InvariantCulture)}");
                    }

                    running?.Update(() => Record(double.NaN, $"update {trainer.StepsDone}: still running"));
                    progress?.Report(new RunProgress(trainer.StepsDone, spec.Protocol.Steps, last.Loss));
                }

                KeepState();
            }
        }
        catch (NonFiniteActivationsException e)
        {
            throw Diverged(e.Message);
        }

        var accuracy = trainer.Validate().Accuracy;
        log?.Finish(accuracy, trainer.StepsDone);
        return Record(accuracy, stopped: null);

        void KeepState() =>
            checkpoints?.SaveIfDue(spec, network, trainer, () => Record(double.NaN, $"update {trainer.StepsDone}: the part of the run before a checkpoint"));

        DivergedException Diverged(string what)
        {
            var reason = $"step {last.Step}: {what}";
            return new DivergedException($"{spec.Name}: {reason}; the run stops, {tracker.History.Points.Count} measurements are kept", Record(double.NaN, reason));
        }
    }
}
