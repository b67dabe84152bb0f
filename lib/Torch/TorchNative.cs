using System.Reflection;
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
public static partial class TorchNative
{
    private const string Shim = "libLibTorchSharp.so";
    private const string UnusedVersion = "GLIBCXX_3.4.32";

    private const string CudaLibrary = "libtorch_cuda.so";

    private static readonly Lock Gate = new();
    private static bool done;

    /// <summary>The file that TorchSharp's native half was loaded from; null before <see cref="EnsureLoaded"/> and on systems where TorchSharp loads it by itself.</summary>
    public static string? LoadedFrom { get; private set; }

    /// <summary>The natives that the library was built for: <c>cpu</c> or <c>cuda</c> (the MSBuild property NdtTorch).</summary>
    public static string BuiltFor { get; } =
        typeof(TorchNative).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(item => item.Key == "NdtTorch")?.Value ?? "cpu";

    /// <summary>Whether libtorch's CUDA half lies beside the program.</summary>
    internal static bool HasCuda => Find(CudaLibrary) is not null;

    /// <summary>The handle of libtorch_cpu.so; 0 before <see cref="EnsureLoaded"/> and where TorchSharp loads its natives by itself.</summary>
    internal static nint Library { get; private set; }

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

    // In the order of their dependencies; the rest follows by each library's own needs. libtorch asks once, early, whether it has a
    // CUDA half, and keeps the answer: that half has to be there first.
    private static void LoadTorch(string folder)
    {
        var withCuda = File.Exists(Path.Combine(folder, CudaLibrary));
        if (withCuda)
        {
            PrepareCuda();
        }

        foreach (var library in (string[])["libc10.so", "libtorch_cpu.so", .. withCuda ? (string[])[CudaLibrary] : [], "libtorch.so"])
        {
            var path = Path.Combine(folder, library);
            try
            {
                var handle = NativeLibrary.Load(path);
                Library = library == "libtorch_cpu.so" ? handle : Library;
            }
            catch (DllNotFoundException e)
            {
                throw new WorkFailedException($"{path}: cannot be loaded: {LoaderSaid(e, path)}", e);
            }
        }
    }

    // cuBLAS gives the same bits each time only with a workspace of a fixed size (cuBLAS, Results Reproducibility), which it reads from the C
    // environment when it starts. This one is as large as libtorch's own. .NET's Environment does not reach the C environment.
    private static void PrepareCuda() => _ = SetEnvironment("CUBLAS_WORKSPACE_CONFIG", ":4096:8", overwrite: 0);

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
                throw new WorkFailedException($"{shim}: needs {UnusedVersion} of libstdc++ (GCC 13.2), which this system lacks, and the copy without that need cannot be loaded either: {LoaderSaid(second, weakened)}", second);
            }
        }
        catch (DllNotFoundException e)
        {
            throw new WorkFailedException($"{shim}: cannot be loaded: {LoaderSaid(e, shim)}", e);
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

    // .NET's first line is advice; what the loader said of the file follows it.
    private static string LoaderSaid(DllNotFoundException e, string path) =>
        (e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [_, var said, ..] ? said : e.Message).Replace($"{path}: ", "", StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
