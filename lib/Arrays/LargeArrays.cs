using Ndt.Checkpoints;

namespace Ndt.Arrays;

/// <summary>
/// Gives the memory of a large array and its copies back before the next is read. The collector waits until several times as much has gathered as is in use; with arrays of
/// 20 MiB that was 260 MiB more than they need.
/// </summary>
public static class LargeArrays
{
    // 2 MiB of doubles: a collection costs milliseconds, measuring that many values more.
    private const long Large = 1 << 18;

    /// <summary>Collects where an array of that shape, which nobody needs any longer, was large.</summary>
    public static void GiveBack(IReadOnlyList<long> shape) => GiveBack(NamedTensor.CountElements([.. shape]) ?? 0);

    /// <summary>Collects where copies of so many values, which nobody needs any longer, were large.</summary>
    public static void GiveBack(long values)
    {
        if (values >= Large)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        }
    }
}
