using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Tests.Runs;

public sealed class RunningRecordTests
{
    [Fact]
    public void What_a_run_has_so_far_can_be_read_while_it_goes_on_and_is_gone_when_it_ends()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("net_mnist_s0.parquet");
        using (var running = new RunningRecord(path, TimeSpan.Zero))
        {
            Assert.Null(RunningRecord.Read(path));
            running.Update(() => TestRecords.WithInitialStateTokensAndAttention());
            Assert.Equal(TestRecords.WithInitialStateTokensAndAttention().Points.Count, RunningRecord.Read(path)!.Points.Count);

            // It is no record: an analysis of the folder does not find it.
            Assert.Throws<InputException>(() => RecordFile.Find([folder.Root]));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Fact]
    public void It_is_not_written_again_before_its_time()
    {
        using var folder = new TemporaryFolder();
        using var running = new RunningRecord(folder.PathOf("a.parquet"), TimeSpan.FromDays(1));
        running.Update(() => throw new InvalidOperationException("asked for too early"));
    }
}
