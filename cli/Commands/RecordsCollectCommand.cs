using System.CommandLine;
using Ndt.Cli.Sweeps;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt records collect</c>: the records of a sweep that was run in parts, in one folder, none missing.</summary>
internal static class RecordsCollectCommand
{
    internal static Command Create()
    {
        var folders = new Argument<DirectoryInfo[]>("DIR") { Arity = ArgumentArity.ZeroOrMore, Description = "The folders that parts of the sweep wrote to (their --out), if they differ from --out." };
        var output = new Option<DirectoryInfo>("--out") { Required = true, HelpName = "DIR", Description = "The common folder; records that are already there count." };
        var shards = new Option<int?>("--shards") { Description = "Number of parts that the sweep was run in (the N of --shard I/N): names those that have to be run again." };
        var json = JsonOutput.Option("one JSON object: how many runs were already there, how many were copied, what is missing and why, which parts to run again,");
        var choice = new SweepChoice();
        var command = new Command(
            "collect",
            "Brings the records of a sweep's parts into one folder and checks that every run is there: whole, of the right protocol, and the same wherever it was made twice. The options say what the sweep was, as they did to ndt sweep; exit code 1 when a run is missing.")
        {
            folders, output, shards, json,
        };
        foreach (var option in choice.Options)
        {
            command.Add(option);
        }

        command.SetAction(arguments =>
        {
            if (arguments.GetValue(shards) is < 1 and var wrong)
            {
                throw new InputException($"{shards.Name} is {wrong}; expected 1 or more");
            }

            var folder = arguments.GetRequiredValue(output).FullName;
            var runs = choice.RunsIn(folder, arguments);
            var sources = arguments.GetValue(folders)!.Select(source => source.Exists
                ? choice.RunsIn(source.FullName, arguments)
                : throw new InputException($"{source}: no such folder; the --out of a part of the sweep is needed")).ToArray();
            OutputFolder.Prepare(folder);
            var outcomes = runs.Select((run, i) => (Run: run, Result: RunCollector.Bring(run, [.. sources.Select(source => source[i])]))).ToArray();
            return Report(runs, outcomes, arguments.GetValue(shards), arguments.GetValue(json));
        });
        return command;
    }

    private static int Report(IReadOnlyList<SweepRun> runs, (SweepRun Run, (Collected Outcome, string? Problem) Result)[] outcomes, int? shards, bool json)
    {
        var missing = outcomes.Where(outcome => outcome.Result.Outcome == Collected.Missing).Select(outcome => (outcome.Run, outcome.Result.Problem)).ToArray();
        var lacking = missing.Select(one => one.Run).ToHashSet();
        int[] parts = [.. Enumerable.Range(1, shards ?? 0).Where(i => new Shard(i, shards!.Value).Of(runs).Any(lacking.Contains))];
        int Count(Collected outcome) => outcomes.Count(o => o.Result.Outcome == outcome);
        if (json)
        {
            Console.Write(Json(runs.Count, Count(Collected.ThereBefore), Count(Collected.Brought), missing, parts));
        }
        else
        {
            foreach (var (run, problem) in missing)
            {
                Console.WriteLine($"missing: {run.Spec.Protocol.Name} {run.Spec.Name}: {problem}");
            }

            Console.WriteLine($"{runs.Count} runs: {Count(Collected.ThereBefore)} were already there, {Count(Collected.Brought)} copied, {missing.Length} missing");
            if (missing.Length > 0)
            {
                Console.WriteLine(shards is { } count ? $"run again: parts {string.Join(',', parts)} of {count}" : "run the same sweep again; finished runs are kept");
            }
        }

        return missing.Length == 0 ? 0 : 1;
    }

    private static string Json(int runs, int before, int brought, (SweepRun Run, string? Problem)[] missing, int[] parts) => JsonOutput.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("runs", runs);
        writer.WriteNumber("there_before", before);
        writer.WriteNumber("brought", brought);
        writer.WriteStartArray("missing");
        foreach (var (run, problem) in missing)
        {
            writer.WriteStartObject();
            writer.WriteString("name", run.Spec.Name);
            writer.WriteString("protocol", run.Spec.Protocol.Name);
            writer.WriteString("problem", problem);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("parts_to_run_again");
        Array.ForEach(parts, writer.WriteNumberValue);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
