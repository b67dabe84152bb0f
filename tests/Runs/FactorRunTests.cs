using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Runs;

/// <summary>Runs of the variants say what they are, and are it.</summary>
[Collection(nameof(ExperimentRunTests))]
public sealed class FactorRunTests
{
    [Theory]
    [InlineData("sgd_momentum")]
    [InlineData("adamw")]
    [InlineData("cosine_warmup")]
    [InlineData("batch_8")]
    [InlineData("batch_128")]
    public void Another_training_starts_from_the_same_state_and_goes_another_way(string name)
    {
        var (varied, study) = (Run("mlp_narrow", name), Run("mlp_narrow", "study"));
        Assert.Equal((name, Protocol.Find(name).Change), (varied.Metadata.Protocol, varied.Metadata.Details[RunDetails.Change]));
        Assert.DoesNotContain(RunDetails.Change, study.Metadata.Details.Keys);
        Assert.Equal(study.Layers[0][Metric.StableRank][0], varied.Layers[0][Metric.StableRank][0]);
        Assert.NotEqual(study.Layers[0][Metric.StableRank][^1], varied.Layers[0][Metric.StableRank][^1]);
    }

    [Theory]
    [InlineData("probe_40", 40)]
    [InlineData("probe_250", 250)]
    public void Another_probe_changes_the_figures_and_not_the_training(string name, int size)
    {
        var (varied, study) = (Run("mlp_narrow", name), Run("mlp_narrow", "study"));
        Assert.All(varied.Layers, layer => Assert.Equal(size, layer.Samples));
        Assert.Equal(study.Points.Skip(1).Select(point => point.Loss), varied.Points.Skip(1).Select(point => point.Loss));
        Assert.NotEqual(study.Layers[0][Metric.StableRank][^1], varied.Layers[0][Metric.StableRank][^1]);
    }

    [Theory]
    [InlineData("mlp_medium", "width_half", 64, 64, 32, 32, 10)]
    [InlineData("mlp_medium", "width_x4", 512, 512, 256, 256, 10)]
    [InlineData("cnn_shallow", "width_half", 16, 32, 10)]
    public void Another_width_is_of_every_hidden_layer_and_stands_in_the_record(string architecture, string name, params int[] features)
    {
        var record = Run(architecture, name, steps: 2);
        Assert.Equal(features, record.Layers.Where(layer => layer.View == LayerView.Study).Select(layer => layer.Features));
        Assert.Equal((architecture, (double)features[..^1].Max()), (record.Metadata.Architecture, record.Metadata.ArchitectureParameters["max_width"]));
    }

    [Fact]
    public void Four_times_the_width_of_one_architecture_is_another()
    {
        Assert.Equal(((MlpSpec)ArchitectureCatalogue.Find("mlp_verywide")).Hidden, ((MlpSpec)ArchitectureCatalogue.Find("mlp_medium").Widened(4)).Hidden);
        Assert.Equal(32, ((TransformerSpec)ArchitectureCatalogue.Find("transformer_narrow").Widened(0.5)).Width);
        Assert.Contains("4 heads do not divide", Assert.Throws<InputException>(() => ArchitectureCatalogue.Find("transformer_narrow").Widened(0.1)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new CustomSpec("own", _ => throw new NotSupportedException()).Widened(2));
    }

    private static RunRecord Run(string architecture, string protocol, int steps = 12) =>
        ExperimentRun.Execute(new RunSpec(ArchitectureCatalogue.Find(architecture), "mnist", 0, Protocol.Find(protocol) with { Steps = steps }), seed => DatasetLoader.Load("mnist", seed));
}
