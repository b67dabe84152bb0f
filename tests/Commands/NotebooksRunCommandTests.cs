using Ndt.Cli;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks;
using Ndt.Tests.Faults;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class NotebooksRunCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Outputs_are_stored_in_place_and_cells_run_in_the_notebooks_folder()
    {
        File.WriteAllText(folder.PathOf("beside.txt"), "found");
        var path = Write("""var d = display("0 %");""", """Console.Write("a"); Console.Error.Write("b"); File.ReadAllText("beside.txt")""", """d.Update("100 %");""");
        Assert.Equal(0, await Run("run", path));
        var cells = NotebookDocument.Read(path).Cells;
        Assert.Equal([1, 2, 3], cells.Select(c => c.ExecutionCount));
        Assert.Equal("100 %", Output(cells[0], 0, "text/plain"));
        Assert.Equal(["stream", "stream", "execute_result"], cells[1].Outputs.Select(o => o!["output_type"]!.ToString()));
        Assert.Equal("found", Output(cells[1], 2, "text/plain"));
    }

    [Fact]
    public async Task A_second_run_gives_the_same_bytes()
    {
        var path = Write("display(1); Console.WriteLine(\"x\"); new[] { 1.5, 2 }");
        await Run("run", path);
        var first = File.ReadAllText(path);
        await Run("run", path);
        Assert.Equal(first, File.ReadAllText(path));
    }

    [Fact]
    public async Task A_failed_cell_is_stored_and_ends_the_run_with_1()
    {
        var path = Write("1", "throw new Exception(\"no\");", "3");
        Assert.Equal(1, await Run("run", path));
        var cells = NotebookDocument.Read(path).Cells;
        Assert.Equal("cell[2], line 1: no", cells[1].Outputs[0]!["evalue"]!.ToString());
        Assert.Null(cells[2].ExecutionCount);
    }

    [Fact]
    public async Task With_errors_allowed_the_other_cells_run_and_the_exit_code_is_still_1()
    {
        var path = Write("throw new Exception(\"no\");", "3");
        Assert.Equal(1, await Run("run", path, "--allow-errors"));
        Assert.Equal("3", Output(NotebookDocument.Read(path).Cells[1], 0, "text/plain"));
    }

    [Theory]
    [InlineData("Environment.Exit(0);", "exit code 0")]
    [InlineData("Environment.FailFast(\"gone\");", "exit code")]
    [InlineData("int Deep(int n) => Deep(n + 1) + 1; Deep(0)", "Stack overflow")]
    public async Task A_cell_that_ends_the_process_is_named_and_what_came_before_is_kept(string code, string message)
    {
        var path = Write("\"kept\"", code, "3");
        Assert.Equal(1, await Run("run", path));
        var cells = NotebookDocument.Read(path).Cells;
        Assert.Equal("kept", Output(cells[0], 0, "text/plain"));
        Assert.Equal("ProcessExited", cells[1].Outputs[^1]!["ename"]!.ToString());
        Assert.Contains(message, cells[1].Outputs[^1]!["evalue"]!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("cell[2]: ", cells[1].Outputs[^1]!["evalue"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_eats_memory_ends_in_an_error()
    {
        var path = Write("var eaten = new List<long[]>(); while (true) { eaten.Add(new long[1 << 28]); }");
        Assert.Equal(1, await Run("run", path, "--cell-timeout", "20"));
        Assert.Equal("OutOfMemoryException", NotebookDocument.Read(path).Cells[0].Outputs[0]!["ename"]!.ToString());
    }

    [Fact]
    public async Task A_cell_over_its_time_limit_ends_in_an_error()
    {
        var path = Write("while (true) { }");
        Assert.Equal(1, await Run("run", path, "--cell-timeout", "0.5"));
        Assert.Equal("CellTimeout", NotebookDocument.Read(path).Cells[0].Outputs[0]!["ename"]!.ToString());
    }

    [Fact]
    public async Task Parameters_are_set_and_the_original_stays_where_an_output_folder_is_given()
    {
        var path = Write("n * 2");
        var document = NotebookDocument.Read(path);
        document.Insert(0, NotebookCell.Code("p", "var n = 1;", "parameters"));
        document.Save(path);
        var before = File.ReadAllText(path);
        Assert.Equal(0, await Run("run", path, "-p", "n=21", "--output-dir", folder.PathOf("out"), "--html"));
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Equal("42", Output(NotebookDocument.Read(folder.PathOf("out/n.ipynb")).Cells[2], 0, "text/plain"));
        Assert.True(File.Exists(folder.PathOf("out/n.html")));
        Assert.True(File.Exists(folder.PathOf("out/assets/plotly.min.js")));
    }

    [Fact]
    public async Task A_notebook_is_printed_with_its_page_where_that_is_asked_for()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "there is no Chromium to print with");
        Assert.Equal(0, await Run("run", Write("1"), "--output-dir", folder.PathOf("out"), "--pdf"));
        Assert.True(File.Exists(folder.PathOf("out/n.html")));
        Assert.True(File.Exists(folder.PathOf("out/n.pdf")));
    }

    [Theory]
    [InlineData("-p", "m=1")]
    [InlineData("-p", "1")]
    [InlineData("--cell-timeout", "-1")]
    public async Task Wrong_use_exits_with_2_and_changes_nothing(params string[] arguments)
    {
        var path = Write("1");
        var before = File.ReadAllText(path);
        Assert.Equal(2, await Run(["run", path, .. arguments]));
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public async Task One_bad_notebook_among_several_is_refused_before_any_runs()
    {
        var path = Write("1");
        var before = File.ReadAllText(path);
        var bad = folder.PathOf("bad.ipynb");
        File.WriteAllText(bad, "{}");
        Assert.Equal(2, await Run("run", path, bad));
        Assert.Equal(before, File.ReadAllText(path));
    }

    private static Task<int> Run(params string[] arguments) => NdtCommand.RunAsync(["notebooks", .. arguments]);

    private static string Output(NotebookCell cell, int index, string mimeType) => MultilineText.Read(cell.Outputs[index]!["data"]![mimeType]);

    private string Write(params string[] cells) => MadeNotebook.Write(folder.PathOf("n.ipynb"), cells);

    [Fact]
    public void Help_with_a_notebook_lists_its_parameters()
    {
        var (code, output, _) = NdtProcess.Run("notebooks", "run", RepositoryPaths.Fixture("notebooks/sample.ipynb"), "--help");
        Assert.Equal(0, code);
        Assert.Contains("--cell-timeout", output, StringComparison.Ordinal);
        Assert.Contains("-p points=5", output, StringComparison.Ordinal);
        Assert.Equal(0, NdtProcess.Run("notebooks", "run", "--help").Code);
    }
}
