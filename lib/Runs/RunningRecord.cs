using System.Diagnostics;
using Ndt.Records;

namespace Ndt.Runs;

/// <summary>
/// What a run has measured so far, in a hidden file beside its record's place, .NAME.running: for whoever wants to watch. Written anew every ten
/// seconds at most, so that it costs a run next to nothing, and removed when the run ends. It is no record: half a run would pass for a short one.
/// </summary>
/// <param name="path">The record's path.</param>
/// <param name="interval">The least time between two writings; ten seconds by default.</param>
public sealed class RunningRecord(string path, TimeSpan? interval = null) : IDisposable
{
    private readonly TimeSpan interval = interval ?? TimeSpan.FromSeconds(10);
    private readonly string file = PathOf(path);
    private long written = Stopwatch.GetTimestamp();

    /// <summary>What the run that makes a record has measured so far, or null where no run has left anything.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static RunRecord? Read(string record) => File.Exists(PathOf(record)) ? RecordParquet.Read(PathOf(record)) : null;

    /// <summary>Writes the file, where the last time is long enough ago.</summary>
    public void Update(Func<RunRecord> record)
    {
        if (Stopwatch.GetElapsedTime(written) >= interval)
        {
            RecordParquet.Write(file, record());
            written = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Removes the file.</summary>
    public void Dispose() => File.Delete(file);

    private static string PathOf(string record) => Path.Combine(Path.GetDirectoryName(record) ?? "", $".{Path.GetFileNameWithoutExtension(record)}.running");
}
