using System.CommandLine;
using System.Globalization;
using System.Text;
using Markdig;
using Ndt.Cli.Browser;
using Ndt.Cli.Documentation;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Checking;
using Ndt.Cli.Pages;
using Ndt.Figures;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt reproduce</c>: the main job. Runs the study's notebooks on what <c>data/</c> holds and writes <c>results/</c>.</summary>
internal static class ReproduceCommand
{
    internal static Command Create()
    {
        var command = new Command("reproduce", "Runs all notebooks on what data/ holds and writes results/; begin at results/html/index.html.");
        var check = new Option<bool>("--check") { Description = "Exit code 1 also where an output is not the one that the notebook has stored, as ndt notebooks check compares them." };
        var quiet = QuietOption.Create();
        command.Add(check);
        command.Add(quiet);
        command.SetAction((parsed, cancel) => RunAsync(Environment.CurrentDirectory, parsed.GetValue(check), parsed.GetValue(quiet), cancel));
        return command;
    }

    /// <summary>Runs the repository's notebooks in their order; goes on to the next where one fails, and says so at the end, with every output that is not the stored one.</summary>
    internal static async Task<int> RunAsync(string from, bool check, bool quiet, CancellationToken cancel)
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
        Console.WriteLine($"Runs {Words.Count(notebooks.Length, "notebook")} on the records in data/. This takes about two minutes on two cores and needs no network. Pages, tables and the executed notebooks go to {Shown(results)}.");
        ExplorerPage.Write(root, pages, message => Console.Error.WriteLine($"ndt: {message}"));
        var options = new RunOptions { OutputFolder = results, Pages = PageLinks.PagesOf(notebooks, pages), PageHome = SiteIndex.FileName };
        var images = new FigureImages(message => Console.Error.WriteLine($"ndt: {message}"));
        await using var closing = images.ConfigureAwait(false);
        var failed = await LiveProgress.ShowAsync(quiet, async progress =>
        {
            var failures = new List<string>();
            foreach (var notebook in notebooks)
            {
                if (!await new NotebookRunner(options, images.Complete, progress, TimeProvider.System).RunAsync(Shown(notebook), cancel).ConfigureAwait(false))
                {
                    failures.Add(Path.GetFileName(notebook));
                }
            }

            return failures;
        }).ConfigureAwait(false);

        string[] executed = [.. notebooks.Select(notebook => Path.Combine(results, Path.GetFileName(notebook)))];
        SiteIndex.Write(root, results, pages, options.Pages);
        var differing = notebooks.Zip(executed).Count(pair => Differs(pair.First, pair.Second));
        Console.Write(ClosingText(executed, Shown(Path.Combine(pages, SiteIndex.FileName))));
        if (failed.Count > 0)
        {
            throw new WorkFailedException($"a cell failed in {string.Join(", ", failed)}; the notebooks in {Shown(results)} hold the errors");
        }

        return check && differing > 0 ? 1 : 0;
    }

    private static bool Differs(string stored, string executed)
    {
        var differences = new OutputComparison(NumberTolerance.Default).Compare(NotebookDocument.Read(stored), NotebookDocument.Read(executed));
        DifferenceReport.Write(Shown(stored), differences);
        return differences.Count > 0;
    }

    /// <summary>What the executed notebooks found, by the cells that say so, then where the pages are and how to open them.</summary>
    private static string ClosingText(IEnumerable<string> executed, string index)
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
        return text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"All pages begin at {index}. To open them: {opener} {index}").ToString();
    }

    /// <summary>Markdown without its marks of emphasis and the targets of its links.</summary>
    private static string Plain(string markdown) => Markdown.ToPlainText(markdown).Trim();

    private static string Shown(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path);
}
