using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ndt.Torch;

/// <summary>
/// Loads the native half of TorchSharp before any of its types is used.
/// </summary>
/// <remarks>
/// TorchSharp 0.107's <c>libLibTorchSharp.so</c> asks for GLIBCXX_3.4.32 (GCC 13.2), which Debian 12 and Ubuntu 22.04 do not
/// have. The only symbol of that version is <c>_ZSt21ios_base_library_initv</c>, which no relocation uses. The library is tried as it is first; only where that fails for this reason,
/// a copy in the user's cache with that one need marked weak is loaded instead. TorchSharp finds a library that is already
/// loaded by its soname, so nothing else changes.
/// </remarks>
public static class TorchNative
{
    private const string Shim = "libLibTorchSharp.so";
    private const string UnusedVersion = "GLIBCXX_3.4.32";

    private static readonly Lock Gate = new();
    private static bool done;

    /// <summary>The file that TorchSharp's native half was loaded from; null before <see cref="EnsureLoaded"/> and on systems where TorchSharp loads it by itself.</summary>
    public static string? LoadedFrom { get; private set; }

    /// <summary>
    /// Loads the natives, once a process; later calls return at once. Called by itself when the TorchSharp assembly is loaded
    /// into a process that has this library; a program that first touches TorchSharp from several threads at once calls it before
    /// it starts them. Throws <see cref="WorkFailedException"/> naming the real cause when the natives
    /// are there but cannot be loaded.
    /// </summary>
    public static void EnsureLoaded()
    {
        lock (Gate)
        {
            if (done || !OperatingSystem.IsLinux())
            {
                return;
            }

            // Where a file is missing TorchSharp's own search, and its own message, are right.
            if (Find("libtorch_cpu.so") is { } torch && Find(Shim) is { } shim)
            {
                LoadTorch(Path.GetDirectoryName(torch)!);
                LoadedFrom = LoadShim(shim);
            }

            done = true;
        }
    }

    // Analysis commands never touch a tensor and should not wait for half a gigabyte of libraries: the natives are loaded when
    // the first TorchSharp type is about to be.
#pragma warning disable CA2255 // a module initialiser in a library: a caller of TorchSharp must not have to know about this
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void LoadWithTorchSharp()
    {
        if (AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == "TorchSharp"))
        {
            EnsureLoaded();
            return;
        }

        AppDomain.CurrentDomain.AssemblyLoad += (_, e) =>
        {
            if (e.LoadedAssembly.GetName().Name == "TorchSharp")
            {
                EnsureLoaded();
            }
        };
    }

    private static string? Find(string file) => SearchFolders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> SearchFolders()
    {
        var own = Path.GetDirectoryName(typeof(TorchNative).Assembly.Location);
        var roots = new[] { own, AppContext.BaseDirectory }.Where(folder => !string.IsNullOrEmpty(folder)).Select(folder => folder!);
        var native = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return roots.SelectMany(root => new[] { root, Path.Combine(root, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"), Path.Combine(root, "runtimes", "linux-x64", "native") })
            .Concat(native)
            .Distinct();
    }

    // In the order of their dependencies; the rest follows by each library's own needs.
    private static void LoadTorch(string folder)
    {
        foreach (var library in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" })
        {
            var path = Path.Combine(folder, library);
            try
            {
                NativeLibrary.Load(path);
            }
            catch (DllNotFoundException e)
            {
                throw new WorkFailedException($"{path}: cannot be loaded: {FirstLine(e)}", e);
            }
        }
    }

    private static string LoadShim(string shim)
    {
        try
        {
            NativeLibrary.Load(shim);
            return shim;
        }
        catch (DllNotFoundException e) when (e.Message.Contains(UnusedVersion, StringComparison.Ordinal))
        {
            var weakened = WeakenedCopy(shim);
            try
            {
                NativeLibrary.Load(weakened);
                return weakened;
            }
            catch (DllNotFoundException second)
            {
                throw new WorkFailedException($"{shim}: needs {UnusedVersion} of libstdc++ (GCC 13.2), which this system lacks, and the copy without that need cannot be loaded either: {FirstLine(second)}", second);
            }
        }
        catch (DllNotFoundException e)
        {
            throw new WorkFailedException($"{shim}: cannot be loaded: {FirstLine(e)}", e);
        }
    }

    // The package's file is a hard link shared with other projects: it is never changed in place.
    private static string WeakenedCopy(string shim)
    {
        var bytes = File.ReadAllBytes(shim);
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        var target = Path.Combine(CacheFolder.Root, "native", name, Shim);
        if (ElfVersionNeeds.Weaken(bytes, UnusedVersion) == 0)
        {
            throw new WorkFailedException($"{shim}: needs {UnusedVersion} of libstdc++ (GCC 13.2), which this system lacks, in a way that cannot be worked around; use Debian 13, Ubuntu 24.04 or newer");
        }

        if (!File.Exists(target) || !File.ReadAllBytes(target).AsSpan().SequenceEqual(bytes))
        {
            WritableFolder.Require(Path.GetDirectoryName(target)!, $"the cache {CacheFolder.Root}", CacheFolder.Advice);
            AtomicFile.WriteBytes(target, bytes);
        }

        return target;
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0];
}
