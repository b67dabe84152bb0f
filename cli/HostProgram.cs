using System.Globalization;
using System.Runtime.InteropServices;

namespace Ndt.Cli;

/// <summary>How this command is started again as another process.</summary>
internal static class HostProgram
{
    /// <summary>A cell that asks for more memory than there is gets an OutOfMemoryException, before the system looks for something to kill.</summary>
    private const string HeapLimitVariable = "DOTNET_GCHeapHardLimitPercent";

    /// <summary>Percent of the memory, in hexadecimal: 70.</summary>
    private const string HeapLimit = "46";

    /// <summary>The variables under which a process runs cells; the user's own go before.</summary>
    public static IEnumerable<(string Name, string Value)> CellEnvironment()
    {
        yield return (HeapLimitVariable, HeapLimit);

        // The command itself knows one culture, and starts where the system has no data of others. Cells may ask for cultures, and sort and compare by them.
        if (HasCultures())
        {
            yield return ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0");
        }
    }

    /// <summary>
    /// The program and its first arguments: what runs now, be it the command's own executable or a <c>dotnet</c> with the assembly. In a program that only uses the
    /// assembly, a test say, it is the executable beside the assembly, else <c>dotnet</c> with it.
    /// </summary>
    public static IReadOnlyList<string> Command()
    {
        var assembly = typeof(HostProgram).Assembly.Location;
        if (Environment.ProcessPath is { } running)
        {
            var name = Path.GetFileNameWithoutExtension(running);
            if (name == "dotnet")
            {
                // The one that was found for this process: another on the PATH may lack the runtime.
                return [running, assembly];
            }

            if (name == Path.GetFileNameWithoutExtension(assembly))
            {
                return [running];
            }
        }

        var executable = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(executable) ? [executable] : ["dotnet", assembly];
    }

    /// <summary>Whether the system has ICU's libraries, whose names end in their version; without them a process that asks for cultures does not start.</summary>
    private static bool HasCultures() =>
        !OperatingSystem.IsLinux()
        || Enumerable.Range(50, 70).Reverse().Any(version => NativeLibrary.TryLoad(string.Create(CultureInfo.InvariantCulture, $"libicuuc.so.{version}"), out _));
}
