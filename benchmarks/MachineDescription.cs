using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ndt.Models.Products;
using Ndt.Torch;

namespace Ndt.Benchmarks;

/// <summary>What a report says of machine and versions.</summary>
internal static class MachineDescription
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>The mean number of processes that wanted a processor in the last minute; NaN where the system does not tell.</summary>
    public static double Load => File.Exists(LoadFile) ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture) : double.NaN;

    /// <summary>Names and values, as rows.</summary>
    public static IEnumerable<(string Name, string Value)> Rows()
    {
        yield return ("processor", $"{Machine.Processor}, {Environment.ProcessorCount} cores, vectors of {(Vector512.IsHardwareAccelerated ? 512 : 256)} bits");
        yield return ("memory", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):F0} GiB"));
        yield return ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return ("ndt", Version(typeof(InputException)));
        yield return (".NET", RuntimeInformation.FrameworkDescription);
        yield return ("TorchSharp", $"{Version(typeof(TorchSharp.torch))}, libtorch {TorchSharp.torch.__version__}, one thread");
        yield return ("matrix products", MatrixProduct.IsSupported ? "ours, with AVX-512" : "libtorch's");
        yield return ("Math.NET Numerics", Version(typeof(MathNet.Numerics.Control)));
        yield return ("BenchmarkDotNet", Version(typeof(BenchmarkDotNet.Running.BenchmarkRunner)));
    }

    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
