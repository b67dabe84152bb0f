using Ndt.Records;

namespace Ndt.Tests.Records;

public sealed class RecordSummaryTests
{
    [Fact]
    public void Every_cell_has_a_row_and_every_seed_a_column()
    {
        var text = RecordSummary.Markdown(
        [
            Run("mlp_narrow", 0, 0.9), Run("mlp_narrow", 1, 0.8), Run("cnn_deep", 0, 0.97),
        ]);
        Assert.StartsWith("3 runs, 0.1 h in all.", text, StringComparison.Ordinal);
        Assert.Contains("| dataset | architecture | accuracy, seed 0 | accuracy, seed 1 |", text, StringComparison.Ordinal);
        Assert.Contains("| mnist | mlp_narrow | 0.900 | 0.800 | 120 |", text, StringComparison.Ordinal);
        Assert.Contains("| mnist | cnn_deep | 0.970 | – | 120 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_version_is_named_and_of_times_the_first_and_the_last()
    {
        RunMetadata Of(int seed, string version) => Run("mlp_narrow", seed, 0.9) with
        {
            Details = new Dictionary<string, string> { ["version.ndt"] = version, ["time.finished"] = $"2026-01-0{seed + 1}T00:00:00Z" },
        };
        var lines = RecordSummary.Markdown([Of(0, "c"), Of(1, "a"), Of(2, "b"), Of(3, "a")]).Split('\n');
        Assert.Contains("- Ndt: a, b, c", lines);
        Assert.Contains("- Finished: 2026-01-01T00:00:00Z to 2026-01-04T00:00:00Z", lines);
    }

    private static RunMetadata Run(string architecture, int seed, double accuracy) => new()
    {
        Architecture = architecture,
        Dataset = "mnist",
        Seed = seed,
        Protocol = "study",
        Steps = 2000,
        MeasureEvery = 5,
        FinalAccuracy = accuracy,
        ElapsedSeconds = 120,
    };
}
