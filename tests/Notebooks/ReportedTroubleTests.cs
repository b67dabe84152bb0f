using System.Text.Json.Nodes;
using Ndt.Cli;
using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

/// <summary>Inputs made of what people reported of other notebook hosts, each with what is right: run by the command, as a reader would.</summary>
[Trait("Category", "Integration")]
public sealed class ReportedTroubleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_endless_loop_of_a_notebook_is_stopped_and_the_cells_between_run()
    {
        var cells = await Run("01-second-stop-of-a-loop.ipynb", exitCode: 1, "--allow-errors", "--cell-timeout", "2");
        Assert.Equal(["error CellTimeout: cell[1]: stopped after 2 s, the limit for one cell"], cells[0]);
        Assert.Equal(["stdout between\n"], cells[1]);
        Assert.Equal(["error CellTimeout: cell[3]: stopped after 2 s, the limit for one cell"], cells[2]);
        Assert.Equal(["stdout after\n"], cells[3]);
    }

    [Fact]
    public async Task An_exception_whose_message_throws_is_named_by_its_type_and_the_next_cell_runs()
    {
        var cells = await Run("02-message-getter-throws.ipynb", exitCode: 1, "--allow-errors");
        Assert.StartsWith("error Odd: cell[1], line 5: ", Assert.Single(cells[0]), StringComparison.Ordinal);
        Assert.Equal(["stdout next\n"], cells[1]);
    }

    [Fact]
    public async Task A_cells_language_in_its_metadata_counts_and_an_unknown_one_is_refused_by_name()
    {
        var cells = await Run("04-cell-languages.ipynb", exitCode: 1, "--allow-errors");
        Assert.Equal(["text/markdown # A heading in a code cell of kind markdown"], cells[0]);
        Assert.Contains("text/html <b>shown as HTML</b>", cells[1]);
        Assert.StartsWith("error DirectiveError: cell[3], line 1: a cell in fsharp is not supported; this host runs csharp, ", Assert.Single(cells[2]), StringComparison.Ordinal);
        Assert.Equal(["text/markdown ```mermaid\ngraph TD; A-->B\n```"], cells[3]);
        Assert.Equal(["stdout C#\n"], cells[4]);
    }

    [Fact]
    public async Task Tuples_and_matrices_are_tables()
    {
        var cells = await Run("05-array-of-tuples.ipynb", exitCode: 0);
        Assert.All(cells, cell => Assert.StartsWith("text/html <table>", cell[0], StringComparison.Ordinal));
        Assert.Equal("text/plain Item 1  Item 2\n──────  ──────\na            1\nb            2", cells[0][1]);
        Assert.Equal("text/plain Item 1  Item 2\n──────  ──────\n     1  x\n     2  y", cells[1][1]);
        Assert.Equal("text/plain Item 1  Item 2\n──────  ──────\n     1       2", cells[2][1]);
        Assert.Equal("text/plain Item 1  Item 2\n──────  ──────", cells[3][1]);
        Assert.Equal("text/plain 0  1\n─  ─\n1  2\n3  4", cells[4][1]);
    }

    [Fact]
    public async Task Parameters_are_taken_as_the_help_prints_them_and_keep_their_kind()
    {
        var cells = await Run("06-parameters.ipynb", exitCode: 0, "-p", "big=1L", "-p", "price=1.5m", "-p", "rate=0.1f", "-p", "sizes=[1, 2]", "-p", "limit=3", "-p", "Kind=1");
        Assert.Equal(["stdout 5 1 1.5 0.1 2\n"], cells[2]);
        Assert.Equal(["stdout 3\nTrue\n"], cells[3]);
        Assert.Equal(["stdout kind\n"], cells[4]);
        Assert.Equal(["stdout -1\nFalse\n"], (await Run("06-parameters.ipynb", exitCode: 0, "-p", "limit=null"))[3]);
    }

    [Fact]
    public async Task Lines_of_texts_and_comments_are_no_directives()
    {
        var cells = await Run("08-directives-in-text.ipynb", exitCode: 0);
        Assert.Equal(["text/plain #!markdown\n# a title"], cells[0]);
        Assert.Equal(["text/plain \n#!time\nthis line\n"], cells[1]);
        Assert.Equal(["text/plain after the comment"], cells[2]);
        Assert.Equal(["text/markdown How to time a cell:\n```\n#!time\nwork();\n```"], cells[3]);
        Assert.Equal(["text/plain 3"], cells[4]);
    }

    [Fact]
    public async Task A_package_is_found_with_a_comment_behind_it_and_without_quotes()
    {
        var cells = await Run("09-r-with-comment.ipynb", exitCode: 0);
        Assert.Equal(["text/plain 1"], cells[0]);
        Assert.Equal(["text/plain 2"], cells[1]);
    }

    [Fact]
    public async Task Imports_count_from_their_own_file_skip_what_is_tagged_so_read_dib_files_and_end_in_a_circle()
    {
        var cells = await Run(Path.Combine("10-import", "start.ipynb"), exitCode: 1, "--allow-errors");
        Assert.Equal(["text/plain 4"], cells[1]);
        Assert.Empty(cells[0].Concat(cells[2]).Concat(cells[3]));
        Assert.Equal(["error DirectiveError: cell[5] → start-self.ipynb[2], line 1: #!import: start-self.ipynb imports itself (start-self.ipynb → start-self.ipynb)"], cells[4]);
    }

    [Fact]
    public async Task Outputs_name_no_folder_so_that_the_notebook_says_the_same_elsewhere()
    {
        var cells = await Run("13-path-in-stack-trace.ipynb", exitCode: 0);
        Assert.DoesNotContain(cells.SelectMany(cell => cell), output => output.Contains(Path.GetTempPath(), StringComparison.Ordinal));
        Assert.Contains("cell[1]:line 1", cells[0][0], StringComparison.Ordinal);
        Directory.CreateDirectory(folder.PathOf("elsewhere"));
        File.Copy(folder.PathOf("13-path-in-stack-trace.ipynb"), folder.PathOf("elsewhere/a.ipynb"));
        var (code, output, error) = NdtProcess.Run("notebooks", "check", folder.PathOf("elsewhere/a.ipynb"));
        Assert.True(code == 0, output + error);
    }

    [Fact]
    public async Task Cultures_and_Unicode_are_those_of_the_system()
    {
        var cells = await Run("14-culture.ipynb", exitCode: 0);
        Assert.Equal(["text/plain $1,234.50"], cells[0]);
        Assert.Equal(["text/plain 1.5"], cells[1]);
        Assert.Equal(["text/plain true"], cells[2]);
    }

    [Fact]
    public async Task A_page_shows_attachments_mathematics_progress_lines_and_LaTeX_and_hides_what_is_tagged_so()
    {
        await Run("15-page.ipynb", exitCode: 0, "--html", "--output-dir", folder.PathOf("out"));
        var page = File.ReadAllText(folder.PathOf("out/15-page.html"));
        Assert.Contains("alt=\"my shot.png\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,", page, StringComparison.Ordinal);
        Assert.Contains("<math", page, StringComparison.Ordinal);
        Assert.Contains("H<sub>2</sub>O<br", page, StringComparison.Ordinal);
        Assert.Contains("step 3 of 3", page, StringComparison.Ordinal);
        Assert.DoesNotContain("step 1 of 3", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a note to myself", page, StringComparison.Ordinal);
        Assert.DoesNotContain("in a cell tagged remove-cell", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Causes_have_their_own_cell_and_line_and_an_aggregate_all_of_them()
    {
        var cells = await Run("18-inner-place.ipynb", exitCode: 1, "--allow-errors");
        Assert.Equal(["error InvalidOperationException: cell[2], line 2: cannot load"], cells[1]);
        Assert.Contains("  because of FormatException: cell[1], line 1: The input string 'zz' was not in a correct format.", Trace(1));
        Assert.Equal(["  because of Exception: first", "  because of ArgumentException: second", "    because of IOException: its cause"], Trace(2).Where(line => line.Contains("because", StringComparison.Ordinal)));

        IEnumerable<string> Trace(int cell) => NotebookDocument.Read(folder.PathOf("18-inner-place.ipynb")).Cells[cell].Outputs[0]!["traceback"]!.AsArray().Select(line => line!.ToString());
    }

    [Fact]
    public async Task Names_of_DotNet_Interactive_do_what_they_do_there()
    {
        var cells = await Run("19-interactive-api.ipynb", exitCode: 0);
        Assert.Empty(cells[0].Concat(cells[1]));
        Assert.Contains(cells[2], output => output.StartsWith("text/html", StringComparison.Ordinal) && output.Contains("<b>a</b>", StringComparison.Ordinal));
        Assert.Contains(cells[3], output => output.StartsWith("text/html", StringComparison.Ordinal) && output.Contains("<i>1</i>", StringComparison.Ordinal) && output.Contains("<i>2</i>", StringComparison.Ordinal));
    }

    /// <summary>Runs a copy of an input; of each cell its outputs, each form as its type and its text.</summary>
    private async Task<List<string[]>> Run(string input, int exitCode, params string[] options)
    {
        var source = RepositoryPaths.SharedOrSkip("cases", "notebooks", input);
        if (Path.GetDirectoryName(input) is { Length: > 0 } within)
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(source)!, "*", SearchOption.AllDirectories))
            {
                folder.Write(Path.Combine(within, Path.GetRelativePath(Path.GetDirectoryName(source)!, file)), File.ReadAllText(file));
            }
        }

        File.Copy(source, folder.PathOf(input), overwrite: true);
        Assert.Equal(exitCode, await NdtCommand.RunAsync(["notebooks", "run", folder.PathOf(input), .. options]));
        return [.. NotebookDocument.Read(folder.PathOf(input)).Cells.Where(cell => cell.IsCode).Select(cell => cell.Outputs.SelectMany(o => Forms(o!.AsObject())).ToArray())];
    }

    private static IEnumerable<string> Forms(JsonObject output) => output["output_type"]!.ToString() switch
    {
        "stream" => [$"{output["name"]} {MultilineText.Read(output["text"])}"],
        "error" => [$"error {output["ename"]}: {output["evalue"]}"],
        _ => output["data"]!.AsObject().Select(form => $"{form.Key} {MultilineText.Read(form.Value)}"),
    };
}
