using System.Text.RegularExpressions;
using Ndt.Cli.Commands;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class SiteTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pages_lead_to_the_one_before_and_the_one_after()
    {
        Notebook("01_a", "First & foremost");
        Notebook("02_b", "Second");
        Notebook("03_c", "Third");
        PagesCommand.Write(folder.Root, folder.PathOf("html"), _ => { });
        var first = File.ReadAllText(folder.PathOf("html", "01_a.html"));
        var second = File.ReadAllText(folder.PathOf("html", "02_b.html"));
        Assert.DoesNotContain("rel=\"prev\"", first, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"prev\" href=\"01_a.html\"><span>← Previous</span> First &amp; foremost</a>", second, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"next\" href=\"03_c.html\"><span>Next →</span> Third</a>", second, StringComparison.Ordinal);
        Assert.DoesNotContain(ExplorerPage.FileName, first, StringComparison.Ordinal);
    }

    [Fact]
    public void The_front_page_lists_the_results_tables_and_not_the_figures_data()
    {
        Notebook("01_a", "A");
        folder.Write("results/t.csv", "a");
        folder.Write("results/s.json", "{}");
        folder.Write("results/html/assets/01_a/figure-1.csv", "a");
        PagesCommand.Write(folder.Root, folder.PathOf("results", "html"), _ => { });
        var index = File.ReadAllText(folder.PathOf("results", "html", "index.html"));
        Assert.Contains("<a href=\"../t.csv\">t.csv</a>", index, StringComparison.Ordinal);
        Assert.Contains("<a href=\"../s.json\">s.json</a>", index, StringComparison.Ordinal);
        Assert.DoesNotContain("figure-1.csv", index, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_readable_record_is_in_the_explorer_and_another_is_told_of()
    {
        Notebook("01_a", "A");
        var record = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "data", "records", "study"), "mlp_narrow_mnist_s*.parquet").Order(StringComparer.Ordinal).First();
        Directory.CreateDirectory(folder.PathOf("data", "records", "study"));
        File.Copy(record, folder.PathOf("data", "records", "study", Path.GetFileName(record)));
        folder.Write("data/records/study/broken.parquet", "no record");
        var told = new List<string>();
        PagesCommand.Write(folder.Root, folder.PathOf("html"), told.Add);
        Assert.Contains("broken.parquet", Assert.Single(told), StringComparison.Ordinal);
        var page = File.ReadAllText(folder.PathOf("html", ExplorerPage.FileName));
        Assert.Contains("\"id\":\"study/mlp_narrow_mnist_s0\"", page, StringComparison.Ordinal);
        Assert.Matches(new Regex("^ndtRecord\\(\"study/mlp_narrow_mnist_s0\", \"[A-Za-z0-9+/=]+\"\\);\n$"), File.ReadAllText(folder.PathOf("html", "assets", "records", "study", "mlp_narrow_mnist_s0.js")));
        Assert.Contains("<a href=\"explorer.html\">", File.ReadAllText(folder.PathOf("html", "01_a.html")), StringComparison.Ordinal);
        Assert.Contains("<a href=\"explorer.html\">", File.ReadAllText(folder.PathOf("html", "index.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(401)]
    [InlineData(5600)]
    public void Of_a_long_series_the_first_measurements_are_kept_then_evenly_spaced_ones_with_the_last(int count)
    {
        var kept = ExplorerRun.Kept(count);
        Assert.Equal(Math.Min(count, ExplorerRun.MostPoints), kept.Length);
        Assert.Equal(kept.Order().Distinct(), kept);
        Assert.Equal(Enumerable.Range(0, Math.Min(count, ExplorerRun.FirstPoints)), kept.Take(ExplorerRun.FirstPoints));
        Assert.Equal(count - 1, kept[^1]);
    }

    [Fact]
    public void Outside_of_a_repository_with_notebooks_it_says_what_is_missing() =>
        Assert.Contains("notebooks", Assert.Throws<InputException>(() => PagesCommand.Write(folder.Root, folder.PathOf("html"), _ => { })).Message, StringComparison.Ordinal);

    private void Notebook(string name, string title) => folder.Write(
        $"notebooks/{name}.ipynb",
        $$"""{"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": {{System.Text.Json.JsonSerializer.Serialize("# " + title)}}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""");
}
