using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ndt.Cli.Jupyter;

/// <summary>
/// Ends a kernel whose client is gone, as ipykernel does: Jupyter names itself in <c>JPY_PARENT_PID</c> to the kernels that are not
/// meant to outlive it. On Windows the variable holds a handle instead, and nothing is watched.
/// </summary>
internal static partial class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Returns once the process that started this one is gone; never where nobody asked for that.</summary>
    public static async Task GoneAsync(CancellationToken cancel)
    {
        var named = int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
        if (OperatingSystem.IsWindows() || named <= 1)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
        }

        // Whose parent ends is given another one; where something stands between (a script), the named process is looked for.
        var parent = ParentId();
        using var timer = new PeriodicTimer(Interval);
        while (ParentId() == parent && (parent == named || IsAlive(named)))
        {
            await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false);
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
