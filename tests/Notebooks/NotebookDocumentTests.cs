using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

public sealed class NotebookDocumentTests
{
    [Fact]
    public void A_notebook_that_nbformat_wrote_comes_back_byte_for_byte()
    {
        var path = RepositoryPaths.Fixture("notebooks/sample.ipynb");
        Assert.Equal(File.ReadAllText(path), NotebookDocument.Read(path).ToText());
    }

    [Fact]
    public void Fields_that_nobody_knows_survive_with_their_digits()
    {
        var text = Notebook("""{"cell_type": "raw", "id": "a", "metadata": {"x": [1.0, 1e-05, null]}, "source": "é\u0001", "own": {"b": 1, "a": {}}}""");
        var written = NotebookDocument.Parse(text, "n").ToText();
        Assert.Contains("1.0,", written, StringComparison.Ordinal);
        Assert.Contains("1e-05,", written, StringComparison.Ordinal);
        Assert.Contains("\"é\\u0001\"", written, StringComparison.Ordinal);
        Assert.Contains("\"own\": {\n    \"a\": {},\n    \"b\": 1\n   }", written, StringComparison.Ordinal);
        Assert.EndsWith("}\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_without_an_id_get_the_same_one_every_time()
    {
        var text = Notebook("""{"cell_type": "code", "metadata": {}, "source": "1"}, {"cell_type": "code", "metadata": {}, "source": "1"}""", minor: 4);
        var first = NotebookDocument.Parse(text, "n");
        var second = NotebookDocument.Parse(text, "n");
        Assert.Equal(first.Cells.Select(c => c.Id), second.Cells.Select(c => c.Id));
        Assert.Equal(2, first.Cells.Select(c => c.Id).Distinct().Count());
        Assert.Contains("\"nbformat_minor\": 5", first.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_notebook_is_raised_with_all_that_the_format_asks_for()
    {
        // nbformat's schema 4.5: an id for every cell, outputs and execution_count for code, metadata for what is shown.
        var written = NotebookDocument.Parse(
            Notebook("""{"cell_type": "code", "metadata": {"tags": ["skip-execution"]}, "source": "x"}, {"cell_type": "markdown", "source": "y"}, {"cell_type": "code", "metadata": {}, "source": "z", "outputs": [{"output_type": "execute_result", "data": {}}]}""", minor: 2), "n").ToText();
        var cells = System.Text.Json.Nodes.JsonNode.Parse(written)!["cells"]!.AsArray();
        Assert.All(cells, cell => Assert.Matches("^[0-9a-f]{8}$", cell!["id"]!.ToString()));
        Assert.Equal(["cell_type", "execution_count", "id", "metadata", "outputs", "source"], cells[0]!.AsObject().Select(m => m.Key));
        Assert.Equal(["cell_type", "id", "metadata", "source"], cells[1]!.AsObject().Select(m => m.Key));
        Assert.Equal(["data", "execution_count", "metadata", "output_type"], cells[2]!["outputs"]![0]!.AsObject().Select(m => m.Key));
    }

    [Fact]
    public void A_cells_source_is_stored_in_lines()
    {
        var document = NotebookDocument.Parse(Notebook("""{"cell_type": "code", "metadata": {}, "source": "a\nb\n"}"""), "n");
        document.Cells[0].Source = "x\n\ny";
        Assert.Equal("x\n\ny", document.Cells[0].Source);
        Assert.Contains("\"source\": [\n    \"x\\n\",\n    \"\\n\",\n    \"y\"\n   ]", document.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_execution_are_left_out()
    {
        var document = NotebookDocument.Parse(Notebook("""{"cell_type": "code", "metadata": {"execution": {"iopub.execute_input": "2025-11-01"}, "mine": 1}, "source": ""}"""), "n");
        document.NormaliseMetadata();
        Assert.DoesNotContain("execution\": {", document.ToText(), StringComparison.Ordinal);
        Assert.Contains("\"mine\": 1", document.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "n.ipynb: not JSON (line 1)")]
    [InlineData("[1]", "n.ipynb: the file holds a list")]
    [InlineData("{\"cells\": [], \"cells\": []}", "n.ipynb: not JSON")]
    [InlineData("{\"cells\": []}", "n.ipynb: field nbformat is missing")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "n.ipynb: field nbformat is 3; this host reads nbformat 4 (jupyter nbconvert --to notebook raises an older one)")]
    [InlineData("{\"nbformat\": 4, \"metadata\": {}}", "n.ipynb: field cells is missing; a list of cells is expected")]
    [InlineData("{\"nbformat\": 4, \"cells\": 7}", "n.ipynb: field cells is 7")]
    [InlineData("{\"nbformat\": 4, \"metadata\": 1, \"cells\": []}", "n.ipynb: field metadata is 1")]
    [InlineData("{\"nbformat\": 4, \"cells\": [3]}", "n.ipynb: cells[0] is 3")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"sql\", \"source\": \"\"}]}", "n.ipynb: cells[0]: field cell_type is \"sql\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]}", "n.ipynb: cells[0]: field source is missing")]
    public void What_is_no_notebook_is_refused_naming_the_field(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<InputException>(() => NotebookDocument.Parse(text, "n.ipynb")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_refused_by_name() =>
        Assert.StartsWith("nowhere.ipynb: cannot be read", Assert.Throws<InputException>(() => NotebookDocument.Read("nowhere.ipynb")).Message, StringComparison.Ordinal);

    private static string Notebook(string cells, int minor = 5) =>
        $$"""{"cells": [{{cells}}], "metadata": {}, "nbformat": 4, "nbformat_minor": {{minor}}}""";
}
