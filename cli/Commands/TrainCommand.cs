using System.CommandLine;
using System.CommandLine.Parsing;
using Ndt.Cli.Sweeps;
using Ndt.Data;
using Ndt.Models;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Torch;
using Ndt.Training;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt train</c>: one run.</summary>
internal static class TrainCommand
{
    internal static Command Create()
    {
        var architecture = new Argument<string?>("ARCH") { HelpName = "ARCH", Arity = ArgumentArity.ZeroOrOne, Description = $"One of {string.Join(", ", ArchitectureCatalogue.All.Select(spec => spec.Name))}; or {ArchitectureCatalogue.HiddenSizes}." };
        var dataset = new Argument<string?>("DATASET") { HelpName = "DATASET", Arity = ArgumentArity.ZeroOrOne, Description = $"One of {string.Join(", ", DatasetCatalogue.All.Select(info => info.Name))}." };
        architecture.CompletionSources.Add([.. ArchitectureCatalogue.All.Select(spec => spec.Name)]);
        dataset.CompletionSources.Add([.. DatasetCatalogue.All.Select(info => info.Name)]);
        var seed = new Option<int>("--seed") { Description = "Seed of everything random; mnist and fashion_mnist train on embedded block SEED mod 5." };
        var protocol = new Option<string>("--protocol")
        {
            HelpName = "NAME", // else help would list the names twice
            Description = $"One of {string.Join(", ", Protocol.All.Select(p => p.Name))}.",
            DefaultValueFactory = _ => Protocol.Study.Name,
        };
        protocol.CompletionSources.Add([.. Protocol.All.Select(p => p.Name)]);
        var steps = new Option<int>("--steps") { Description = "Optimiser steps.", DefaultValueFactory = _ => Protocol.Study.Steps };
        var every = new Option<int>("--measure-every") { Description = "Optimiser steps between measurements.", DefaultValueFactory = _ => Protocol.Study.MeasureEvery };
        var threads = new Option<int>("--threads") { Description = "Threads of one tensor operation; another number gives other rounding.", DefaultValueFactory = _ => 1 };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda; auto is cuda where there is one (ndt devices).", DefaultValueFactory = _ => "auto" };
        var deterministic = DeterministicOption.Create();
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the record; made when missing.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var checkpointSteps = new Option<string?>("--checkpoint-steps") { Description = "Numbers of updates (0,100,1000,2000) after which the state is kept, in OUT/checkpoints/NAME." };
        var weightsOnly = new Option<bool>("--checkpoint-weights-only") { Description = "Keeps only the weights: smaller, and nothing to resume from." };
        var resume = new Option<FileInfo?>("--resume") { Description = "A checkpoint to continue from, or a folder, whose last one is taken; in place of ARCH, DATASET and the run's options." };
        var tensorBoard = TensorBoardOption.Create();
        var quiet = QuietOption.Create();
        var json = JsonOutput.Option("one JSON object: the record's path, the run and how it ended,");
        var worker = new Option<bool>("--worker") { Hidden = true };
        var command = new SignalHandlingCommand(
            "train",
            "Trains one network, measuring its layers on the way, and writes the record. Ctrl+C or SIGTERM stops it and keeps its state in OUT/NAME.interrupted: the same command then goes on from there, to the same record bit for bit. A second Ctrl+C ends it at once.")
        {
            architecture, dataset, seed, protocol, steps, every, threads, device, deterministic, output, checkpointSteps, weightsOnly, resume, tensorBoard, quiet, json, worker,
        };
        command.SetAction(arguments =>
        {
            var folder = arguments.GetValue(output)!.FullName;
            var checkpoints = arguments.GetValue(checkpointSteps) is { } list
                ? new RunCheckpoints(folder, StepList.Parse(checkpointSteps.Name, list), arguments.GetValue(weightsOnly))
                : null;
            if (arguments.GetValue(resume) is { } file)
            {
                if (new Symbol[] { architecture, dataset, seed, protocol, steps, every, threads, device, deterministic }.FirstOrDefault(IsGiven) is { } other)
                {
                    throw new InputException($"{other.Name} is given beside {resume.Name}; the checkpoint says what the run is");
                }

                var state = RunState.Read(RunState.LastIn(file.FullName));
                return Run(state.Spec, folder, checkpoints, state, arguments.GetValue(tensorBoard), arguments.GetValue(quiet), arguments.GetValue(json), arguments.GetValue(worker));
            }

            var chosen = Protocol.Find(arguments.GetValue(protocol)!) with
            {
                Steps = arguments.GetCount(steps),
                MeasureEvery = arguments.GetCount(every),
            };
            var spec = new RunSpec(
                ArchitectureCatalogue.Find(arguments.GetValue(architecture) ?? throw Missing(architecture)),
                DatasetCatalogue.Get(arguments.GetValue(dataset) ?? throw Missing(dataset)).Name,
                arguments.GetValue(seed),
                chosen,
                arguments.GetCount(threads))
            {
                Device = arguments.GetValue(device)!,
                Deterministic = arguments.GetValue(deterministic),
            };
            return Run(spec, folder, checkpoints, resume: null, arguments.GetValue(tensorBoard), arguments.GetValue(quiet), arguments.GetValue(json), arguments.GetValue(worker));

            bool IsGiven(Symbol symbol) => arguments.GetResult(symbol) is { } result and not OptionResult { Implicit: true } && (result is not ArgumentResult || result.Tokens.Count > 0);
        });
        return command;
    }

    private static int Run(RunSpec spec, string folder, RunCheckpoints? checkpoints, RunState? resume, DirectoryInfo? tensorBoard, bool quiet, bool json, bool worker)
    {
        _ = TorchDevice.Find(spec.Device); // wrong use is told before anything is written
        using var stop = new StopSignals();
        OutputFolder.Prepare(folder);
        TensorBoardOption.Prepare(tensorBoard);
        var path = RunFile.PathOf(spec, folder);
        using var taken = RunFile.TryTake(path);
        if (taken is null)
        {
            Console.Error.WriteLine($"ndt: {path}: another process is making this record");
            return worker ? TrainingWorker.Taken : 1;
        }

        using var status = new StatusLine(quiet);
        IProgress<RunProgress> progress = new StepProgress(spec.Name, status);
        if (worker)
        {
            progress = new WorkerProgress();
            WatchStandardInput(stop);
        }

        void Tell(string note)
        {
            if (worker)
            {
                TrainingWorker.WriteNote(note);
            }
            else
            {
                status.Tell($"ndt: {spec.Name}: {note}");
            }
        }

        TrainingData Load(int seed) => DatasetLoader.Load(spec.Dataset, seed, trainingExamples: spec.Protocol.TrainingExamples);
        var interrupted = new InterruptedRun(spec, folder);
        try
        {
            resume ??= Kept(interrupted, Load, checkpoints, Tell);
            var log = tensorBoard is null ? null : new TensorBoardLog(spec, tensorBoard.FullName);
            using var running = new RunningRecord(path);
            var record = ExperimentRun.Execute(spec, Load, progress, checkpoints, resume, interrupted, log, running, stop.Token);
            RecordParquet.Write(path, record);
            interrupted.Remove();
            status.Dispose();
            var run = record.Metadata;
            if (json)
            {
                Console.Write(JsonOutput.Of(writer => RunJson.Write(writer, path, run, record.Points.Count, record.Layers.Count)));
            }
            else
            {
                Console.WriteLine($"{path}: {record.Points.Count} measurements of {record.Layers.Count} matrices, validation accuracy {run.FinalAccuracy:F4}");
                Console.WriteLine($"{run.ElapsedSeconds:F1} s: {RunDetails.TimesOf(run)}");
            }

            return 0;
        }
        catch (RunInterruptedException e)
        {
            Tell(e.StateFolder is null || worker ? e.Message : $"{e.Message}; the same command goes on from there");
            return stop.ExitCode;
        }
        catch (DivergedException e)
        {
            status.Dispose();
            if (e.Partial.Points.Count == 0)
            {
                throw new WorkFailedException(e.Message, e);
            }

            var partial = Path.ChangeExtension(path, ".stopped.parquet");
            RecordParquet.Write(partial, e.Partial);
            throw new WorkFailedException($"{e.Message} in {partial}", e);
        }
    }

    // What cannot be gone on from must not keep the run from being made.
    private static RunState? Kept(InterruptedRun interrupted, Func<int, TrainingData> load, RunCheckpoints? checkpoints, Action<string> tell)
    {
        try
        {
            var state = interrupted.Read(load, checkpoints);
            if (state is not null)
            {
                tell($"taken up after update {state.StepsDone}, from {interrupted.Folder}");
            }

            return state;
        }
        catch (InputException e)
        {
            tell($"started from the beginning; the interrupted run's state cannot be used: {e.Message}");
            return null;
        }
    }

    private static InputException Missing(Argument argument) => new($"{argument.Name} is missing; ndt train ARCH DATASET, or ndt train --resume FILE");

    // A sweep holds its workers' standard input open; when the sweep dies, so do they.
    private static void WatchStandardInput(StopSignals stop)
    {
        var thread = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }

            stop.Stop();
        })
        {
            IsBackground = true,
        };
        thread.Start();
    }
}
