using System.CommandLine;
using System.Text.Json;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Checking;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt notebooks check</c>: runs notebooks again and says where they no longer tell what is stored in them.</summary>
internal static class NotebooksCheckCommand
{
    internal static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = NotebookPaths.Help, Arity = ArgumentArity.OneOrMore };
        var tolerance = new Option<double>("--tolerance")
        {
            HelpName = "NUMBER",
            Description = "Largest relative difference of two numbers that count as equal.",
            DefaultValueFactory = _ => NumberTolerance.Default.Relative,
        };
        var limit = new Option<double?>("--cell-timeout") { Description = CellLimit.Help, HelpName = "SECONDS" };
        var quiet = QuietOption.Create();
        var json = JsonOutput.Option("one JSON array with an object per notebook: its differences,");
        var command = new Command(
            "check",
            "Runs notebooks again and compares every output with the stored one, writing nothing. Exit code 1 when they differ, or when a cell fails that is not tagged "
            + $"'{NotebookCell.RaisesTag}'. Whole numbers have to be equal. Not compared: cells tagged '{OutputComparison.VolatileTag}'; {NumberTolerance.LeftOut}; traces of errors; "
            + "of a figure whose data is stored, the image and the HTML drawn from it.") { paths, tolerance, limit, json, quiet };
        command.SetAction((parsed, cancel) => RunAsync(
            NotebookPaths.Expand(parsed.GetRequiredValue(paths)),
            new NumberTolerance(parsed.GetTolerance(tolerance)),
            CellLimit.Of(parsed.GetValue(limit)),
            parsed.GetValue(json),
            parsed.GetValue(quiet),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, NumberTolerance tolerance, TimeSpan? limit, bool json, bool quiet, CancellationToken cancel)
    {
        var notebooks = paths.Select(path => (Path: path, Stored: NotebookDocument.ReadToRun(path))).ToArray();
        var differing = await LiveProgress.ShowAsync(quiet, async progress =>
        {
            // A figure's image is not compared, so none is drawn.
            var runner = new NotebookRunner(new RunOptions { CellLimit = limit, AllowErrors = true }, _ => { }, progress, TimeProvider.System);
            var found = new List<(string Path, IReadOnlyList<OutputDifference> Differences)>();
            foreach (var (path, stored) in notebooks)
            {
                var now = NotebookDocument.Read(path);
                await runner.ExecuteAsync(now, path, cancel).ConfigureAwait(false);
                cancel.ThrowIfCancellationRequested();
                found.Add((path, new OutputComparison(tolerance).Compare(stored, now)));
            }

            return found;
        }).ConfigureAwait(false);

        if (json)
        {
            var report = differing.Select(d => new { notebook = d.Path, differences = d.Differences.Select(o => new { cell = o.Cell, place = o.Place, stored = o.Stored, now = o.Now }) });
            Console.Write(JsonOutput.Of(writer => JsonSerializer.Serialize(writer, report)));
        }
        else
        {
            differing.ForEach(d => DifferenceReport.Write(d.Path, d.Differences));
        }

        return differing.All(d => d.Differences.Count == 0) ? 0 : 1;
    }
}
