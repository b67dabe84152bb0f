using System.Globalization;

namespace Ndt.Tests.Fuzzing;

/// <summary>What came of trying a target.</summary>
internal sealed class FuzzCount
{
    private long mostAllocated;
    private TimeSpan longest;

    /// <summary>Files that were read or refused.</summary>
    public int Cases { get; private set; }

    /// <summary>Those refused.</summary>
    public int Refused { get; private set; }

    public void Add(bool refused, long allocated, TimeSpan time)
    {
        Cases++;
        Refused += refused ? 1 : 0;
        mostAllocated = Math.Max(mostAllocated, allocated);
        longest = time > longest ? time : longest;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Cases} files, {Refused} refused, {Cases - Refused} read; at most {mostAllocated / 1048576.0:0.0} MiB allocated and {longest.TotalMilliseconds:0} ms for one");
}
