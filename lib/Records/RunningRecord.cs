using System.Diagnostics;

namespace Ndt.Records;

/// <summary>
/// What a run has measured so far, in a file beside its record's place, NAME.running.parquet: for whoever wants to watch. Written anew every ten
/// seconds at most, so that it costs a run next to nothing, and removed when the record itself is there.
/// </summary>
/// <param name="path">The record's path.</param>
public sealed class RunningRecord(string path)
{
    private const string Ending = ".running.parquet";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly string file = PathOf(path);
    private long written = Stopwatch.GetTimestamp();

    /// <summary>Where the record of a run that is still being made lies.</summary>
    public static string PathOf(string record) => Path.ChangeExtension(record, Ending);

    /// <summary>Whether a file is such a record.</summary>
    public static bool Is(string file) => file.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the file, where the last time is long enough ago.</summary>
    public void Update(Func<RunRecord> record)
    {
        if (Stopwatch.GetElapsedTime(written) >= Interval)
        {
            RecordParquet.Write(file, record());
            written = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Removes the file.</summary>
    public void Remove() => File.Delete(file);
}
