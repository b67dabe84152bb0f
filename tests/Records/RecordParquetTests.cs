using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Records;

public sealed class RecordParquetTests
{
    [Fact]
    public void A_record_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var record = TestRecords.WithInitialStateTokensAndAttention();
        RecordParquet.Write(folder.PathOf("new/a.parquet"), record);
        var read = RecordParquet.Read(folder.PathOf("new/a.parquet"));
        Assert.Empty(RecordDifference.Between(record, read));
        Assert.Equal(record.Metadata.Details, read.Metadata.Details);
        Assert.Equal(record.Metadata.ArchitectureParameters, read.Metadata.ArchitectureParameters);
        Assert.Equal(record.Metadata.ElapsedSeconds, read.Metadata.ElapsedSeconds);
        Assert.Equal(record.Layers.Select(l => (l.Depth, l.Samples, l.Features)), read.Layers.Select(l => (l.Depth, l.Samples, l.Features)));
    }

    [Fact]
    public void A_difference_is_named_and_allowed_within_the_tolerance()
    {
        var record = TestRecords.WithInitialStateTokensAndAttention();
        var layers = record.Layers.ToArray();
        var (layer, metric) = (layers[1], layers[1].Metrics.First());
        var series = layer.Metrics.ToDictionary(m => m, m => layer[m]);
        series[metric] = [.. series[metric].Select((value, i) => i == 3 ? value * 1.001 : value)];
        layers[1] = new LayerSeries(layer.Name, layer.View, layer.Depth, layer.Samples, layer.Features, series);
        var other = new RunRecord(record.Metadata, record.Points, layers);
        var difference = Assert.Single(RecordDifference.Between(record, other));
        Assert.StartsWith($"{layer.Name} ({layer.View}): {metric.Name()}, first at step {record.Points[3].Step}", difference, StringComparison.Ordinal);
        Assert.Empty(RecordDifference.Between(record, other, tolerance: 0.01));
    }

    [Fact]
    public void The_same_record_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        RecordParquet.Write(folder.PathOf("a.parquet"), TestRecords.WithInitialStateTokensAndAttention());
        RecordParquet.Write(folder.PathOf("b.parquet"), TestRecords.WithInitialStateTokensAndAttention());
        Assert.Equal(File.ReadAllBytes(folder.PathOf("a.parquet")), File.ReadAllBytes(folder.PathOf("b.parquet")));
    }

    [Fact]
    public void A_missing_column_or_foreign_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("other.parquet");
        File.WriteAllBytes(path, ParquetColumns.Write([("step", new[] { 1, 2 })], inSeries: true, RecordMetadata.ToText(TestRecords.WithInitialStateTokensAndAttention().Metadata)));
        Assert.Equal($"{path}: column layer is missing", Assert.Throws<InputException>(() => RecordParquet.Read(path)).Message);
        var text = folder.Write("text.parquet", "step,loss\n");
        Assert.StartsWith($"{text}: not a readable Parquet record", Assert.Throws<InputException>(() => RecordParquet.Read(text)).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<InputException>(() => RecordParquet.Read(folder.PathOf("none.parquet"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.parquet");
        RecordParquet.Write(path, TestRecords.WithInitialStateTokensAndAttention());
        var whole = File.ReadAllBytes(path);
        foreach (var length in new[] { 0, 3, 10, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.DoesNotContain('\n', Assert.Throws<InputException>(() => RecordParquet.Read(path)).Message);
        }
    }
}
