using System.Globalization;
using Ndt.Cli;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class BenchDetectorCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_large_step_is_found_where_it_is_and_a_quiet_series_gives_no_alarm()
    {
        var series = Series();
        var truth = folder.Write("truth.txt", "60\n\n");
        var (code, output, error) = NdtProcess.Run("bench-detector", series, "--truth", truth, "--detector", "local contrast", "--csv");
        Assert.True(code == 0, error);
        var cells = output.Split('\n')[1].Split(',');
        Assert.Equal(["local contrast", "2", "240", "1", "1", "0"], cells[..6]);
        Assert.Equal("1", cells[9]);
        Assert.Equal("0", cells[13]);
        (code, output, error) = NdtProcess.Run("bench-detector", series, "--truth", truth);
        Assert.True(code == 0, error);
        Assert.Contains("2 series of 240 values with 1 true changes", output, StringComparison.Ordinal);
        Assert.Equal(8, output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Detections_of_another_program_are_scored_and_without_truth_all_are_false_alarms()
    {
        var series = Series();
        var mine = folder.Write("mine.txt", "62\n30,90\n");
        var (_, scored, _) = NdtProcess.Run("bench-detector", series, "--truth", folder.Write("truth.txt", "60\n\n"), "--detections", mine, "--csv");
        Assert.StartsWith("mine,2,240,1,3,2,", scored.Split('\n')[1], StringComparison.Ordinal);
        var (_, alarms, _) = NdtProcess.Run("bench-detector", series, "--detections", mine, "--csv");
        Assert.StartsWith("mine,2,240,0,3,3,12.5,", alarms.Split('\n')[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,x\n", "60\n\n", "series.csv: line 2: column 'b' is 'x'")]
    [InlineData("a,b\n1,\n2,3\n", "\n\n", "series.csv: line 2: column 'b' is ''")]
    [InlineData("step\n1\n2\n", "", "series.csv: holds no series")]
    [InlineData("1,2\n3,4\n5,6\n", "1\n", "truth.txt: has 1 lines")]
    [InlineData("1,2\n3,4\n5,6\n", "1\n3\n", "truth.txt: line 2: '3' is no change point")]
    [InlineData("1,2\n3,4\n5,6\n", "1,1\n\n", "truth.txt: 1 stands twice")]
    public void Wrong_input_is_named_by_file_line_and_column(string series, string truth, string message)
    {
        var (code, output, error) = NdtProcess.Run("bench-detector", folder.Write("series.csv", series), "--truth", folder.Write("truth.txt", truth));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_detectors_and_a_tolerance_below_0_are_wrong_use()
    {
        Assert.Equal(2, await NdtCommand.RunAsync(["bench-detector", Series(), "--detector", "oracle"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["bench-detector", Series(), "--tolerance", "-1"]));
    }

    private string Series()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{(i < 60 ? 0 : 50) + random.NextDouble()},{random.NextDouble()}"));
        return folder.Write("series.csv", "step,jump,quiet\n" + string.Join('\n', rows) + "\n");
    }
}
