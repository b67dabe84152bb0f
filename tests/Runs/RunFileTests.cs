using Ndt.Models;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Runs;

public sealed class RunFileTests
{
    private static readonly RunSpec Spec = new(ArchitectureCatalogue.Find("mlp_narrow"), "mnist", 3, Protocol.Study);

    [Fact]
    public void A_run_is_taken_once_at_a_time_and_what_a_predecessor_left_is_cleared_away()
    {
        using var folder = new TemporaryFolder();
        var path = RunFile.PathOf(Spec, folder.Root);
        var leftover = folder.Write(".mlp_narrow_mnist_s3.parquet.77-abc.tmp", "half");
        var other = folder.Write(".mlp_narrow_mnist_s4.parquet.77-abc.tmp", "another's");
        using (RunFile.TryTake(path))
        {
            Assert.False(File.Exists(leftover));
            Assert.True(File.Exists(other));
            Assert.Null(RunFile.TryTake(path));
        }

        using var again = RunFile.TryTake(path);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_missing_record_is_not_finished_and_another_protocols_record_is_not_overwritten()
    {
        using var folder = new TemporaryFolder();
        var path = RunFile.PathOf(Spec, folder.Root);
        Assert.False(RunFile.IsFinished(Spec, path));
        var record = TestRecords.WithInitialStateTokensAndAttention();
        RecordParquet.Write(path, new RunRecord(record.Metadata with { Architecture = "mlp_narrow", Dataset = "mnist", Seed = 3, Protocol = "study", Steps = 500, MeasureEvery = 5 }, record.Points, record.Layers));
        Assert.Equal(
            $"{path}: holds another run: steps was 500 and is 2000 now: move it away, or choose another folder",
            Assert.Throws<InputException>(() => RunFile.IsFinished(Spec, path)).Message);
    }
}
