namespace Ndt.Records;

/// <summary>What a record says of how its run came about: the names of these details, and some of them in words.</summary>
public static class RunDetails
{
    /// <summary>Keys that differ between two runs of the same spec begin with this.</summary>
    public const string TimePrefix = "time.";

    /// <summary>Key of the moment at which a run finished, in UTC: <c>2026-01-01T00:00:00Z</c>.</summary>
    public const string Finished = TimePrefix + "finished";

    /// <summary>Key that says where and why a run stopped before its end.</summary>
    public const string Stopped = "run.stopped";

    /// <summary>Key of what the run's protocol does otherwise than the study's, in words; of variants of one factor.</summary>
    public const string Change = "run.change";

    /// <summary>Key of the number of threads of one tensor operation.</summary>
    public const string Threads = "run.threads";

    /// <summary>Key of what computes the products of Ndt's own layers: <c>avx512</c> (<see cref="Ndt.Models.Products.MatrixProduct"/>) or <c>libtorch</c>. Records from before 2026-11-26 lack it; theirs were libtorch's.</summary>
    public const string Kernels = "run.kernels";

    /// <summary>Key of the device: <c>cpu</c> or <c>cuda:0</c>.</summary>
    public const string Device = "run.device";

    /// <summary>Key that says of a run on a CUDA device whether it was kept deterministic.</summary>
    public const string Deterministic = "run.deterministic";

    /// <summary>Key of the most bytes that a run took on a CUDA device.</summary>
    public const string PeakDeviceMemory = TimePrefix + "peak_device_memory_bytes";

    /// <summary>Key of the number of updates after which the run was taken up again from a checkpoint; the seconds in each part count from there.</summary>
    public const string ResumedAt = TimePrefix + "resumed_at_update";

    /// <summary>Key of the seconds that the optimiser's steps took.</summary>
    public const string StepsSeconds = TimePrefix + "steps_seconds";

    /// <summary>Key of the seconds that the probe's forward passes took.</summary>
    public const string ProbeForwardSeconds = TimePrefix + "probe_forward_seconds";

    /// <summary>Key of the seconds that the spectra took.</summary>
    public const string SpectraSeconds = TimePrefix + "spectra_seconds";

    /// <summary>Key of the most bytes that the process took.</summary>
    public const string PeakMemory = TimePrefix + "peak_memory_bytes";

    /// <summary>Key of the operating system.</summary>
    public const string System = "machine.os";

    /// <summary>Key of the processor's architecture.</summary>
    public const string ProcessorArchitecture = "machine.architecture";

    /// <summary>Key of the processor's name.</summary>
    public const string Processor = "machine.processor";

    /// <summary>Key of the name of a CUDA device.</summary>
    public const string DeviceName = "machine.device";

    /// <summary>Key of the version of the CUDA driver.</summary>
    public const string CudaDriverVersion = "version.cuda_driver";

    /// <summary>Key of the version of Ndt.</summary>
    public const string NdtVersion = "version.ndt";

    /// <summary>Key of the version of TorchSharp.</summary>
    public const string TorchSharpVersion = "version.torchsharp";

    /// <summary>Key of the version of libtorch.</summary>
    public const string LibtorchVersion = "version.libtorch";

    /// <summary>Key of the version of .NET.</summary>
    public const string DotnetVersion = "version.dotnet";

    /// <summary>Where a run's time went, in words; empty for records that do not say.</summary>
    public static string TimesOf(RunMetadata run) =>
        string.Join(", ", new[] { ("steps", StepsSeconds), ("probe forwards", ProbeForwardSeconds), ("spectra", SpectraSeconds) }
            .Where(part => run.Details.ContainsKey(part.Item2))
            .Select(part => $"{part.Item1} {run.Details[part.Item2]} s"));
}
