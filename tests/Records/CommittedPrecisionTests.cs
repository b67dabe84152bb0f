using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Records;

public sealed class CommittedPrecisionTests
{
    private static readonly string Records = Path.Combine(RepositoryPaths.Root, "data", "records");

    /// <summary>The first record of each folder.</summary>
    public static TheoryData<string> FirstOfEachFolder => [.. Directory.GetFiles(Records, "*.parquet", SearchOption.AllDirectories)
        .GroupBy(path => Path.GetDirectoryName(path))
        .Select(group => Path.GetRelativePath(Records, group.Min(StringComparer.Ordinal)!))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(FirstOfEachFolder))]
    public void Figures_of_committed_records_have_no_more_bits_than_a_history_keeps(string name)
    {
        var record = RecordParquet.Read(Path.Combine(Records, name));
        double[] values = [.. record.Layers.SelectMany(layer => layer.Metrics.Where(metric => layer.Has(metric)).SelectMany(metric => layer[metric])).Where(double.IsFinite)];
        Assert.NotEmpty(values);
        Assert.All(values, value => Assert.InRange(Bits(value), 0, MeasurementHistory.SignificantBits));
    }

    [Fact]
    public void A_history_keeps_forty_bits_of_what_the_study_counts_and_24_of_the_rest_and_a_record_gives_them_back()
    {
        Assert.Equal((40, 24), (MeasurementHistory.SignificantBits, MeasurementHistory.OtherBits));
        using var folder = new TemporaryFolder();
        var spectrum = new Spectrum([Math.PI, 1 / 3.0, Math.Sqrt(2)]);
        var history = new MeasurementHistory();
        var figures = Dimensionality.Of(spectrum);
        history.Add(new MeasurementPoint(0, 1, 1, 0.5, double.NaN), [new LayerMeasurement(new ProbedLayer("fc", LayerView.Study, 0, 3, 3), figures, figures, 1)]);
        RecordParquet.Write(folder.PathOf("a.parquet"), history, "net");
        var layer = Assert.Single(RecordParquet.Read(folder.PathOf("a.parquet")).Layers);
        foreach (var (metric, bits) in new[] { (Metric.StableRank, 40), (Metric.ParticipationRatio, 40), (Metric.EffectiveRank, 24), (Metric.CentredStableRank, 24) })
        {
            var exact = new LayerMeasurement(new ProbedLayer("fc", LayerView.Study, 0, 3, 3), figures, figures, 1)[metric];
            var kept = layer[metric][0];
            Assert.InRange(Bits(kept), 1, bits);
            Assert.InRange(Math.Abs(kept - exact) / exact, 0, Math.ScaleB(1, -bits));
        }
    }

    /// <summary>Bits of the significand from the leading one to the last that is not 0.</summary>
    private static int Bits(double value) => value == 0 ? 0 : 53 - Math.Min(52, System.Numerics.BitOperations.TrailingZeroCount(BitConverter.DoubleToInt64Bits(value) | (1L << 52)));
}
