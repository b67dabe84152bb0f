using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Records;

[Collection(nameof(Runs.ExperimentRunTests))]
public sealed class RecordCutTests
{
    [Fact]
    public void The_beginning_of_a_long_run_is_the_short_run_bit_for_bit()
    {
        var cut = RecordCut.Of(Run(steps: 24, every: 1), steps: 12, measurements: 6);
        var shorter = Run(steps: 12, every: 2);
        Assert.Equal(shorter.Points, cut.Points);
        Assert.Equal((12, 2), (cut.Metadata.Steps, cut.Metadata.MeasureEvery));
        Assert.All(shorter.Layers.Zip(cut.Layers), pair => Assert.Equal(pair.First[Metric.StableRank], pair.Second[Metric.StableRank]));
    }

    [Fact]
    public void Measurements_that_are_not_there_are_taken_from_the_nearest_or_left_out()
    {
        var record = TestRecords.WithInitialStateTokensAndAttention(); // steps -1, 0, 5, … 120 of 125
        Assert.Equal([-1, 0, 10, 25, 35], RecordCut.Of(record, 50, 4).Points.Select(point => point.Step)); // wanted: 0, 12, 25, 37
        Assert.Equal([-1, 0, 5, 10, 15], RecordCut.Of(record, 20, 20).Points.Select(point => point.Step));
        Assert.Throws<InputException>(() => RecordCut.Of(record, 126, 4));
        Assert.Throws<InputException>(() => RecordCut.Of(record, 0, 4));
    }

    [Fact]
    public void A_short_record_measured_often_and_a_long_one_become_one()
    {
        var (often, seldom) = (Run(steps: 8, every: 1), Run(steps: 20, every: 4));
        var joined = RecordJoin.Of(often, seldom, [Metric.StableRank], bits: 20);
        Assert.Equal([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16], joined.Points.Select(point => point.Step));
        Assert.Equal(20, joined.Metadata.Steps);
        Assert.All(joined.Layers, layer => Assert.Equal([Metric.StableRank], layer.Metrics));
        var (exact, kept) = (seldom.Layers[0][Metric.StableRank][^1], joined.Layers[0][Metric.StableRank][^1]);
        Assert.InRange(Math.Abs(kept - exact) / exact, 0, Math.ScaleB(1, -20));
        Assert.Equal(0, BitConverter.DoubleToInt64Bits(kept) & ((1L << 33) - 1));
    }

    [Fact]
    public void Records_of_two_runs_are_not_joined()
    {
        var record = TestRecords.WithInitialStateTokensAndAttention(seed: 3);
        Assert.Contains("one run", Assert.Throws<InputException>(() => RecordJoin.Of(record, TestRecords.WithInitialStateTokensAndAttention(seed: 4), [Metric.StableRank], 20)).Message, StringComparison.Ordinal);
        var other = new RunRecord(record.Metadata, record.Points, [.. record.Layers.Select(layer => RecordCut.Only(layer, [Metric.StableRank], series => Array.ConvertAll(series, value => value + 1)))]);
        Assert.Contains("differs at step -1", Assert.Throws<InputException>(() => RecordJoin.Of(record, other, [Metric.StableRank], 20)).Message, StringComparison.Ordinal);
    }

    private static RunRecord Run(int steps, int every) => ExperimentRun.Execute(
        new RunSpec(ArchitectureCatalogue.Find("mlp_narrow"), "mnist", 0, Protocol.Study with { Steps = steps, MeasureEvery = every }), seed => DatasetLoader.Load("mnist", seed));
}
