using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models.Products;
using Ndt.Records;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Runs;

/// <summary>How a run comes about, for its record: versions, machine, data, and where the time went.</summary>
internal static class RunEnvironment
{
    /// <summary>The details by name.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="data">Its data.</param>
    /// <param name="device">Where it ran. A run on another device than the CPU also tells which one, its driver, whether it was deterministic, and the memory that it took.</param>
    /// <param name="overhead">What measuring took.</param>
    /// <param name="elapsed">What the run took.</param>
    /// <param name="deviceMemory">Most bytes taken on the device; null on the CPU.</param>
    /// <param name="resumedAt">Updates after which it was taken up again; null where it was not.</param>
    /// <param name="stopped">Where and why it stopped before its end; null where it did not.</param>
    public static IReadOnlyDictionary<string, string> DetailsOf(
        RunSpec spec, TrainingData data, Device device, TrackerOverhead overhead, TimeSpan elapsed, long? deviceMemory, int? resumedAt, string? stopped)
    {
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [RunDetails.System] = RuntimeInformation.OSDescription,
            [RunDetails.Device] = device.ToString(),
            [RunDetails.Threads] = spec.Threads.ToString(CultureInfo.InvariantCulture),
            [RunDetails.Finished] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            [RunDetails.StepsSeconds] = Seconds(elapsed.TotalSeconds - overhead.ForwardSeconds - overhead.SpectrumSeconds),
            [RunDetails.ProbeForwardSeconds] = Seconds(overhead.ForwardSeconds),
            [RunDetails.SpectraSeconds] = Seconds(overhead.SpectrumSeconds),
            [RunDetails.PeakMemory] = Machine.PeakMemory.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in MakersOfBits(device).Concat(data.Provenance))
        {
            details[key] = value;
        }

        if (spec.Protocol.Change.Length > 0)
        {
            details[RunDetails.Change] = spec.Protocol.Change;
        }

        if (device.type == TorchSharp.DeviceType.CUDA)
        {
            details[RunDetails.DeviceName] = TorchDevice.CudaDevices[Math.Max(0, device.index)].Name;
            details[RunDetails.CudaDriverVersion] = TorchDevice.CudaDriverVersion ?? "unknown";
            details[RunDetails.Deterministic] = spec.Deterministic ? "true" : "false";
        }

        if (deviceMemory is { } bytes)
        {
            details[RunDetails.PeakDeviceMemory] = bytes.ToString(CultureInfo.InvariantCulture);
        }

        if (resumedAt is { } updates)
        {
            details[RunDetails.ResumedAt] = updates.ToString(CultureInfo.InvariantCulture);
        }

        if (stopped is not null)
        {
            details[RunDetails.Stopped] = stopped;
        }

        return details;
    }

    /// <summary>The versions, the kernels and the processor, on which a run's last bits depend.</summary>
    public static IReadOnlyDictionary<string, string> MakersOfBits(Device device) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [RunDetails.NdtVersion] = InformationalVersion(typeof(RunEnvironment).Assembly),
        [RunDetails.TorchSharpVersion] = InformationalVersion(typeof(TorchSharp.torch).Assembly),
        [RunDetails.LibtorchVersion] = __version__,
        [RunDetails.DotnetVersion] = RuntimeInformation.FrameworkDescription,
        [RunDetails.Kernels] = device.type == TorchSharp.DeviceType.CPU && MatrixProduct.IsSupported ? "avx512" : "libtorch",
        [RunDetails.ProcessorArchitecture] = RuntimeInformation.ProcessArchitecture.ToString(),
        [RunDetails.Processor] = Machine.Processor,
    };

    // With the commit that it was built from, where the build knows one: 0.1.0+COMMIT.
    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";

    private static string Seconds(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);
}
