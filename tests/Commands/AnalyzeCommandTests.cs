using Ndt.Cli;
using Ndt.Records;

namespace Ndt.Tests.Commands;

public sealed class AnalyzeCommandTests
{
    private static readonly string Records = RepositoryPaths.Fixture("phase1/records");

    [Fact]
    public async Task Good_records_give_four_tables_and_code_0()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, await NdtCommand.RunAsync(["analyze", Records, "--out", folder.PathOf("out")]));
        Assert.Equal(["claims.csv", "experiments.csv", "jumps.csv", "layers.csv"], Files(folder.PathOf("out")));
        Assert.Equal(File.ReadLines(RepositoryPaths.Fixture("phase1/tables/jumps.csv")).Count(), File.ReadLines(Path.Combine(folder.PathOf("out"), "jumps.csv")).Count());
    }

    [Fact]
    public async Task Json_stands_beside_every_table_and_a_heatmap_is_drawn_for_every_run()
    {
        using var folder = new TemporaryFolder();
        var output = folder.PathOf("out");
        Assert.Equal(0, await NdtCommand.RunAsync(["analyze", Records, "--out", output, "--json", "--heatmaps"]));
        using var jumps = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "jumps.json")));
        Assert.Equal(File.ReadLines(Path.Combine(output, "jumps.csv")).Count() - 1, jumps.RootElement.GetArrayLength());
        var pages = Directory.EnumerateFiles(Path.Combine(output, "heatmaps"), "*.html").ToArray();
        Assert.Equal(Directory.EnumerateFiles(Records, "*.json").Count(), pages.Length);
        Assert.All(pages, page => Assert.Contains("plotly.min.js", File.ReadAllText(page), StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(output, "heatmaps", "plotly.min.js")));
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", Records, "--heatmaps"]));
    }

    [Fact]
    public async Task Metrics_can_be_chosen_and_unknown_ones_are_wrong_use()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, await NdtCommand.RunAsync(["analyze", Records, "--out", folder.PathOf("out"), "--metrics", "stable_rank,participation_ratio"]));
        Assert.Equal(1 + (2 * 3), File.ReadLines(Path.Combine(folder.PathOf("out"), "experiments.csv")).Count());
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", Records, "--metrics", "rank"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", Records, "--metrics", ","]));
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", Records, "--view", "sideways"]));
    }

    [Fact]
    public async Task A_bad_record_stops_everything_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var bad = folder.Write("bad.json", "{}");
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", Records, bad, "--out", folder.PathOf("out")]));
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    [Fact]
    public async Task With_skip_bad_the_good_are_analysed_and_the_bad_are_listed()
    {
        using var folder = new TemporaryFolder();
        var bad = folder.Write("bad.json", "{}");
        Assert.Equal(0, await NdtCommand.RunAsync(["analyze", Records, bad, "--out", folder.PathOf("out"), "--skip-bad"]));
        Assert.Equal(["claims.csv", "experiments.csv", "jumps.csv", "layers.csv", "skipped.csv"], Files(folder.PathOf("out")));
        Assert.Equal($"file,reason\n{bad},{bad}: measurements: is missing\n", File.ReadAllText(Path.Combine(folder.PathOf("out"), "skipped.csv")));

        // The next run without it leaves no list that would speak of other tables.
        Assert.Equal(0, await NdtCommand.RunAsync(["analyze", Records, "--out", folder.PathOf("out")]));
        Assert.DoesNotContain("skipped.csv", Files(folder.PathOf("out")));
    }

    [Fact]
    public async Task A_heatmap_is_drawn_for_every_view_that_is_analysed()
    {
        using var folder = new TemporaryFolder();
        RecordParquet.Write(folder.PathOf("run.parquet"), TestRecords.WithInitialStateTokensAndAttention());
        Assert.Equal(0, await NdtCommand.RunAsync(["analyze", folder.PathOf("run.parquet"), "--view", "all", "--heatmaps", "--out", folder.PathOf("out")]));
        Assert.Equal(2, Directory.EnumerateFiles(folder.PathOf("out", "heatmaps"), "*.html").Count());
    }

    [Fact]
    [Trait("Category", "Integration")]
    public void An_output_folder_that_cannot_be_is_found_out_before_a_record_is_read()
    {
        using var folder = new TemporaryFolder();
        var place = Path.Combine(folder.Write("taken", ""), "out");
        var (code, _, error) = NdtProcess.Run("analyze", folder.PathOf("missing"), "--out", place);
        Assert.Equal(2, code);
        Assert.StartsWith($"ndt: --out {place}: cannot be written to", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_analyse_is_wrong_input()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", folder.Root]));
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", folder.PathOf("missing")]));
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", folder.Write("bad.json", "{}"), "--skip-bad"]));
    }

    [Fact]
    public async Task A_file_where_the_output_folder_should_be_is_wrong_input()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, await NdtCommand.RunAsync(["analyze", Records, "--out", folder.Write("taken", "")]));
    }

    private static IEnumerable<string?> Files(string folder) => Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
