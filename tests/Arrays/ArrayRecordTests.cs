using Ndt.Arrays;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Arrays;

public sealed class ArrayRecordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_with_steps_become_a_record_in_order_of_steps()
    {
        foreach (var step in new[] { 20, 0, 10 })
        {
            Save($"fc1_step{step}.npy", step + 1);
        }

        var record = ArrayRecord.Of("net", Measure(), LayerView.Study);
        Assert.Equal([0, 10, 20], record.Points.Select(point => point.Step));
        Assert.Equal((30, 10, "net"), (record.Metadata.Steps, record.Metadata.MeasureEvery, record.Metadata.Architecture));
        var layer = Assert.Single(record.Layers);
        Assert.Equal(("fc1", 2, 2), (layer.Name, layer.Samples, layer.Features));

        // diag(step + 1, 1): 1 + 1/(step + 1)² where the first is the larger.
        Assert.Equal([2.0, 1 + (1 / 121.0), 1 + (1 / 441.0)], layer[Metric.StableRank], (a, b) => Math.Abs(a - b) < 1e-6);
        RecordParquet.Write(folder.PathOf("net.parquet"), record);
        Assert.Equal(3, RecordParquet.Read(folder.PathOf("net.parquet")).Points.Count);
    }

    [Fact]
    public void Several_files_of_a_step_are_layers_of_one_point()
    {
        Save("fc1_step1.npy", 2);
        Save("fc2_step1.npy", 3);
        Assert.Equal(["fc1", "fc2"], ArrayRecord.Of("net", Measure(), LayerView.Study).Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void A_file_without_a_step_a_missing_array_and_another_shape_are_named()
    {
        Save("fc1.npy", 2);
        Assert.Contains("fc1.npy: its name holds no training step", Message(), StringComparison.Ordinal);
        File.Delete(folder.PathOf("fc1.npy"));
        Save("fc1_step1.npy", 2);
        Save("fc2_step1.npy", 2);
        Save("fc1_step2.npy", 2);
        Assert.Contains("fc1_step2.npy: lacks 'fc2'", Message(), StringComparison.Ordinal);
        File.WriteAllBytes(folder.PathOf("fc2_step2.npy"), NpyBytes.Doubles("(2, 1)", 1, 2));
        Assert.Contains("'fc2' gives 2 × 1", Message(), StringComparison.Ordinal);

        string Message() => Assert.Throws<InputException>(() => ArrayRecord.Of("net", Measure(), LayerView.Study)).Message;
    }

    private MeasuredFile[] Measure() => [.. MeasuredFile.Find([folder.Root]).Where(file => !file.EndsWith(".parquet", StringComparison.Ordinal)).Select(file => MeasuredFile.Of(file))];

    private void Save(string name, double first) => File.WriteAllBytes(folder.PathOf(name), NpyBytes.Doubles("(2, 2)", first, 0, 0, 1));
}
