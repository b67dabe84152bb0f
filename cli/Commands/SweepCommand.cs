using System.CommandLine;
using Ndt.Cli.Sweeps;
using Ndt.Data;
using Ndt.Runs;
using Ndt.Torch;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt sweep</c>: many runs, resumable.</summary>
internal static class SweepCommand
{
    internal static Command Create()
    {
        var choice = new SweepChoice();
        var workers = new Option<int>("--workers") { Description = "Runs at a time, one process and one torch thread each.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var shard = new Option<string>("--shard") { Description = "I/N: only the I-th of N parts of the runs, from 1; for several machines on one grid.", DefaultValueFactory = _ => "1/1" };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda (ndt devices).", DefaultValueFactory = _ => "cpu" };
        var deterministic = DeterministicOption.Create();
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder of the records, one folder per protocol in it; by default data/records." };
        var tensorBoard = TensorBoardOption.Create();
        var quiet = QuietOption.Create();
        var json = JsonOutput.Option("one JSON object: every run with its state, and how many are in each,");
        var dryRun = new Option<bool>("--dry-run") { Description = "Lists the runs and their state without running them." };
        var command = new SignalHandlingCommand(
            "sweep",
            "Runs every cell of a grid for every seed. Records that are there already are kept: start it again to continue. Ctrl+C or SIGTERM stops the runs that are under way and keeps their states, from which they are taken up again; a second Ctrl+C ends it at once.")
        {
            workers, shard, device, deterministic, output, tensorBoard, dryRun, quiet, json,
        };
        foreach (var option in choice.Options)
        {
            command.Add(option);
        }

        command.SetAction(async arguments =>
        {
            var part = Shard.Parse(arguments.GetValue(shard)!);
            var folder = OutputFolder.OrData(arguments.GetValue(output)?.FullName, "records");
            var sweep = new Sweep(part.Of(choice.RunsIn(folder, arguments, arguments.GetValue(device)!, arguments.GetValue(deterministic))));
            var missing = sweep.Runs.Select(run => DataOf(run.Spec)).Distinct().ToDictionary(data => data, Missing);
            sweep.Survey(spec => missing[DataOf(spec)]);
            if (arguments.GetValue(dryRun))
            {
                return Report(sweep, dryRun: true, arguments.GetValue(json));
            }

            var count = arguments.GetCount(workers);
            if (arguments.GetValue(device) != "cpu")
            {
                _ = TorchDevice.Find(arguments.GetValue(device)!); // told once, not by every worker
            }

            using var stop = new StopSignals();
            OutputFolder.Prepare(folder);
            if (arguments.GetValue(tensorBoard) is { } board)
            {
                TensorBoardOption.Prepare(board);
                foreach (var run in sweep.Runs)
                {
                    run.TensorBoard = Path.Combine(board.FullName, run.Spec.Protocol.Name);
                }
            }

            await new SweepDisplay(sweep, arguments.GetValue(quiet)).ShowAsync(sweep.RunAsync(count, stop.Token));
            var code = Report(sweep, dryRun: false, arguments.GetValue(json));
            if (code == 0 || !stop.Token.IsCancellationRequested)
            {
                return code;
            }

            var kept = sweep.Runs.Count(run => run.State == SweepState.Waiting && run.Interrupted.Exists);
            await Console.Error.WriteLineAsync($"ndt: stopped; start the same command again to continue{(kept == 0 ? "" : $", {kept} runs from their kept states")}");
            return stop.ExitCode;
        });
        return command;
    }

    private static int Report(Sweep sweep, bool dryRun, bool json)
    {
        if (json)
        {
            Console.Write(SweepJson.Of(sweep));
        }
        else
        {
            Tell(sweep, dryRun);
        }

        return dryRun || sweep.Runs.All(run => run.State is SweepState.AlreadyFinished or SweepState.Finished or SweepState.TakenElsewhere) ? 0 : 1;
    }

    private static void Tell(Sweep sweep, bool dryRun)
    {
        foreach (var group in sweep.Runs.Where(run => run.State == SweepState.WithoutData).GroupBy(run => run.Message))
        {
            Console.WriteLine($"not run, {group.Count()} runs: {group.Key}: {string.Join(" ", group.Select(run => run.Spec.Name))}");
        }

        foreach (var run in sweep.Runs.Where(run => run.State == SweepState.Failed))
        {
            Console.WriteLine($"failed: {run.Spec.Name}: {run.Message}{(File.Exists(run.LogPath) ? $" (log: {run.LogPath})" : "")}");
        }

        if (dryRun)
        {
            foreach (var run in sweep.Runs.Where(run => run.State == SweepState.Waiting))
            {
                Console.WriteLine($"to run: {run.Spec.Protocol.Name} {run.Spec.Name}{(run.Interrupted.Exists ? " (its state is kept)" : "")}");
            }
        }

        int Count(SweepState state) => sweep.Runs.Count(run => run.State == state);
        Console.WriteLine(
            $"{sweep.Runs.Count} runs: {Count(SweepState.AlreadyFinished)} were finished before, {Count(SweepState.Finished)} finished now, {Count(SweepState.Failed)} failed, "
            + $"{Count(SweepState.WithoutData)} without data, {Count(SweepState.TakenElsewhere)} made by another process, {Count(SweepState.Waiting)} to run");
    }

    private static (string Dataset, int? TrainingExamples) DataOf(RunSpec spec) => (spec.Dataset, spec.Protocol.TrainingExamples);

    private static string? Missing((string Dataset, int? TrainingExamples) data)
    {
        try
        {
            _ = DatasetLoader.Load(data.Dataset, seed: 0, trainingExamples: data.TrainingExamples);
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }
}
