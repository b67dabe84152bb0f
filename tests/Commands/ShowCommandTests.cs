using Ndt.Cli;
using Ndt.Cli.Browser;
using Ndt.Cli.Commands;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class ShowCommandTests
{
    private static readonly string Records = RepositoryPaths.Fixture("phase1/records");

    [Fact]
    public void Several_records_stand_over_each_other_layer_by_layer_within_a_hundred_columns()
    {
        var (code, output, error) = NdtProcess.Run("show", Records, "--metric", "participation_ratio");
        Assert.True(code == 0, error);
        var lines = output.Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
        Assert.Equal(Directory.GetFiles(Records).Length, lines.TakeWhile(line => line.Length > 0).Count());
    }

    [Fact]
    public async Task A_page_holds_figure_and_script_in_one_file_and_loads_nothing()
    {
        using var folder = new TemporaryFolder();
        var page = folder.PathOf("page.html");
        Assert.Equal(0, await NdtCommand.RunAsync(["show", Directory.GetFiles(Records)[0], "--html", page]));
        var text = File.ReadAllText(page);
        Assert.DoesNotContain("src=\"http", text, StringComparison.Ordinal);
        Assert.Contains("Plotly.newPlot(\"figure\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_is_a_PNG()
    {
        Assert.SkipWhen(BrowserLocator.Find() is null, "no Chromium (Debian: chromium)");
        using var folder = new TemporaryFolder();
        var image = folder.PathOf("image.png");
        Assert.Equal(0, await NdtCommand.RunAsync(["show", Directory.GetFiles(Records)[0], "--png", image]));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(image)[..4]);
    }

    [Fact]
    public async Task Unknown_metrics_layers_and_files_are_wrong_input()
    {
        var record = Directory.GetFiles(Records)[0];
        Assert.Equal(2, await NdtCommand.RunAsync(["show", record, "--metric", "rank"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["show", record, "--metric", "centred_stable_rank"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["show", record, "--layer", "nothing"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["show", "missing.parquet"]));
    }

    [Fact]
    public void A_picture_spans_least_to_greatest_and_leaves_gaps_for_what_is_not_finite()
    {
        Assert.Equal("▁▄█", SeriesLines.Picture([0, 1, 2], 0, 2, 10)[..3].Replace('▅', '▄'));
        Assert.Equal("▁ █", SeriesLines.Picture([0, double.NaN, 2], 0, 2, 10));
        Assert.Equal("▁▁", SeriesLines.Picture([3, 3], 3, 3, 10));
        Assert.Equal(10, SeriesLines.Picture(new double[400], 0, 1, 10).Length);
    }
}
