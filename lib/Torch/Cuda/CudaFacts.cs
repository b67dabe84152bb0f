namespace Ndt.Torch.Cuda;

/// <summary>What there is of CUDA in this build and on this machine: what <see cref="CudaDiagnosis"/> draws its conclusion from.</summary>
internal sealed record CudaFacts
{
    /// <summary>The natives that the build asked for: <c>cpu</c> or <c>cuda</c> (the MSBuild property NdtTorch).</summary>
    public required string BuiltFor { get; init; }

    /// <summary>Whether libtorch's CUDA half lies beside the program.</summary>
    public bool HasLibrary { get; init; }

    /// <summary>Why libtorch could not be loaded, in one line; null where it could.</summary>
    public string? LoadError { get; init; }

    /// <summary>Whether the driver's library is there.</summary>
    public bool HasDriver { get; init; }

    /// <summary>Whether the kernel shows a device: /dev/nvidiactl, or /dev/dxg under Windows' Linux.</summary>
    public bool HasDeviceFile { get; init; }

    /// <summary>What the driver said when it was started; 0 is success.</summary>
    public int DriverStatus { get; init; }

    /// <summary>The driver's name for that.</summary>
    public string DriverStatusName { get; init; } = "";

    /// <summary>The newest CUDA version that the driver serves, as 1000 · major + 10 · minor; 0 where there is none.</summary>
    public int DriverVersion { get; init; }

    /// <summary>The devices that the driver lets this process use.</summary>
    public IReadOnlyList<CudaDeviceInfo> Devices { get; init; } = [];

    /// <summary>The environment variable CUDA_VISIBLE_DEVICES; null where it is not set.</summary>
    public string? VisibleDevices { get; init; }

    /// <summary>Whether libtorch itself says that it can use CUDA.</summary>
    public bool TorchAgrees { get; init; }

    /// <summary>Asks build, machine, driver and libtorch.</summary>
    public static CudaFacts Gather()
    {
        var facts = new CudaFacts
        {
            BuiltFor = TorchNative.BuiltFor,
            HasLibrary = TorchNative.HasCuda,
            HasDeviceFile = File.Exists("/dev/nvidiactl") || File.Exists("/dev/dxg"),
            VisibleDevices = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"),
        };
        if (CudaDriver.TryLoad() is { } driver)
        {
            facts = facts with
            {
                HasDriver = true,
                DriverStatus = driver.InitialisationStatus,
                DriverStatusName = driver.NameOf(driver.InitialisationStatus),
                DriverVersion = driver.Version,
                Devices = driver.InitialisationStatus == CudaStatus.Success ? driver.Devices() : [],
            };
        }

        try
        {
            TorchNative.EnsureLoaded();
            return facts with { TorchAgrees = TorchSharp.torch.cuda.is_available() };
        }
        catch (WorkFailedException e)
        {
            return facts with { LoadError = e.Message };
        }
    }
}
