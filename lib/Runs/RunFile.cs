using Ndt.Records;

namespace Ndt.Runs;

/// <summary>The file that a run's record goes to, and whether it holds that run whole.</summary>
public static class RunFile
{
    // EWOULDBLOCK, as .NET hands it on: another process holds the lock. Any other failure is one of the disk or the folder.
    private const int HeldElsewhere = 11;

    /// <summary>The record's path in a folder.</summary>
    public static string PathOf(RunSpec spec, string folder) => Path.Combine(folder, $"{spec.Name}.parquet");

    /// <summary>
    /// Whether the file holds the finished record of this run: readable, of the same architecture, dataset, seed and protocol, with
    /// every measurement to the last. A missing file is simply not finished; a record of another protocol under the same name
    /// throws <see cref="InputException"/>, since to overwrite it would lose it, and so does a damaged one, which says what to do.
    /// </summary>
    public static bool IsFinished(RunSpec spec, string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        RunRecord record;
        try
        {
            record = RecordParquet.Read(path);
        }
        catch (InputException e)
        {
            throw new InputException($"{e.Message}; move the file away, and the run is made again", e);
        }

        var (run, protocol) = (record.Metadata, spec.Protocol);
        if (RunDifference.Between(run, spec) is { Count: > 0 } differences)
        {
            throw new InputException($"{path}: holds another run: {RunDifference.Say(differences)}: move it away, or choose another folder");
        }

        var lastMeasured = (protocol.Steps - 1) / protocol.MeasureEvery * protocol.MeasureEvery;
        return record.Points[^1].Step == lastMeasured && !run.Details.ContainsKey(RunDetails.Stopped);
    }

    /// <summary>
    /// Takes the run for this process until the result is disposed or the process ends, however it ends; null when another
    /// process has it. Clears away what a killed predecessor left half written, of the record and of its checkpoints.
    /// </summary>
    /// <remarks>The lock is the system's (flock), not the file: one that a killed process left, of whatever age, is free.</remarks>
    public static IDisposable? TryTake(string path)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        FileStream taken;
        try
        {
            taken = new FileStream(Path.Combine(folder, $".{Path.GetFileName(target)}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (e.HResult == HeldElsewhere)
        {
            return null;
        }

        Clear(folder, $".{Path.GetFileName(target)}.*.tmp");
        Clear(Path.Combine(RunCheckpoints.FolderIn(folder), Path.GetFileNameWithoutExtension(target)), ".*.tmp");
        return taken;
    }

    /// <summary>Whether a process has the run at this moment.</summary>
    public static bool IsTaken(string path)
    {
        using var taken = TryTake(path);
        return taken is null;
    }

    // The lock is ours: nobody else writes these.
    private static void Clear(string folder, string pattern)
    {
        foreach (var leftover in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [])
        {
            TemporaryName.Remove(leftover);
        }
    }
}
