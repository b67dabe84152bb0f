using System.CommandLine;
using System.Globalization;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Checking;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt notebooks check</c>: runs notebooks again and says where they no longer tell what is stored in them.</summary>
internal static class NotebooksCheckCommand
{
    /// <summary>Differences shown of one notebook; what goes wrong early goes wrong in every line after.</summary>
    private const int MostShown = 10;

    internal static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Notebooks (.ipynb).", Arity = ArgumentArity.OneOrMore };
        var tolerance = new Option<double>("--tolerance")
        {
            HelpName = "NUMBER",
            Description = "Largest relative difference of two numbers that count as equal.",
            DefaultValueFactory = _ => NumberTolerance.Default.Relative,
        };
        var limit = new Option<double?>("--cell-timeout") { Description = CellLimit.Help, HelpName = "SECONDS" };
        var command = new Command("check", "Runs notebooks again and compares with their stored outputs, writing nothing; cells tagged 'volatile' are not compared. Exit code 1 when they differ.") { paths, tolerance, limit };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetRequiredValue(paths),
            new NumberTolerance(parsed.GetTolerance(tolerance)),
            CellLimit.Of(parsed.GetValue(limit)),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, NumberTolerance tolerance, TimeSpan? limit, CancellationToken cancel)
    {
        var notebooks = paths.Select(path => (Path: path, Stored: NotebookDocument.Read(path))).ToArray();
        var differing = await LiveProgress.ShowAsync(async progress =>
        {
            // Images are not compared, so none are drawn.
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

        foreach (var (path, differences) in differing)
        {
            Report(path, differences);
        }

        return differing.All(d => d.Differences.Count == 0) ? 0 : 1;
    }

    private static void Report(string path, IReadOnlyList<OutputDifference> differences)
    {
        Console.WriteLine(differences.Count switch
        {
            0 => $"{path}: says what is stored",
            1 => $"{path}: 1 difference",
            var n => string.Create(CultureInfo.InvariantCulture, $"{path}: {n} differences"),
        });
        foreach (var difference in differences.Take(MostShown))
        {
            Console.WriteLine(difference);
        }

        if (differences.Count > MostShown)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {differences.Count - MostShown} more"));
        }
    }
}
