using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models.Products;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Records;

/// <summary>How a run came about, for its record: versions, machine, data, and where the time went.</summary>
public static class RunDetails
{
    /// <summary>Keys that differ between two runs of the same spec begin with this.</summary>
    public const string TimePrefix = "time.";

    /// <summary>Key of the moment at which a run finished, in UTC: <c>2026-01-01T00:00:00Z</c>.</summary>
    public const string Finished = TimePrefix + "finished";

    /// <summary>Key that says where and why a run stopped before its end.</summary>
    public const string Stopped = "run.stopped";

    /// <summary>Key of the number of threads of one tensor operation.</summary>
    public const string Threads = "run.threads";

    /// <summary>Key of what computes the products of Ndt's own layers: <c>avx512</c> (<see cref="MatrixProduct"/>) or <c>libtorch</c>. Records from before 2026-11-26 lack it; theirs were libtorch's.</summary>
    public const string Kernels = "run.kernels";

    /// <summary>Key of the device: <c>cpu</c> or <c>cuda:0</c>.</summary>
    public const string Device = "run.device";

    /// <summary>Key that says of a run on a CUDA device whether it was kept deterministic.</summary>
    public const string Deterministic = "run.deterministic";

    /// <summary>Key of the most bytes that a run took on a CUDA device.</summary>
    public const string PeakDeviceMemory = TimePrefix + "peak_device_memory_bytes";

    /// <summary>Key of the number of updates after which the run was taken up again from a checkpoint; the seconds in each part count from there.</summary>
    public const string ResumedAt = TimePrefix + "resumed_at_update";

    /// <summary>Where a run's time went, in words; empty for records that do not say.</summary>
    public static string TimesOf(RunMetadata run) =>
        string.Join(", ", new[] { ("steps", "steps_seconds"), ("probe forwards", "probe_forward_seconds"), ("spectra", "spectra_seconds") }
            .Where(part => run.Details.ContainsKey(TimePrefix + part.Item2))
            .Select(part => $"{part.Item1} {run.Details[TimePrefix + part.Item2]} s"));

    /// <summary>The details by name.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="data">Its data.</param>
    /// <param name="device">Where it ran. A run on another device than the CPU also tells which one, its driver, whether it was deterministic, and the memory that it took.</param>
    /// <param name="overhead">What measuring took.</param>
    /// <param name="elapsed">What the run took.</param>
    /// <param name="deviceMemory">Most bytes taken on the device; null on the CPU.</param>
    /// <param name="resumedAt">Updates after which it was taken up again; null where it was not.</param>
    /// <param name="stopped">Where and why it stopped before its end; null where it did not.</param>
    internal static IReadOnlyDictionary<string, string> Of(
        RunSpec spec, TrainingData data, Device device, TrackerOverhead overhead, TimeSpan elapsed, long? deviceMemory, int? resumedAt, string? stopped)
    {
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["machine.os"] = RuntimeInformation.OSDescription,
            [Device] = device.ToString(),
            [Threads] = spec.Threads.ToString(CultureInfo.InvariantCulture),
            [Finished] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            [TimePrefix + "steps_seconds"] = Seconds(elapsed.TotalSeconds - overhead.ForwardSeconds - overhead.SpectrumSeconds),
            [TimePrefix + "probe_forward_seconds"] = Seconds(overhead.ForwardSeconds),
            [TimePrefix + "spectra_seconds"] = Seconds(overhead.SpectrumSeconds),
            [TimePrefix + "peak_memory_bytes"] = Machine.PeakMemory.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in MakersOfBits(device).Concat(data.Provenance))
        {
            details[key] = value;
        }

        if (device.type == TorchSharp.DeviceType.CUDA)
        {
            details["machine.device"] = TorchDevice.CudaDevices[Math.Max(0, device.index)].Name;
            details["version.cuda_driver"] = TorchDevice.CudaDriverVersion ?? "unknown";
            details[Deterministic] = spec.Deterministic ? "true" : "false";
        }

        if (deviceMemory is { } bytes)
        {
            details[PeakDeviceMemory] = bytes.ToString(CultureInfo.InvariantCulture);
        }

        if (resumedAt is { } updates)
        {
            details[ResumedAt] = updates.ToString(CultureInfo.InvariantCulture);
        }

        if (stopped is not null)
        {
            details[Stopped] = stopped;
        }

        return details;
    }

    /// <summary>The versions, the kernels and the processor, on which a run's last bits depend.</summary>
    internal static IReadOnlyDictionary<string, string> MakersOfBits(Device device) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["version.ndt"] = InformationalVersion(typeof(RunDetails).Assembly),
        ["version.torchsharp"] = InformationalVersion(typeof(TorchSharp.torch).Assembly),
        ["version.libtorch"] = __version__,
        ["version.dotnet"] = RuntimeInformation.FrameworkDescription,
        [Kernels] = device.type == TorchSharp.DeviceType.CPU && MatrixProduct.IsSupported ? "avx512" : "libtorch",
        ["machine.architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["machine.processor"] = Machine.Processor,
    };

    // With the commit that it was built from, where the build knows one: 0.1.0+COMMIT.
    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";

    private static string Seconds(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);
}
