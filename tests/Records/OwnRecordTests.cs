using Ndt.Analysis;
using Ndt.Analysis.ChangePoints;
using Ndt.Measurement;
using Ndt.Records;
using static TorchSharp.torch;

namespace Ndt.Tests.Records;

/// <summary>Records of one's own networks, from a tracker's history to the analyses.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class OwnRecordTests
{
    [Fact]
    public void A_history_becomes_a_record_in_one_line_and_reads_back()
    {
        using var folder = new TemporaryFolder();
        var history = Measured(steps: 30, collapseAt: int.MaxValue);
        RecordParquet.Write(folder.PathOf("my.parquet"), history, "my_net");
        var record = RecordFile.Read(folder.PathOf("my.parquet"));
        Assert.Equal(("my_net", "own", null, 30, 1), (record.Metadata.Architecture, record.Metadata.Dataset, record.Metadata.Seed, record.Metadata.Steps, record.Metadata.MeasureEvery));
        Assert.Equal(history.Points, record.Points);
        Assert.Equal(history.Layers().Select(layer => layer.Name), record.Layers.Select(layer => layer.Name));
        RecordParquet.Write(folder.PathOf("named.parquet"), history, "my_net", "my_data", seed: 4, steps: 100);
        Assert.Equal(("my_data", 4, 100), RecordFile.Read(folder.PathOf("named.parquet")).Metadata is var other ? (other.Dataset, other.Seed, other.Steps) : default);
        Assert.Throws<InputException>(() => RecordParquet.Write(folder.PathOf("short.parquet"), history, "my_net", steps: 3));
    }

    [Fact]
    public void What_Read_would_refuse_is_not_written()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("none.parquet");
        Assert.Throws<InputException>(() => RecordParquet.Write(path, new MeasurementHistory(), "my_net"));
        var record = TestRecords.WithInitialStateTokensAndAttention();
        Assert.Throws<InputException>(() => RecordParquet.Write(path, new RunRecord(record.Metadata, record.Points, [])));
        Assert.Throws<InputException>(() => RecordParquet.Write(path, new RunRecord(record.Metadata, [], record.Layers)));
        Assert.Throws<InputException>(() => RecordParquet.Write(path, new RunRecord(record.Metadata, record.Points, [.. record.Layers, record.Layers[0]])));
        Assert.Throws<InputException>(() => RecordParquet.Write(path, new RunRecord(record.Metadata, [.. record.Points.Reverse()], record.Layers)));
        Assert.Throws<InputException>(() => RecordParquet.Write(path, new RunRecord(record.Metadata with { Steps = 0 }, record.Points, record.Layers)));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_layer_that_collapses_is_left_out_by_name_and_the_others_are_analysed()
    {
        var record = RunRecord.Of(Measured(steps: 40, collapseAt: 20), "my_net");
        var analysis = RunAnalysis.Analyse(record, Metric.CentredStableRank);
        Assert.Equal(["alive"], analysis.Layers.Select(layer => layer.Layer));
        Assert.Contains("dead centred_stable_rank is NaN at step 20", Assert.Single(analysis.LeftOut), StringComparison.Ordinal);
        Assert.Equal(double.NaN, analysis.LossDropShare);
        var dead = new RunRecord(record.Metadata, record.Points, [.. record.Layers.Where(layer => layer.Name == "dead")]);
        Assert.Contains("step 20", Assert.Throws<InputException>(() => RunAnalysis.Analyse(dead, Metric.CentredStableRank)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_gradient_norms_is_exported_and_read_back()
    {
        using var folder = new TemporaryFolder();
        var record = RunRecord.Of(Measured(steps: 30, collapseAt: int.MaxValue, loss: step => 1.0 / (step + 1)), "my_net");
        StudyJson.Write(folder.PathOf("my.json"), record);
        var read = StudyJson.Read(folder.PathOf("my.json"));
        Assert.All(read.Points, point => Assert.Equal(double.NaN, point.GradientNorm));
        Assert.Equal(record.Points.Select(point => point.Loss), read.Points.Select(point => point.Loss));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Detectors_refuse_a_series_that_is_not_finite(double value)
    {
        double[] series = [value, .. Enumerable.Range(1, 399).Select(i => (i * 7 % 13) + (i > 200 ? 30.0 : 0))];
        IChangeDetector[] detectors = [new IncrementRule(), new IncrementRule(4), new PeltDetector(), new EdPeltDetector(), new LocalContrast()];
        Assert.All(detectors, detector => Assert.Contains("value 0", Assert.Throws<InputException>(() => detector.Detect(series)).Message, StringComparison.Ordinal));
    }

    private static MeasurementHistory Measured(int steps, int collapseAt, Func<int, double>? loss = null)
    {
        using var network = nn.Sequential(("alive", nn.Linear(6, 5)), ("dead", nn.Linear(5, 4)));
        using var tracker = new ActivationTracker(network, randn(20, 6));
        using var guard = no_grad();
        for (var step = 0; step < steps; step++)
        {
            if (step == collapseAt)
            {
                ((TorchSharp.Modules.Linear)network.named_children().Last().module).weight.zero_();
            }

            network.parameters().First().mul_(1.01);
            tracker.AfterStep(step, loss?.Invoke(step) ?? double.NaN);
        }

        return tracker.History;
    }
}
