using Ndt.Torch.Cuda;
using static TorchSharp.torch;

namespace Ndt.Torch;

/// <summary>The device that tensors live on, by name.</summary>
public static class TorchDevice
{
    private static readonly Lazy<CudaFacts> Facts = new(CudaFacts.Gather);

    /// <summary>Why CUDA cannot be used in this process and what to do, in one line; null where it can.</summary>
    public static string? WhyNoCuda => CudaDiagnosis.Reason(Facts.Value);

    /// <summary>The CUDA devices that the driver lets this process use, whether or not libtorch can; empty where there is no driver.</summary>
    public static IReadOnlyList<CudaDeviceInfo> CudaDevices => Facts.Value.Devices;

    /// <summary>The newest CUDA version that the driver serves, such as 12.8; null where there is no driver.</summary>
    public static string? CudaDriverVersion => Facts.Value is { DriverVersion: > 0 and var version } ? CudaDiagnosis.VersionText(version) : null;

    /// <summary>The version of libtorch; null where it cannot be loaded.</summary>
    public static string? LibtorchVersion => Facts.Value.LoadError is null ? __version__ : null;

    /// <summary><c>cpu</c>, <c>cuda</c> (the first that <c>CUDA_VISIBLE_DEVICES</c> leaves), or <c>auto</c>: cuda where it is available. Throws <see cref="InputException"/> for another name, or where cuda is asked for and not there.</summary>
    public static Device Find(string name)
    {
        TorchNative.EnsureLoaded();
        return name switch
        {
            "cpu" => CPU,
            "auto" => cuda.is_available() ? new Device(TorchSharp.DeviceType.CUDA, 0) : CPU,
            "cuda" => WhyNoCuda is { } reason ? throw new InputException($"device cuda: not available: {reason}; or use --device cpu") : new Device(TorchSharp.DeviceType.CUDA, 0),
            _ => throw new InputException($"unknown device '{name}'; known: auto, cpu, cuda"),
        };
    }

    /// <summary>The name by which <see cref="Find"/> knows a device.</summary>
    internal static string NameOf(Device device) => device.type == TorchSharp.DeviceType.CUDA ? "cuda" : "cpu";
}
