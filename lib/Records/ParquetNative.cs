using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ParquetSharp;

namespace Ndt.Records;

/// <summary>
/// Finds ParquetSharp's native half where a host has loaded the library by its file: the runtime then knows no folder of natives, and the file lies below
/// the assembly in <c>runtimes/SYSTEM/native</c>, as the build leaves it.
/// </summary>
internal static class ParquetNative
{
    static ParquetNative()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(ParquetFileReader).Assembly, Find);
        }
        catch (InvalidOperationException)
        {
            // An assembly has one resolver for the life of the process: another copy of this library, or the host itself, has set it.
        }
    }

    /// <summary>Called before ParquetSharp is.</summary>
    public static void Prepare() => RuntimeHelpers.RunClassConstructor(typeof(ParquetNative).TypeHandle);

    // 0 leaves the search, and the message where it fails, to the runtime.
    private static nint Find(string name, System.Reflection.Assembly assembly, DllImportSearchPath? search)
    {
        var (system, extension) = OperatingSystem.IsWindows() ? ("win", ".dll") : OperatingSystem.IsMacOS() ? ("osx", ".dylib") : ("linux", ".so");
        var processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var beside = Path.Combine(Path.GetDirectoryName(assembly.Location) ?? "", "runtimes", $"{system}-{processor}", "native", name + extension);
        return NativeLibrary.TryLoad(name, assembly, search, out var handle) || NativeLibrary.TryLoad(beside, out handle) ? handle : 0;
    }
}
