using Ndt.Claims.Ledger;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Claims.Ledger;

public sealed class OtherLengthsTests
{
    [Fact]
    public void The_same_change_is_late_in_a_short_training_and_early_in_a_long_one()
    {
        // A single step up after 300 updates: at 75 % of 400, at 15 % of 2,000, at 1.5 % of 20,000.
        var choices = OtherLengths.Of([Run(0, 20_000, "images_12000"), Run(0, 20_000), Run(1, 20_000), Run(0, 5_000)]).ToArray();
        Assert.Equal([0, 0, 100, 0, 0, 100], choices.Select(choice => choice.Value));
        Assert.All(choices, choice => Assert.Equal(10, choice.Chance));
        Assert.Equal("our runs of 1 network, stopped after 20,000 updates; 95 % over 2 seeds [100.0, 100.0]", choices[2].Choice);
        Assert.StartsWith("our runs of 1 network, 12,000 training images, stopped after 20,000 updates", choices[5].Choice, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_long_runs_there_is_no_other_length() => Assert.Empty(OtherLengths.Of([Run(0, 5_000)]));

    private static RunRecord Run(int seed, int steps, string protocol = "study")
    {
        int[] at = [.. Enumerable.Range(0, 400), .. Enumerable.Range(8, (steps / 50) - 8).Select(i => 50 * i)];
        MeasurementPoint[] points = [.. at.Select(step => new MeasurementPoint(step, step + 1, 1, 2, 1))];
        var layer = new LayerSeries("fc", LayerView.Study, 0, 160, 16, new Dictionary<Metric, double[]> { [Metric.StableRank] = [.. at.Select(step => step < 300 ? 1.0 : 2)] });
        return new RunRecord(new RunMetadata { Architecture = "mlp_tiny", Dataset = "mnist", Seed = seed, Protocol = protocol, Steps = steps, MeasureEvery = 50 }, points, [layer]);
    }
}
