using Ndt.Cli;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Checking;

namespace Ndt.Tests.Commands;

public sealed class NotebooksCheckCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Integration")]
    public async Task A_notebook_that_still_says_what_is_stored_passes_and_is_not_written()
    {
        var path = Write(NotebookCell.Code("a", "Console.WriteLine(1.5); new[] { 1, 2 }"), NotebookCell.Code("b", "#!time\nGuid.NewGuid()", "volatile"));
        Assert.Equal(0, await NdtCommand.RunAsync(["notebooks", "run", path]));
        var before = File.ReadAllText(path);
        Assert.Equal(0, await NdtCommand.RunAsync(["notebooks", "check", path]));
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task A_notebook_that_says_another_thing_fails()
    {
        var path = Write(NotebookCell.Code("a", "var n = 1;"), NotebookCell.Code("b", "n"));
        await NdtCommand.RunAsync(["notebooks", "run", path]);
        var document = NotebookDocument.Read(path);
        document.Cells[0].Source = "var n = 2;";
        document.Save(path);
        Assert.Equal(1, await NdtCommand.RunAsync(["notebooks", "check", path]));
    }

    [Fact]
    public void Differences_name_the_cell_the_line_and_both_texts()
    {
        var stored = Document("""{"output_type": "stream", "name": "stdout", "text": "a\nb 1\n"}""");
        var now = Document("""{"output_type": "stream", "name": "stdout", "text": ["a\n", "b 2\n", "c"]}""");
        Assert.Equal(
            ["cell[4], output 1 (stdout), line 2\n  - b 1\n  + b 2", "cell[4], output 1 (stdout), line 3\n  - (nothing)\n  + c"],
            new OutputComparison(NumberTolerance.Default).Compare(stored, now).Select(d => d.ToString()));
    }

    [Fact]
    public void A_figure_with_other_data_is_found_by_its_first_other_value()
    {
        var difference = Assert.Single(new OutputComparison(NumberTolerance.Default).Compare(Document(Figure("1, 2.0, 3")), Document(Figure("1, 2.5, 4"))));
        Assert.Equal("cell[4], output 1 (display_data), application/vnd.plotly.v1+json.data[0].y[1]\n  - 2.0\n  + 2.5", difference.ToString());
        Assert.Empty(new OutputComparison(NumberTolerance.Default).Compare(Document(Figure("1, 2.0, 3")), Document(Figure("1, 2.0000000001, 3"))));
    }

    private static string Figure(string y) =>
        """{"output_type": "display_data", "metadata": {}, "data": {"text/plain": "[figure]", "application/vnd.plotly.v1+json": {"data": [{"type": "scatter", "y": [Y]}], "layout": {}}}}"""
            .Replace("Y", y, StringComparison.Ordinal);

    private static NotebookDocument Document(string output) => NotebookDocument.Parse(
        $$"""{"cells": [{"cell_type": "code", "execution_count": 4, "metadata": {}, "outputs": [{{output}}], "source": "x"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""",
        "n");

    private string Write(params NotebookCell[] cells)
    {
        var document = NotebookDocument.Parse("""{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n");
        foreach (var (i, cell) in cells.Index())
        {
            document.Insert(i, cell);
        }

        var path = folder.PathOf("n.ipynb");
        document.Save(path);
        return path;
    }
}
