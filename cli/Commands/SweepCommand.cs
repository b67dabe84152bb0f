using System.CommandLine;
using Ndt.Cli.Sweeps;
using Ndt.Data;
using Ndt.Models;
using Ndt.Records;
using Ndt.Training;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt sweep</c>: many runs, resumable.</summary>
internal static class SweepCommand
{
    internal static Command Create()
    {
        var grid = new Option<FileInfo?>("--grid") { Description = "Grid file; by default data/grid.json, the study's 55 cells." };
        var datasets = new Option<string?>("--datasets") { Description = "Only these datasets of the grid: mnist,fashion_mnist." };
        var architectures = new Option<string?>("--architectures") { Description = "Only these architectures of the grid: mlp_narrow,cnn_deep." };
        var protocols = new Option<string?>("--protocols") { Description = $"Protocols to run each cell with, of {string.Join(", ", Protocol.All.Select(p => p.Name))}; by default the grid's." };
        var seeds = new Option<string?>("--seeds") { Description = "A seed, a list (0,2) or a range (0..4); by default 0..4, or the plan's." };
        var workers = new Option<int>("--workers") { Description = "Runs at a time, one process and one torch thread each.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var shard = new Option<string>("--shard") { Description = "I/N: only the I-th of N parts of the runs, from 1; for several machines on one grid.", DefaultValueFactory = _ => "1/1" };
        var steps = new Option<int>("--steps") { Description = "Optimiser steps.", DefaultValueFactory = _ => Protocol.Study.Steps };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "cpu" };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder of the records, one folder per protocol in it; by default data/records." };
        var checkpointPlan = new Option<FileInfo?>("--checkpoint-plan")
        {
            Description = "A plan such as data/checkpoint_plan.json, in place of a grid: its runs, whose states it keeps in OUT/PROTOCOL/checkpoints; --seeds, --protocols, --architectures and --datasets choose from it.",
        };
        var weightsOnly = new Option<bool>("--checkpoint-weights-only") { Description = "Keeps only the weights of a plan's states: smaller, and nothing to resume from." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Lists the runs and their state, and runs nothing." };
        var command = new Command("sweep", "Runs every cell of a grid for every seed. Records that are there already are kept: start it again to continue.")
        {
            grid, datasets, architectures, protocols, seeds, workers, shard, steps, device, output, checkpointPlan, weightsOnly, dryRun,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            var plan = arguments.GetValue(checkpointPlan) is { } planFile ? CheckpointPlan.Read(planFile.FullName) : null;
            if (plan is not null && arguments.GetValue(grid) is not null)
            {
                throw new InputException($"{grid.Name} and {checkpointPlan.Name} both say what to run; give one of them");
            }

            var (allCells, ownProtocols) = plan is null ? CellsOf(arguments.GetValue(grid)) : (plan.Cells, plan.Protocols);
            var cells = Chosen(allCells, arguments.GetValue(datasets), cell => cell.Dataset, datasets.Name);
            cells = Chosen(cells, arguments.GetValue(architectures), cell => cell.Architecture, architectures.Name);
            var chosen = (arguments.GetValue(protocols)?.Split(',') ?? ownProtocols).Select(name => Protocol.Find(name) with { Steps = arguments.GetValue(steps) }).ToArray();
            var numbers = arguments.GetValue(seeds) is { } seedText ? SeedList.Parse(seedText) : plan?.Seeds ?? SeedList.Parse("0..4");
            var folder = arguments.GetValue(output)?.FullName ?? Path.Combine(ProjectFolder.Data, "records");
            var all =
                from protocol in chosen
                from seed in numbers
                from cell in cells
                select new SweepRun(
                    new RunSpec(ArchitectureCatalogue.Find(cell.Architecture), cell.Dataset, seed, protocol) { Device = arguments.GetValue(device)! },
                    Path.Combine(folder, protocol.Name),
                    plan is null ? null : new RunCheckpoints(Path.Combine(folder, protocol.Name), plan.Steps, arguments.GetValue(weightsOnly)));
            var sweep = new Sweep(Shard.Parse(arguments.GetValue(shard)!).Of(new Sweep(all).Runs));
            foreach (var run in sweep.Runs)
            {
                run.Checkpoints?.RequireWithin(run.Spec);
            }

            var missing = cells.Select(cell => cell.Dataset).Distinct().ToDictionary(dataset => dataset, Missing);
            sweep.Survey(dataset => missing[dataset]);
            if (!arguments.GetValue(dryRun))
            {
                var count = arguments.GetValue(workers) is >= 1 and var n ? n : throw new InputException($"--workers is {arguments.GetValue(workers)}; expected 1 or more");
                await new SweepDisplay(sweep).ShowAsync(sweep.RunAsync(count, cancellation));
            }

            return Report(sweep, cancellation.IsCancellationRequested, arguments.GetValue(dryRun));
        });
        return command;
    }

    private static int Report(Sweep sweep, bool stopped, bool dryRun)
    {
        foreach (var group in sweep.Runs.Where(run => run.State == SweepState.WithoutData).GroupBy(run => run.Message))
        {
            Console.WriteLine($"not run, {group.Count()} runs: {group.Key}: {string.Join(" ", group.Select(run => run.Spec.Name))}");
        }

        foreach (var run in sweep.Runs.Where(run => run.State == SweepState.Failed))
        {
            Console.WriteLine($"failed: {run.Spec.Name}: {run.Message} (log: {run.LogPath})");
        }

        if (dryRun)
        {
            foreach (var run in sweep.Runs.Where(run => run.State == SweepState.Waiting))
            {
                Console.WriteLine($"to run: {run.Spec.Protocol.Name} {run.Spec.Name}");
            }
        }

        int Count(SweepState state) => sweep.Runs.Count(run => run.State == state);
        Console.WriteLine(
            $"{sweep.Runs.Count} runs: {Count(SweepState.AlreadyFinished)} were finished before, {Count(SweepState.Finished)} finished now, {Count(SweepState.Failed)} failed, "
            + $"{Count(SweepState.WithoutData)} without data, {Count(SweepState.TakenElsewhere)} made by another process, {Count(SweepState.Waiting)} to run");
        if (stopped)
        {
            Console.Error.WriteLine("ndt: stopped; start the same command again to continue");
        }

        return dryRun || sweep.Runs.All(run => run.State is SweepState.AlreadyFinished or SweepState.Finished or SweepState.TakenElsewhere) ? 0 : 1;
    }

    private static (IReadOnlyList<GridCell> Cells, IReadOnlyList<string> Protocols) CellsOf(FileInfo? file)
    {
        var grid = ExperimentGrid.Read(file?.FullName ?? Path.Combine(ProjectFolder.Inputs, "grid.json"));
        return (grid.Cells, [grid.Protocol]);
    }

    private static string? Missing(string dataset)
    {
        try
        {
            _ = DatasetLoader.Load(dataset, seed: 0);
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }

    private static IReadOnlyList<GridCell> Chosen(IReadOnlyList<GridCell> cells, string? names, Func<GridCell, string> name, string option)
    {
        if (names is null)
        {
            return cells;
        }

        var wanted = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.FirstOrDefault(w => cells.All(cell => name(cell) != w)) is { } unknown)
        {
            throw new InputException($"{option}: the grid has no '{unknown}'; it has {string.Join(", ", cells.Select(name).Distinct())}");
        }

        return [.. cells.Where(cell => wanted.Contains(name(cell)))];
    }
}
