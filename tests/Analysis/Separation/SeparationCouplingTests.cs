using Ndt.Analysis.Separation;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Analysis.Separation;

public sealed class SeparationCouplingTests
{
    [Fact]
    public void A_function_that_follows_its_own_runs_dimension_is_coupled_beyond_time()
    {
        RunRecord[] runs = [.. Enumerable.Range(0, 4).Select(seed => Run(seed, follows: true))];
        var cell = Assert.Single(SeparationCoupling.Of(runs, Metric.StableRank, Metric.NearestClassMeanAccuracy));
        Assert.Equal(("mlp_tiny_mnist", "mlp", 4, 1), (cell.Experiment, cell.Family, cell.Seeds, cell.Layers));
        Assert.Equal(1, cell.Size.Own, 1e-12);
        Assert.Equal(1, cell.Direction.Own, 1e-12);
        Assert.InRange(cell.Direction.OtherSeeds, -0.3, 0.3); // noise of other seeds knows nothing of this one's
        Assert.Equal(cell.Size.Own - cell.Size.OtherSeeds, cell.Size.Excess);
    }

    [Fact]
    public void Two_series_that_only_fade_together_are_coupled_no_more_than_those_of_other_seeds()
    {
        RunRecord[] runs = [.. Enumerable.Range(0, 6).Select(seed => Run(seed, follows: false))];
        var cell = Assert.Single(SeparationCoupling.Of(runs, Metric.StableRank, Metric.NearestClassMeanAccuracy));
        Assert.InRange(cell.Size.Own, 0.4, 1); // both change early
        Assert.InRange(cell.Size.Excess, -0.1, 0.1);
        Assert.InRange(cell.Direction.Excess, -0.15, 0.15);
    }

    [Fact]
    public void A_cell_with_one_seed_or_without_the_metric_has_no_row_and_a_layer_with_NaN_does_not_count()
    {
        Assert.Empty(SeparationCoupling.Of([Run(0, follows: true)], Metric.StableRank, Metric.NearestClassMeanAccuracy));
        Assert.Empty(SeparationCoupling.Of([Run(0, follows: true), Run(1, follows: true)], Metric.StableRank, Metric.Nc1));
        var broken = Run(1, follows: true);
        broken.Layers[0][Metric.StableRank][7] = double.NaN;
        Assert.Empty(SeparationCoupling.Of([Run(0, follows: true), broken], Metric.StableRank, Metric.NearestClassMeanAccuracy));
    }

    [Fact]
    public void Stretches_are_means_after_the_initial_state_and_NC1_is_in_logarithms()
    {
        MeasurementPoint[] points = [new(-1, 0, 0, double.NaN, double.NaN), .. Enumerable.Range(0, 5).Select(i => new MeasurementPoint(i, i + 1, 0, 1, 1))];
        var layer = new LayerSeries("fc", LayerView.Study, 0, 160, 16, new Dictionary<Metric, double[]> { [Metric.StableRank] = [9, 1, 2, 3, 5, 7], [Metric.Nc1] = [1, Math.E, Math.E, 1, 1, 1] });
        var record = new RunRecord(new RunMetadata { Architecture = "mlp_tiny", Dataset = "mnist", Protocol = "study", Steps = 5, MeasureEvery = 1 }, points, [layer]);
        Assert.Equal([9, 1.5, 5], StretchMeans.Of(record, layer, Metric.StableRank, 2)); // two and three measurements
        Assert.Equal([0, 1, 0], StretchMeans.Of(record, layer, Metric.Nc1, 2));
        Assert.Contains("5 measurements after an update", Assert.Throws<InputException>(() => StretchMeans.Of(record, layer, Metric.StableRank, 6)).Message, StringComparison.Ordinal);
    }

    // Noise that fades with training, different for every seed; the function is the dimension's multiple, or noise of its own.
    private static RunRecord Run(int seed, bool follows)
    {
        var random = new Random(seed);
        double[] Fading()
        {
            var value = 0.0;
            return [.. Enumerable.Range(0, 400).Select(i => value += Math.Exp(-i / 60.0) * (random.NextDouble() - 0.5))];
        }

        var dimension = Fading();
        var function = follows ? Array.ConvertAll(dimension, value => 3 * value) : Fading();
        var points = Enumerable.Range(0, 400).Select(i => new MeasurementPoint(5 * i, (5 * i) + 1, 1, 1, 1)).ToArray();
        var layer = new LayerSeries("fc", LayerView.Study, 0, 160, 16, new Dictionary<Metric, double[]> { [Metric.StableRank] = dimension, [Metric.NearestClassMeanAccuracy] = function });
        return new RunRecord(new RunMetadata { Architecture = "mlp_tiny", Dataset = "mnist", Seed = seed, Protocol = "study", Steps = 2000, MeasureEvery = 5 }, points, [layer]);
    }
}
