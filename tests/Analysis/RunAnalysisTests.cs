using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Analysis;

public sealed class RunAnalysisTests
{
    [Fact]
    public void The_initial_state_is_left_out()
    {
        var analysis = RunAnalysis.Analyse(TestRecords.WithInitialStateTokensAndAttention(), Metric.StableRank);
        Assert.Equal(25, analysis.Steps.Length);
        Assert.Equal((0, 2.0), (analysis.Steps[0], analysis.Loss[0]));
        Assert.Equal(25, analysis.Coordination.Length);
        Assert.Equal(1.0 / 2 - (1.0 / 26), analysis.Layers[0].PathLength, 1e-12);
    }

    [Fact]
    public void Phase_is_the_step_over_the_runs_steps_and_published_phase_the_index_over_them()
    {
        var jump = RunAnalysis.Analyse(TestRecords.WithInitialStateTokensAndAttention(), Metric.FrobeniusSquared).Layers[0].Jumps[0];
        Assert.Equal(7, jump.Jump.Index);
        Assert.Equal(35, jump.Step);
        Assert.Equal(7 / 125.0, jump.PublishedPhase);
        Assert.Equal(35 / 125.0, jump.Phase);
    }

    [Fact]
    public void In_the_token_view_a_layer_without_tokens_stands_as_the_study_has_it()
    {
        var record = TestRecords.WithInitialStateTokensAndAttention();
        Assert.Equal([2, 4, 6], ViewChoice.Layers(record, LayerView.Study).Select(layer => layer[Metric.EffectiveRank90][0]));
        Assert.Equal([3, 5, 6], ViewChoice.Layers(record, LayerView.TokenMean).Select(layer => layer[Metric.EffectiveRank90][0]));
    }

    [Fact]
    public void All_views_of_a_record_without_tokens_are_one()
    {
        var mlp = RecordFile.Read(RepositoryPaths.Fixture("phase1/records/mlp_shallow_2_mnist.json"));
        Assert.Equal([LayerView.Study], ViewChoice.Of(mlp, ViewChoice.All));
        Assert.Equal([LayerView.Study, LayerView.TokenMean], ViewChoice.Of(TestRecords.WithInitialStateTokensAndAttention(), ViewChoice.All));
    }

    [Theory]
    [InlineData(null, "study", LayerView.Study, "transformer_tiny_mnist")]
    [InlineData(3, "study", LayerView.Study, "transformer_tiny_mnist_s3")]
    [InlineData(0, "shuffled_labels", LayerView.TokenMean, "transformer_tiny_mnist_s0_shuffled_labels@token_mean")]
    public void A_runs_name_tells_cell_seed_control_and_view(int? seed, string protocol, string view, string name) =>
        Assert.Equal(name, ExperimentName.Of(TestRecords.WithInitialStateTokensAndAttention(seed, protocol).Metadata, view));

    [Fact]
    public void A_metric_that_the_record_lacks_is_named() =>
        Assert.Contains(
            "centred_stable_rank",
            Assert.Throws<InputException>(() => RunAnalysis.Analyse(TestRecords.WithInitialStateTokensAndAttention(), Metric.CentredStableRank)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_layer_with_NaN_is_left_out_with_its_metric_and_step_and_refused_where_no_other_is_left()
    {
        var record = TestRecords.WithInitialStateTokensAndAttention();
        record.Layers[0][Metric.StableRank][4] = double.NaN;
        var analysis = RunAnalysis.Analyse(record, Metric.StableRank);
        Assert.Equal(["input_proj stable_rank is NaN at step 15"], analysis.LeftOut);
        Assert.DoesNotContain("input_proj", analysis.Layers.Select(layer => layer.Layer));
        var alone = new RunRecord(record.Metadata, record.Points, [record.Layers[0]]);
        var message = Assert.Throws<InputException>(() => RunAnalysis.Analyse(alone, Metric.StableRank)).Message;
        Assert.Equal("transformer_tiny_mnist_s3: no layer has only finite numbers; the first problem: input_proj stable_rank is NaN at step 15", message);
    }
}
