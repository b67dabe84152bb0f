using Ndt.Analysis;
using Ndt.Analysis.Horizon;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Training;

namespace Ndt.Tests.Analysis.Horizon;

public sealed class ClockComparisonTests
{
    [Fact]
    public void Runs_whose_layers_follow_learning_rate_times_updates_collapse_on_that_clock()
    {
        RunRecord[] runs = [.. from seed in new[] { 0, 1, 2 } from protocol in new[] { "study", "learning_rate_3e-4", "learning_rate_3e-3" } select Run(protocol, seed, 400)];
        var travel = ClockComparison.Of(runs, Metric.StableRank, TrainingClock.Travel, ratio: 10);
        var updates = ClockComparison.Of(runs, Metric.StableRank, TrainingClock.Updates, ratio: 10);
        Assert.InRange(travel.Explained.Estimate, 0.99, 1);
        Assert.True(updates.Explained.Estimate < travel.Explained.Estimate - 0.1);
        Assert.Equal((3, 3), (travel.Explained.Count, travel.Layers));
        Assert.InRange(travel.Chance, 0, travel.Explained.Estimate - 0.05);
        Assert.True(travel.Coverage < 1);
        Assert.Equal(1, updates.Coverage);
    }

    [Fact]
    public void Layers_are_paired_by_name_where_one_run_has_lost_one()
    {
        // The first layer of one run dies: what is left of it has one layer, which must not be laid on the others' first.
        RunRecord[] runs = [.. new[] { "study", "learning_rate_3e-4", "learning_rate_3e-3" }.Select(protocol => WithTwoLayers(Run(protocol, 0, 400), dies: protocol == "study"))];
        var travel = ClockComparison.Of(runs, Metric.StableRank, TrainingClock.Travel, ratio: 10);
        Assert.Equal(1, travel.Layers);
        Assert.InRange(travel.Explained.Estimate, 0.99, 1);
        Assert.Null(RunSeries.Of(runs[0], Metric.StableRank).SeriesOf("first"));
        Assert.NotNull(RunSeries.Of(runs[1], Metric.StableRank).SeriesOf("first"));
    }

    [Fact]
    public void A_run_that_only_fades_has_more_of_its_change_in_a_tenth_the_longer_it_is()
    {
        var shares = HorizonShare.Of([Run("study", 0, 400), Run("study", 1, 400), Run("study", 0, 4000), Run("study", 1, 4000)], Metric.StableRank);
        Assert.Equal([400, 4000], shares.Select(share => share.Steps));
        // exp(−t / 1000): 1 − e^(−0.04) over 1 − e^(−0.4), and 1 − e^(−0.4) over 1 − e^(−4).
        Assert.Equal((1 - Math.Exp(-0.04)) / (1 - Math.Exp(-0.4)), shares[0].Path.Estimate, 0.01);
        Assert.Equal((1 - Math.Exp(-0.4)) / (1 - Math.Exp(-4)), shares[1].Path.Estimate, 0.01);
        Assert.Equal(2, shares[0].Path.Count);
    }

    [Fact]
    public void The_loss_clock_shows_how_far_the_loss_has_fallen_and_never_goes_back()
    {
        var readings = ClockReading.Of(Run("study", 0, 400), TrainingClock.LossFall);
        Assert.Equal(0, readings[0], 1e-12);
        Assert.True(readings.Zip(readings.Skip(1)).All(pair => pair.First <= pair.Second));
        Assert.Equal(0.399, readings[^1], 0.005); // loss 2 · e^(−t / 1000)
        Assert.Equal([0.0025, 1], new[] { ClockReading.Of(Run("study", 0, 400), TrainingClock.Share)[0], ClockReading.Of(Run("study", 0, 400), TrainingClock.Share)[^1] });
    }

    [Theory]
    [InlineData("study", 2000 / 47.0)] // 1,500 images in 46 batches of 32 and one of 28
    [InlineData("images_12000", 2000 / 375.0)]
    [InlineData("batch_128", 2000 / 12.0)]
    public void Epochs_are_counted_in_batches_of_the_run_s_own_images(string protocol, double epochs)
    {
        var run = Run(protocol, 0, 2000);
        Assert.Equal(epochs * run.Points[^1].Updates / 2000, ClockReading.Of(run, TrainingClock.Epochs)[^1], 1e-12);
    }

    [Fact]
    public void Epochs_of_a_run_on_all_images_are_refused_since_nobody_says_how_many_there_were()
    {
        var error = Assert.Throws<InputException>(() => ClockReading.Of(Run("all_images_batch_64", 0, 400), TrainingClock.Epochs));
        Assert.Contains("all_images_batch_64 trains on all images", error.Message, StringComparison.Ordinal);
    }

    private static RunRecord WithTwoLayers(RunRecord run, bool dies)
    {
        double[] rising = [.. run.Points.Select((_, i) => dies && i == 200 ? double.NaN : i)];
        var first = new LayerSeries("first", LayerView.Study, 0, 160, 16, new Dictionary<Metric, double[]> { [Metric.StableRank] = rising });
        return new RunRecord(run.Metadata, run.Points, [first, new LayerSeries("fc", LayerView.Study, 1, 160, 16, new Dictionary<Metric, double[]> { [Metric.StableRank] = run.Layers[0][Metric.StableRank] })]);
    }

    // A layer whose stable rank is 1 + exp(−learning rate · updates), measured 400 times.
    private static RunRecord Run(string protocol, int seed, int steps)
    {
        var rate = Protocol.Find(protocol).Adam.LearningRate;
        var every = steps / 400;
        MeasurementPoint[] points = [.. Enumerable.Range(0, 400).Select(i => new MeasurementPoint(i * every, (i * every) + 1, 1, 2 * Math.Exp(-rate * i * every), 1))];
        var layer = new LayerSeries("fc", LayerView.Study, 0, 160, 16, new Dictionary<Metric, double[]> { [Metric.StableRank] = [.. points.Select(point => 1 + Math.Exp(-rate * point.Updates))] });
        return new RunRecord(new RunMetadata { Architecture = "mlp_tiny", Dataset = "mnist", Seed = seed, Protocol = protocol, Steps = steps, MeasureEvery = every }, points, [layer]);
    }
}
