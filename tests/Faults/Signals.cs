using System.Globalization;
using System.Runtime.InteropServices;

namespace Ndt.Tests.Faults;

/// <summary>Sends signals to processes.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal; whether the process was there.</summary>
    public static bool Send(int process, int signal) => SendSignal(process, signal) == 0;

    /// <summary>The signal's name.</summary>
    public static string NameOf(int signal) => signal switch
    {
        Interrupt => "SIGINT",
        Kill => "SIGKILL",
        Terminate => "SIGTERM",
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    /// <summary>Skips the test where this process was started with a signal ignored, as a shell does with Ctrl+C for what it runs in the background.</summary>
    public static void SkipWhereIgnored(int signal) => Assert.SkipWhen(IsIgnored(signal), $"{NameOf(signal)} is ignored by these tests' own process, and so by all that it starts");

    private static bool IsIgnored(int signal)
    {
        var mask = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return mask is not null && (long.Parse(mask["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
