using Ndt.Analysis.Separation;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Analysis.Separation;

public sealed class ThreePhasesTests
{
    [Theory]
    [InlineData(new double[] { 5, 1, 4, 2 }, 2)] // falls 4, rises 3, falls 2
    [InlineData(new double[] { 5, 4, 9, 2 }, 1)] // falls only 1 before it rises
    [InlineData(new double[] { 5, 4, 3, 2 }, 0)]
    [InlineData(new double[] { 1, 2, 3, 2 }, 0)] // never falls at first
    [InlineData(new double[] { 5, 3, 4, 1, 6, 2 }, 4)] // the lowest place counts, not the first
    [InlineData(new double[] { 5 }, 0)]
    [InlineData(new double[0], 0)]
    [InlineData(new[] { 5, 1, double.NaN, 2 }, double.NaN)]
    public void The_depth_is_the_least_of_fall_rise_and_fall(double[] series, double depth) => Assert.Equal(depth, ThreePhases.DepthOf(series));

    [Fact]
    public void A_run_with_the_pattern_is_deeper_than_random_directions_and_the_seed_fixes_these()
    {
        // Falls for a quarter of training, rises for a quarter and falls again: 40 stretches of about equal changes.
        var run = Run(i => i < 100 ? -i : i < 200 ? i - 200 : -(i - 200) / 2.0);
        var found = Assert.Single(ThreePhases.Of([run], Metric.CentredEffectiveRank, draws: 200, seed: 1));
        Assert.Equal("fc", found.Layer);
        Assert.InRange(found.Depth, 0.8, 1.0);
        Assert.True(found.NullDepths.Count(depth => depth >= found.Depth) < 10);
        Assert.Equal(found.NullDepths, ThreePhases.Of([run], Metric.CentredEffectiveRank, draws: 200, seed: 1)[0].NullDepths);
    }

    [Fact]
    public void A_layer_without_a_rank_somewhere_is_left_out() =>
        Assert.Empty(ThreePhases.Of([Run(i => i == 50 ? double.NaN : 1)], Metric.CentredEffectiveRank, draws: 1, seed: 1));

    private static RunRecord Run(Func<int, double> percent)
    {
        var points = Enumerable.Range(0, 400).Select(i => new MeasurementPoint(5 * i, (5 * i) + 1, 1, 1, 1)).ToArray();
        var layer = new LayerSeries("fc", LayerView.Study, 0, 160, 64, new Dictionary<Metric, double[]> { [Metric.CentredEffectiveRank] = [.. Enumerable.Range(0, 400).Select(i => 20 * Math.Exp(percent(i) / 100))] });
        return new RunRecord(new RunMetadata { Architecture = "mlp_tiny", Dataset = "mnist", Seed = 0, Protocol = "study", Steps = 2000, MeasureEvery = 5 }, points, [layer]);
    }
}
