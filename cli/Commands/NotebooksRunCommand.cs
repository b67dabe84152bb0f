using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt notebooks run</c>: executes notebooks from top to bottom and stores their outputs.</summary>
internal static class NotebooksRunCommand
{
    internal static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = NotebookPaths.Help, Arity = ArgumentArity.OneOrMore };
        var parameters = new Option<string[]>("--parameter", "-p")
        {
            Description = "Sets a variable of the cell tagged 'parameters', to a value in C# or as papermill takes it ([1, 2], True, None); may be given several times; a relative path counts from the notebook's folder. PATH --help lists what can be set.",
            HelpName = "NAME=VALUE",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var output = new Option<string?>("--output-dir") { Description = "Folder for the executed notebooks and pages; by default they are written in place.", HelpName = "DIR" };
        var html = new Option<bool>("--html") { Description = "Also writes each notebook as an HTML page that opens without a network." };
        var pdf = new Option<bool>("--pdf") { Description = "Also prints each notebook's page to a PDF file beside it; implies --html and needs a Chromium." };
        var limit = new Option<double?>("--cell-timeout") { Description = CellLimit.Help, HelpName = "SECONDS" };
        var allow = new Option<bool>("--allow-errors") { Description = "Goes on with the next cell after one has failed." };
        var quiet = QuietOption.Create();
        var describe = new Option<bool>("--help-parameters") { Description = "Lists the notebooks' parameters with their defaults without running them." };
        var command = new Command("run", "Runs notebooks from top to bottom and stores their outputs. --help with a PATH also lists what -p can set.") { paths, parameters, output, html, pdf, limit, allow, describe, quiet };
        var help = new HelpOption();
        help.Action = new ParameterHelp((SynchronousCommandLineAction)help.Action!, paths);
        command.Options.Add(help);
        command.SetAction(async (parsed, cancel) =>
        {
            var notebooks = NotebookPaths.Expand(parsed.GetRequiredValue(paths));
            if (parsed.GetValue(describe))
            {
                Describe(notebooks);
                return 0;
            }

            var folder = parsed.GetValue(output);
            return await RunAsync(
                notebooks,
                new RunOptions
                {
                    OutputFolder = folder,
                    Pages = parsed.GetValue(html) || parsed.GetValue(pdf) ? PageLinks.PagesOf(notebooks, folder) : new Dictionary<string, string>(),
                    Parameters = Parse(parsed.GetValue(parameters) ?? []),
                    CellLimit = CellLimit.Of(parsed.GetValue(limit)),
                    AllowErrors = parsed.GetValue(allow),
                },
                parsed.GetValue(pdf),
                parsed.GetValue(quiet),
                cancel).ConfigureAwait(false);
        });
        return command;
    }

    // The usual help, and what the notebooks named beside it can be given.
    private sealed class ParameterHelp(SynchronousCommandLineAction usual, Argument<string[]> paths) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = usual.Invoke(parseResult);
            var notebooks = NotebookPaths.Expand(parseResult.GetResult(paths)?.Tokens.Select(token => token.Value) ?? []);
            if (notebooks.Length > 0)
            {
                Console.WriteLine("Parameters:");
                Describe(notebooks);
            }

            return code;
        }
    }

    private static async Task<int> RunAsync(string[] notebooks, RunOptions options, bool isPrinted, bool quiet, CancellationToken cancel)
    {
        RefuseClashes(notebooks, options);

        // Every file and parameter is looked at before anything is made.
        foreach (var notebook in notebooks)
        {
            NotebookRunner.Prepare(notebook, options);
        }

        foreach (var folder in options.OutputFolder is { } given ? [given] : notebooks.Where(File.Exists).Select(notebook => Path.GetDirectoryName(Path.GetFullPath(notebook))!).Distinct())
        {
            WritableFolder.Require(folder, options.OutputFolder is null ? folder : $"--output-dir {folder}", options.OutputFolder is null ? "--output-dir names another folder" : "");
        }

        var images = new FigureImages(message => Console.Error.WriteLine($"ndt: {message}"));
        await using var closing = images.ConfigureAwait(false);
        var failures = await LiveProgress.ShowAsync(quiet, async progress =>
        {
            var failed = 0;
            foreach (var notebook in notebooks)
            {
                var succeeded = await new NotebookRunner(options, images.Complete, progress, TimeProvider.System).RunAsync(notebook, cancel).ConfigureAwait(false);
                failed += succeeded ? 0 : 1;
            }

            return failed;
        }).ConfigureAwait(false);
        await PagePrinter.PrintAsync(isPrinted ? [.. options.Pages.Values] : []).ConfigureAwait(false);
        return failures == 0 ? 0 : 1;
    }

    private static void RefuseClashes(string[] notebooks, RunOptions options)
    {
        if (options.OutputFolder is { } folder
            && notebooks.GroupBy(Path.GetFileName).FirstOrDefault(g => g.Count() > 1) is { } clash)
        {
            throw new InputException($"--output-dir {folder}: {string.Join(" and ", clash)} would be written to one file; give them different names or run them one by one");
        }
    }

    private static Dictionary<string, string> Parse(string[] given)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new InputException($"-p is '{text}'; NAME=VALUE is expected");
            }

            values[text[..equals].Trim()] = text[(equals + 1)..];
        }

        return values;
    }

    private static void Describe(string[] notebooks)
    {
        foreach (var notebook in notebooks)
        {
            var parameters = NotebookParameters.Read(NotebookDocument.ReadToRun(notebook));
            Console.WriteLine(parameters.Count == 0 ? $"{notebook}: no parameters" : $"{notebook}:");
            foreach (var parameter in parameters)
            {
                Console.WriteLine($"  {parameter}");
            }
        }
    }
}
