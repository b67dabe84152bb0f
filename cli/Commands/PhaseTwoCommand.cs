using System.CommandLine;
using Ndt.PhaseTwo;
using Ndt.Runs;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt phase2</c>: from a folder of saved states to the file of their comparisons, which stands for the states where they are too large to keep.</summary>
internal static class PhaseTwoCommand
{
    internal static Command Create()
    {
        var states = new Argument<DirectoryInfo>("STATES") { Description = "The --out of ndt sweep --checkpoint-plan, or a folder such as data/checkpoints: PROTOCOL/NAME/step_00100.safetensors." };
        var plan = new Option<FileInfo?>("--plan") { Description = "Which runs and states to look for; by default data/phase2/plan.json. Runs that lack a state are left out and named." };
        var output = new Option<FileInfo>("--out") { Required = true, HelpName = "FILE", Description = "The Parquet file to write." };
        var quiet = QuietOption.Create();
        var command = new Command("phase2", "Compares saved states of networks with each other and with controls, layer by layer, and writes every comparison with the hashes of both states.") { states, plan, output, quiet };
        command.SetAction(arguments =>
        {
            var folder = arguments.GetRequiredValue(states);
            if (!folder.Exists)
            {
                throw new InputException($"{folder}: no such folder; states are made by ndt sweep --checkpoint-plan");
            }

            var file = arguments.GetRequiredValue(output).FullName;
            OutputFolder.CheckFile(file, "a Parquet file to write");
            var wanted = CheckpointPlan.Read(arguments.GetValue(plan)?.FullName ?? Path.Combine(ProjectFolder.Data, "phase2", "plan.json"));
            var found = SavedRun.Find(wanted, folder.FullName);
            using var status = new StatusLine(arguments.GetValue(quiet));
            var missing = MissingFrom(wanted, found);
            if (missing.Count > 0)
            {
                status.Tell($"ndt: without {missing.Count} of the plan's runs, whose states are not all there: {string.Join(' ', missing)}");
            }

            var rows = new List<ComparedStates>();
            foreach (var group in found.GroupBy(run => (run.Architecture, run.Dataset)))
            {
                status.Show($"comparing {group.Count()} runs of {group.Key.Architecture} on {group.Key.Dataset}");
                rows.AddRange(ComparedStates.Of(RunFeatures.Of(group)));
            }

            ComparisonFile.Write(file, rows);
            Console.WriteLine($"{file}: {rows.Count} comparisons of {found.Count} runs, {found.Sum(run => run.Files.Count)} states");
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<string> MissingFrom(CheckpointPlan plan, IReadOnlyList<SavedRun> found) =>
    [
        .. from cell in plan.Cells
           from protocol in plan.Protocols
           from seed in plan.Seeds
           where !found.Any(run => (run.Architecture, run.Dataset, run.Protocol, run.Seed) == (cell.Architecture, cell.Dataset, protocol, seed))
           select $"{protocol}/{RunSpec.NameOf(cell.Architecture, cell.Dataset, seed)}",
    ];
}
