using System.Diagnostics;
using Ndt.Arrays;
using Ndt.Cli;
using Ndt.Cli.Browser;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Tests.Arrays;
using Ndt.Tests.Faults;

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
    public void A_folder_without_records_of_its_own_says_which_of_its_folders_have_some()
    {
        var (code, _, error) = NdtProcess.Run("show", Path.Combine(RepositoryPaths.Root, "data"));
        Assert.Equal(2, code);
        Assert.Contains("none of its JSON files is a record", error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("records", "study") + " has ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Other_JSON_files_beside_records_are_passed_over_by_name()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Directory.GetFiles(Records)[0], folder.PathOf("run.json"));
        File.WriteAllText(folder.PathOf("args.json"), "{}");
        var (code, output, error) = NdtProcess.Run("show", folder.Root);
        Assert.True(code == 0, error);
        Assert.Contains("run", output, StringComparison.Ordinal);
        Assert.StartsWith($"ndt: passed over, no record: {folder.PathOf("args.json")}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_being_written_is_watched_until_it_is_whole()
    {
        Signals.SkipWhereIgnored(Signals.Interrupt);
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("net.parquet");
        using var running = new RunningRecord(path, TimeSpan.Zero);
        running.Update(() => Measured(folder, steps: 2));
        using var process = NdtProcess.Start("show", path, "--watch");
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await ReadUntil(process, "2 measurements");
            running.Update(() => Measured(folder, steps: 3));
            await ReadUntil(process, "3 measurements");

            // The run ends: the whole record takes the place of what there was so far.
            RecordParquet.Write(path, Measured(folder, steps: 4));
            running.Dispose();
            await ReadUntil(process, "4 measurements");
        }
        finally
        {
            Signals.Send(process.Id, Signals.Interrupt);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(NdtProcess.Limit, TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain("Exception", await errors, StringComparison.Ordinal);
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

    private static RunRecord Measured(TemporaryFolder folder, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            File.WriteAllBytes(folder.PathOf($"fc_step{step}.npy"), NpyBytes.Doubles("(2, 2)", step + 1, 0, 0, 1));
        }

        return ArrayRecord.Of("net", [.. Enumerable.Range(0, steps).Select(step => MeasuredFile.Of(folder.PathOf($"fc_step{step}.npy")))], LayerView.Study);
    }

    private static async Task ReadUntil(Process process, string text)
    {
        // Far longer than it takes: only a command that never shows it ends here.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"the command ended without '{text}'");
    }
}
