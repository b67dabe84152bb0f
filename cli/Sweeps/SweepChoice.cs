using System.CommandLine;
using Ndt.Models;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Cli.Sweeps;

/// <summary>The options that say which runs a sweep has, for the commands that make them and that collect them.</summary>
internal sealed class SweepChoice
{
    private readonly Option<FileInfo?> grid = new("--grid") { Description = "Grid file; by default data/grid.json, the study's 55 cells." };
    private readonly Option<string?> datasets = new("--datasets") { Description = "Only these datasets of the grid: mnist,fashion_mnist." };
    private readonly Option<string?> architectures = new("--architectures") { Description = "Only these architectures of the grid: mlp_narrow,cnn_deep." };
    private readonly Option<string?> protocols = new("--protocols") { Description = $"Protocols to run each cell with, of {string.Join(", ", Protocol.All.Select(p => p.Name))}; by default the grid's." };
    private readonly Option<string?> seeds = new("--seeds") { Description = "A seed, a list (0,2) or a range (0..4); by default 0..4, or the plan's." };
    private readonly Option<int> steps = new("--steps") { Description = "Optimiser steps.", DefaultValueFactory = _ => Protocol.Study.Steps };
    private readonly Option<FileInfo?> checkpointPlan = new("--checkpoint-plan")
    {
        Description = "A plan such as data/checkpoint_plan.json, in place of a grid: its runs, whose states it keeps in OUT/PROTOCOL/checkpoints; --seeds, --protocols, --architectures and --datasets choose from it.",
    };

    private readonly Option<bool> weightsOnly = new("--checkpoint-weights-only") { Description = "Keeps only the weights of a plan's states: smaller, and nothing to resume from." };

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [grid, datasets, architectures, protocols, seeds, steps, checkpointPlan, weightsOnly];

    /// <summary>The runs that the options name, with records in FOLDER/PROTOCOL, the longest first. Throws <see cref="InputException"/>.</summary>
    public IReadOnlyList<SweepRun> RunsIn(string folder, ParseResult arguments, string device = "cpu", bool deterministic = true)
    {
        var plan = arguments.GetValue(checkpointPlan) is { } planFile ? CheckpointPlan.Read(planFile.FullName) : null;
        if (plan is not null && arguments.GetValue(grid) is not null)
        {
            throw new InputException($"{grid.Name} and {checkpointPlan.Name} both say what to run; give one of them");
        }

        var (allCells, ownProtocols) = plan is null ? CellsOf(arguments.GetValue(grid)) : (plan.Cells, plan.Protocols);
        var source = plan is null ? "the grid" : "the plan";
        var cells = Chosen(allCells, arguments.GetValue(datasets), cell => cell.Dataset, datasets.Name, source);
        cells = Chosen(cells, arguments.GetValue(architectures), cell => cell.Architecture, architectures.Name, source);
        var length = arguments.GetCount(steps);
        var chosen = (arguments.GetValue(protocols)?.Split(',') ?? ownProtocols).Select(name => Protocol.Find(name) with { Steps = length }).ToArray();
        var numbers = arguments.GetValue(seeds) is { } seedText ? SeedList.Parse(seedText) : plan?.Seeds ?? SeedList.Parse("0..4");
        var runs =
            from protocol in chosen
            from seed in numbers
            from cell in cells
            select new SweepRun(
                new RunSpec(ArchitectureCatalogue.Find(cell.Architecture), cell.Dataset, seed, protocol) { Device = device, Deterministic = deterministic },
                Path.Combine(folder, protocol.Name),
                plan is null ? null : new RunCheckpoints(Path.Combine(folder, protocol.Name), plan.Steps, arguments.GetValue(weightsOnly)));
        var ordered = new Sweep(runs).Runs;
        foreach (var run in ordered)
        {
            run.Checkpoints?.RequireWithin(run.Spec);
        }

        return ordered;
    }

    private static (IReadOnlyList<GridCell> Cells, IReadOnlyList<string> Protocols) CellsOf(FileInfo? file)
    {
        var grid = ExperimentGrid.Read(file?.FullName ?? Path.Combine(ProjectFolder.Inputs, "grid.json"));
        return (grid.Cells, [grid.Protocol]);
    }

    private static IReadOnlyList<GridCell> Chosen(IReadOnlyList<GridCell> cells, string? names, Func<GridCell, string> name, string option, string source)
    {
        if (names is null)
        {
            return cells;
        }

        var wanted = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] known = [.. cells.Select(name).Distinct()];
        if (wanted.FirstOrDefault(w => !known.Contains(w)) is { } unknown)
        {
            throw new InputException($"{option}: {source} has no '{unknown}'; it has {string.Join(", ", known)}{Nearest.Proposal(unknown, known)}");
        }

        return [.. cells.Where(cell => wanted.Contains(name(cell)))];
    }
}
