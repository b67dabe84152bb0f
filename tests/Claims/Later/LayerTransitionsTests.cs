using Ndt.Claims.Later;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Claims.Later;

public sealed class LayerTransitionsTests
{
    [Fact]
    public void A_rolling_window_reports_a_value_far_from_the_fifty_before_it()
    {
        var series = Enumerable.Range(0, 100).Select(i => (double)(i % 2)).ToArray();
        Assert.Equal(0, LayerTransitions.BeyondRollingWindow(series, 2));
        series[80] = 10;
        Assert.Equal(1, LayerTransitions.BeyondRollingWindow(series, 2));
        series[80] = 0;
        series[10] = 10;
        Assert.Equal(0, LayerTransitions.BeyondRollingWindow(series, 2));
    }

    [Fact]
    public void A_layer_is_held_against_itself_in_other_metrics_and_one_that_they_lack_shares_nothing()
    {
        // Every layer jumps at a place of its own in all metrics, so that each shares its jump with itself alone; the first loses its nuclear norm ratio.
        var points = Enumerable.Range(0, 400).Select(i => new MeasurementPoint(5 * i, (5 * i) + 1, 1, 1, 1)).ToArray();
        double[] Series(int layer) => [.. points.Select((_, i) => 2 + (i > 100 * (layer + 1) ? 1.0 : 0))];
        var layers = Enumerable.Range(0, 3).Select(layer => new LayerSeries(
            $"network.{layer}", LayerView.Study, layer, 160, 16, LayerTransitions.Metrics.ToDictionary(metric => metric, _ => Series(layer)))).ToArray();
        layers[0][Metric.NuclearNormRatio][7] = double.NaN;
        var record = new RunRecord(new RunMetadata { Architecture = "mlp_a", Dataset = "mnist", Protocol = "study", Steps = 2000, MeasureEvery = 5 }, points, layers);
        var rows = LayerTransitions.Of(record).Where(row => row.Metric == Metric.ParticipationRatio).ToArray();
        Assert.Equal([("network.0", 0.0), ("network.1", 1.0), ("network.2", 1.0)], rows.Select(row => (row.Layer, row[TransitionCount.InAll])));
    }

    [Fact]
    public void A_constant_has_none_since_its_window_does_not_vary() =>
        Assert.Equal(0, LayerTransitions.BeyondRollingWindow([.. Enumerable.Repeat(1.0, 60), 2], 2));
}
