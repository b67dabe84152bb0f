using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Runs;

[Collection(nameof(TorchGenerator))]
public sealed class ExperimentRunTests
{
    [Theory]
    [InlineData("mlp_narrow")]
    [InlineData("cnn_shallow")]
    [InlineData("transformer_narrow")]
    public void A_run_made_twice_gives_the_same_record_bit_for_bit(string architecture)
    {
        var (first, second) = (Run(architecture, Protocol.Study, steps: 12), Run(architecture, Protocol.Study, steps: 12));
        Assert.Empty(RecordDifference.Between(first, second));
        Assert.Equal([-1, 0, 5, 10], first.Points.Select(point => point.Step));
        Assert.Equal([0, 1, 6, 11], first.Points.Select(point => point.Updates));
        Assert.Equal((12, 0, "mnist", 1), (first.Metadata.Steps, first.Metadata.Seed, first.Metadata.Dataset, first.Points[1].Epoch));
    }

    [Fact]
    public void Measuring_more_often_does_not_change_the_training()
    {
        var often = Run("transformer_narrow", Protocol.Study with { MeasureEvery = 1 }, steps: 6);
        var seldom = Run("transformer_narrow", Protocol.Study, steps: 6);
        Assert.Equal(often.Points[^1] with { }, seldom.Points[^1]);
        Assert.Equal(often.Layers[3][Metric.StableRank][^1], seldom.Layers[3][Metric.StableRank][^1]);
    }

    [Fact]
    public void Another_seed_gives_another_run_on_another_block()
    {
        var record = Run("mlp_narrow", Protocol.Study, steps: 1, seed: 1);
        Assert.NotEmpty(RecordDifference.Between(record, Run("mlp_narrow", Protocol.Study, steps: 1)));
        Assert.Equal("1", record.Metadata.Details["data_block"]);
    }

    [Fact]
    public void With_learning_rate_0_nothing_moves_but_the_batches_loss()
    {
        var record = Run("transformer_narrow", Protocol.Find("zero_learning_rate"), steps: 12);
        Assert.All(record.Layers, layer => Assert.All(layer.Metrics, metric => Assert.Single(layer[metric].Distinct())));
        Assert.True(record.Points.Select(point => point.Loss).Distinct().Count() > 2);
        Assert.Single(record.Points.Select(point => point.ProbeLoss).Distinct());
    }

    [Fact]
    public void A_fresh_probe_changes_the_figures_and_not_the_training()
    {
        var (fresh, study) = (Run("mlp_narrow", Protocol.Find("fresh_probe"), steps: 12), Run("mlp_narrow", Protocol.Study, steps: 12));
        Assert.Equal(study.Points.Skip(1).Select(point => point.Loss), fresh.Points.Skip(1).Select(point => point.Loss));
        Assert.NotEqual(study.Layers[0][Metric.StableRank][^1], fresh.Layers[0][Metric.StableRank][^1]);
    }

    [Fact]
    public void Shuffled_labels_change_the_training_only()
    {
        var (shuffled, study) = (Run("mlp_narrow", Protocol.Find("shuffled_labels"), steps: 12), Run("mlp_narrow", Protocol.Study, steps: 12));
        Assert.Equal(study.Layers[0][Metric.StableRank][0], shuffled.Layers[0][Metric.StableRank][0]);
        Assert.NotEqual(study.Points[1].Loss, shuffled.Points[1].Loss);
    }

    [Fact]
    public void A_run_that_diverges_stops_names_layer_and_step_and_keeps_what_was_measured()
    {
        var protocol = Protocol.Study with { Adam = AdamOptions.Default with { LearningRate = 1e30 } };
        var error = Assert.Throws<DivergedException>(() => Run("mlp_narrow", protocol, steps: 100));
        Assert.Matches("mlp_narrow_mnist_s0: step [0-9]+: (layer network\\.[0-9]+|the training loss)", error.Message);
        Assert.NotEmpty(error.Partial.Points);
        Assert.Contains("run.stopped", error.Partial.Metadata.Details.Keys);
    }

    [Fact]
    public void Cancelling_stops_between_two_steps()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<RunInterruptedException>(() => ExperimentRun.Execute(Spec("mlp_narrow", Protocol.Study, 0), Load, cancellation: source.Token));
    }

    private static RunRecord Run(string architecture, Protocol protocol, int steps, int seed = 0) =>
        ExperimentRun.Execute(Spec(architecture, protocol with { Steps = steps }, seed), Load);

    private static RunSpec Spec(string architecture, Protocol protocol, int seed) =>
        new(ArchitectureCatalogue.Find(architecture), "mnist", seed, protocol);

    private static TrainingData Load(int seed) => DatasetLoader.Load("mnist", seed);
}
