using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Markdig;
using Ndt.Charts;
using Ndt.Cli.Browser;
using Ndt.Cli.Documentation;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Checking;
using Ndt.Cli.Pages;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt reproduce</c>: the main job. Runs the study's notebooks on what <c>data/</c> holds and writes <c>results/</c>.</summary>
internal static class ReproduceCommand
{
    // A notebook takes about a gigabyte of memory.
    private const int MostWorkers = 4;

    internal static Command Create()
    {
        var command = new Command("reproduce", "Runs all notebooks on what data/ holds and writes results/; begin at results/html/index.html.");
        var check = new Option<bool>("--check") { Description = "Also exits with 1 if an output differs from the stored one, compared as by ndt notebooks check." };
        var workers = new Option<int>("--workers") { Description = "Notebooks at a time, one process each.", DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, MostWorkers) };
        var quiet = QuietOption.Create();
        command.Add(check);
        command.Add(workers);
        command.Add(quiet);
        command.SetAction((parsed, cancel) => RunAsync(Environment.CurrentDirectory, parsed.GetValue(check), parsed.GetCount(workers), parsed.GetValue(quiet), cancel));
        return command;
    }

    /// <summary>Runs the repository's notebooks in their order; goes on to the next where one fails, and says so at the end, with every output that is not the stored one.</summary>
    internal static async Task<int> RunAsync(string from, bool check, int workers, bool quiet, CancellationToken cancel)
    {
        var root = ProjectFolder.Find(from);
        var folder = Path.Combine(root, "notebooks");
        var notebooks = PublishedNotebooks.In(folder);
        if (notebooks.Length == 0)
        {
            throw new InputException($"{folder}: holds no notebook 0*.ipynb; the checkout is incomplete");
        }

        var results = Path.Combine(root, "results");
        var pages = Path.Combine(results, "html");
        WritableFolder.Require(pages, pages);
        Console.WriteLine($"Runs {Words.Count(notebooks.Length, "notebook")} on the records in data/. This takes five to eight minutes on two cores and needs no network. Pages, tables and the executed notebooks go to {Shown(results)}.");
        ExplorerPage.Write(root, pages, message => Console.Error.WriteLine($"ndt: {message}"));
        var options = new RunOptions { OutputFolder = results, Pages = PageLinks.PagesOf(notebooks, pages), PageHome = SiteIndex.FileName };
        var images = new FigureImages(message => Console.Error.WriteLine($"ndt: {message}"));
        await using var closing = images.ConfigureAwait(false);
        var failed = await LiveProgress.ShowAsync(quiet, async progress =>
        {
            var failures = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(notebooks, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel }, async (notebook, stop) =>
            {
                if (!await new NotebookRunner(options, images.Complete, progress, TimeProvider.System).RunAsync(Shown(notebook), stop).ConfigureAwait(false))
                {
                    failures.Add(Path.GetFileName(notebook));
                }
            }).ConfigureAwait(false);
            return failures.Order().ToArray();
        }).ConfigureAwait(false);

        string[] executed = [.. notebooks.Select(notebook => Path.Combine(results, Path.GetFileName(notebook)))];
        string[] paper = [.. notebooks.Where(notebook => Path.GetFileName(notebook) == PublishedNotebooks.Paper).Select(notebook => options.Pages[Path.GetFullPath(notebook)])];
        await PrintAsync(paper).ConfigureAwait(false);
        SiteIndex.Write(root, results, pages, options.Pages);
        var differing = notebooks.Zip(executed).Count(pair => Differs(pair.First, pair.Second));
        Console.Write(ClosingText(executed, Shown(Path.Combine(pages, SiteIndex.FileName)), paper.Select(PagePrinter.PdfOf).Where(File.Exists).Select(Shown)));
        if (failed.Length > 0)
        {
            throw new WorkFailedException($"a cell failed in {string.Join(", ", failed)}; the notebooks in {Shown(results)} hold the errors");
        }

        return check && differing > 0 ? 1 : 0;
    }

    /// <summary>Prints the paper's page; where that cannot be, the rest is of use without it, and a line says why.</summary>
    private static async Task PrintAsync(string[] paper)
    {
        try
        {
            await PagePrinter.PrintAsync(paper).ConfigureAwait(false);
        }
        catch (WorkFailedException e)
        {
            await Console.Error.WriteLineAsync($"ndt: {e.Message}").ConfigureAwait(false);
        }
    }

    private static bool Differs(string stored, string executed)
    {
        var differences = new OutputComparison(NumberTolerance.Default).Compare(NotebookDocument.Read(stored), NotebookDocument.Read(executed));
        DifferenceReport.Write(Shown(stored), differences);
        return differences.Count > 0;
    }

    /// <summary>What the executed notebooks found, by the cells that say so, then where the pages are and how to open them, and what can be printed.</summary>
    private static string ClosingText(IEnumerable<string> executed, string index, IEnumerable<string> printed)
    {
        var text = new StringBuilder();
        string[] findings = [.. executed.SelectMany(FoundText.Findings)];
        if (findings.Length > 0)
        {
            text.AppendLine().AppendLine("What was found:");
            foreach (var (i, finding) in findings.Index())
            {
                text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{i + 1}. {Plain(finding)}");
            }
        }

        var opener = OperatingSystem.IsWindows() ? "start" : OperatingSystem.IsMacOS() ? "open" : "xdg-open";
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"All pages begin at {index}. To open them: {opener} {index}");
        return text.AppendJoin("", printed.Select(file => $"The paper, to read or print: {file}\n")).ToString();
    }

    /// <summary>Markdown without its marks of emphasis and the targets of its links.</summary>
    private static string Plain(string markdown) => Markdown.ToPlainText(markdown).Trim();

    private static string Shown(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path);
}
