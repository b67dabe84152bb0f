using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Cli.Sweeps;

/// <summary>Brings a run's record, and the checkpoints that it should have, from the folders of a sweep's parts to the common one.</summary>
internal static class RunCollector
{
    /// <summary>Brings one run, and says what is wrong where it cannot. Nothing is overwritten but part of the same run.</summary>
    /// <param name="target">The run in the common folder.</param>
    /// <param name="sources">The same run in each of the parts' folders.</param>
    public static (Collected Outcome, string? Problem) Bring(SweepRun target, IReadOnlyList<SweepRun> sources)
    {
        var whole = new List<SweepRun>();
        foreach (var run in sources.Prepend(target))
        {
            try
            {
                if (run.IsOnDisk)
                {
                    whole.Add(run);
                }
            }
            catch (InputException e)
            {
                return (Collected.Missing, e.Message);
            }
        }

        if (whole.Count == 0)
        {
            return (Collected.Missing, sources.Prepend(target).Select(Reason).FirstOrDefault(reason => reason is not null) ?? "no record");
        }

        var first = RecordParquet.Read(whole[0].RecordPath);
        foreach (var other in whole.Skip(1))
        {
            if (RecordDifference.Between(first, RecordParquet.Read(other.RecordPath)) is [var difference, ..])
            {
                return (Collected.Missing, $"{whole[0].RecordPath} and {other.RecordPath} differ: {difference}");
            }
        }

        if (whole[0] == target)
        {
            return (Collected.ThereBefore, null);
        }

        // The record comes last: a run whose record is there has its checkpoints.
        foreach (var (from, to) in CheckpointsOf(whole[0]).Zip(CheckpointsOf(target)).Where(pair => File.Exists(pair.First)).Append((whole[0].RecordPath, target.RecordPath)))
        {
            AtomicFile.WriteBytes(to, File.ReadAllBytes(from));
        }

        return (Collected.Brought, null);
    }

    private static IEnumerable<string> CheckpointsOf(SweepRun run) =>
        run.Checkpoints?.PathsOf(run.Spec).SelectMany(path => new[] { RunState.RecordPathOf(path), path }) ?? [];

    private static string? Reason(SweepRun run)
    {
        var diverged = Path.ChangeExtension(run.RecordPath, ".stopped.parquet");
        return File.Exists(diverged) ? $"the run diverged; {diverged} holds what was measured"
            : run.Interrupted.Exists ? $"interrupted; its state is kept in {run.Interrupted.Folder}"
            : File.Exists(run.RecordPath) ? $"{run.RecordPath} is part of the run only, or a checkpoint of it is missing"
            : File.Exists(run.LogPath) ? $"failed; {run.LogPath} says how"
            : null;
    }
}
