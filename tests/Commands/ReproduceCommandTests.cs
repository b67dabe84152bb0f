using System.Text.Json.Nodes;
using Ndt.Cli.Commands;
using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class ReproduceCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Notebooks_are_run_from_anywhere_below_the_root_and_leave_pages_with_an_index()
    {
        Layout("01_a.ipynb", "# Verdict & all\n\nIt **holds**.", "File.WriteAllText(\"../results/t.csv\", \"a\"); 41 + 1");
        Assert.Equal(0, await ReproduceCommand.RunAsync(folder.PathOf("notebooks"), check: false, workers: 2, quiet: false, TestContext.Current.CancellationToken));
        Assert.Contains("42", File.ReadAllText(folder.PathOf("results/01_a.ipynb")), StringComparison.Ordinal);
        Assert.Contains("<pre class=\"value\">42</pre>", File.ReadAllText(folder.PathOf("results/html/01_a.html")), StringComparison.Ordinal);
        var index = File.ReadAllText(folder.PathOf("results/html/index.html"));
        Assert.Contains("<a href=\"01_a.html\">Verdict &amp; all</a>", index, StringComparison.Ordinal);
        Assert.Contains("It <strong>holds</strong>.", index, StringComparison.Ordinal);
        Assert.Contains("<a href=\"../t.csv\">t.csv</a>", index, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_index_begins_with_the_question_of_README_and_what_the_notebooks_found()
    {
        Layout("01_a.ipynb", "# A", "\"**It holds.** In [all](01_a.ipynb) runs.\".DisplayAs(\"text/markdown\");", "finding");
        File.WriteAllText(folder.PathOf("README.md"), "# Name\n\nWhy so? [More](CITATION.cff)\n\n## Commands\n\nnot this");
        File.WriteAllText(folder.PathOf("CITATION.cff"), "title: \"A & B\"");
        Assert.Equal(0, await ReproduceCommand.RunAsync(folder.Root, check: false, workers: 2, quiet: true, TestContext.Current.CancellationToken));
        var index = File.ReadAllText(folder.PathOf("results/html/index.html"));
        Assert.Contains("Name</h1>", index, StringComparison.Ordinal);
        Assert.Contains("<p>Why so? <a href=\"../../CITATION.cff\">More</a></p>", index, StringComparison.Ordinal);
        Assert.DoesNotContain("not this", index, StringComparison.Ordinal);
        Assert.Contains("<li><p><strong>It holds.</strong> In <a href=\"01_a.html\">all</a> runs.</p>", index, StringComparison.Ordinal);
        Assert.Contains("<pre>title: &quot;A &amp; B&quot;</pre>", index, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_cell_is_reported_after_all_notebooks_have_run()
    {
        Layout("01_a.ipynb", "# A", "throw new Exception(\"no\");");
        Layout("02_b.ipynb", "# B", "\"ran\"");
        var failure = await Assert.ThrowsAsync<WorkFailedException>(() => ReproduceCommand.RunAsync(folder.Root, check: false, workers: 2, quiet: false, TestContext.Current.CancellationToken));
        Assert.Contains("01_a.ipynb", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ran", File.ReadAllText(folder.PathOf("results/html/02_b.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_is_not_the_stored_one_is_shown_and_fails_where_the_outputs_are_to_be_checked()
    {
        Layout("01_a.ipynb", "# A", "41 + 1");
        string[] check = ["reproduce", "--check", "--workers", "2", "--quiet"];
        // A process of its own: what is printed here mixes with what other tests print.
        var (code, output, _) = NdtProcess.RunIn(folder.Root, check);
        Assert.Equal(1, code);
        Assert.Contains("01_a.ipynb: 1 difference", output, StringComparison.Ordinal);
        File.Copy(folder.PathOf("results/01_a.ipynb"), folder.PathOf("notebooks/01_a.ipynb"), overwrite: true);
        (code, output, _) = NdtProcess.RunIn(folder.Root, check);
        Assert.Equal(0, code);
        Assert.Contains("01_a.ipynb: same as stored", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_the_repository_it_says_what_it_looks_for() =>
        Assert.Contains("Ndt.Lib.csproj", (await Assert.ThrowsAsync<InputException>(() => ReproduceCommand.RunAsync(folder.Root, check: false, workers: 2, quiet: false, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);

    private void Layout(string name, string markdown, string code, string? tag = null)
    {
        File.WriteAllText(folder.PathOf("Ndt.Lib.csproj"), "<Project/>");
        Directory.CreateDirectory(folder.PathOf("results"));
        Directory.CreateDirectory(folder.PathOf("data"));
        var document = NotebookDocument.Parse(
            $$"""{"cells": [{"cell_type": "markdown", "metadata": {}, "source": {{System.Text.Json.JsonSerializer.Serialize(markdown)}}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""",
            name);
        document.Insert(1, NotebookCell.Code("c", code));
        if (tag is not null)
        {
            document.Cells[1].Json["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) };
        }


        document.Save(folder.PathOf(Path.Combine("notebooks", name)));
    }
}
