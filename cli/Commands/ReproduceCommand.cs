using System.CommandLine;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt reproduce</c>: the main job. Runs the study's notebooks on what <c>data/</c> holds and writes <c>results/</c>.</summary>
internal static class ReproduceCommand
{
    internal static Command Create()
    {
        var command = new Command("reproduce", "Runs all notebooks on what data/ holds and writes results/; begin at results/html/index.html.");
        var quiet = QuietOption.Create();
        command.Add(quiet);
        command.SetAction((parsed, cancel) => RunAsync(Environment.CurrentDirectory, parsed.GetValue(quiet), cancel));
        return command;
    }

    /// <summary>Runs the repository's notebooks in their order; goes on to the next where one fails, and says so at the end.</summary>
    internal static async Task<int> RunAsync(string from, bool quiet, CancellationToken cancel)
    {
        var root = ProjectFolder.Find(from);
        var folder = Path.Combine(root, "notebooks");
        string[] notebooks = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "0*.ipynb").Order(StringComparer.Ordinal)] : [];
        if (notebooks.Length == 0)
        {
            throw new InputException($"{folder}: holds no notebook 0*.ipynb; the repository's copy is not whole");
        }

        var results = Path.Combine(root, "results");
        var pages = Path.Combine(results, "html");
        WritableFolder.Require(pages, pages);
        var options = new RunOptions { OutputFolder = results, PageFolder = pages, PageHome = SiteIndex.FileName };
        var images = new FigureImages(message => Console.Error.WriteLine($"ndt: {message}"));
        await using var closing = images.ConfigureAwait(false);
        var failed = await LiveProgress.ShowAsync(quiet, async progress =>
        {
            var failures = new List<string>();
            foreach (var notebook in notebooks)
            {
                var shown = Path.GetRelativePath(Environment.CurrentDirectory, notebook);
                if (!await new NotebookRunner(options, images.Complete, progress, TimeProvider.System).RunAsync(shown, cancel).ConfigureAwait(false))
                {
                    failures.Add(Path.GetFileName(notebook));
                }
            }

            return failures;
        }).ConfigureAwait(false);

        SiteIndex.Write(results, pages, [.. notebooks.Select(n => Path.Combine(results, Path.GetFileName(n)))]);
        Console.WriteLine(Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(pages, SiteIndex.FileName)));
        if (failed.Count > 0)
        {
            throw new WorkFailedException($"a cell failed in {string.Join(", ", failed)}; the notebooks in {Path.GetRelativePath(Environment.CurrentDirectory, results)} hold the errors");
        }

        return 0;
    }
}
