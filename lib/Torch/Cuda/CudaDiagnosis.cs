using System.Globalization;

namespace Ndt.Torch.Cuda;

/// <summary>Why CUDA cannot be used, and what to do.</summary>
internal static class CudaDiagnosis
{
    // libtorch-cuda 2.10 is built with CUDA 12.8, which runs on every driver of CUDA 12 (NVIDIA, CUDA Compatibility: minor version compatibility).
    private const int OldestMajor = 12;

    /// <summary>One line with the first cause and its remedy; null where CUDA can be used.</summary>
    public static string? Reason(CudaFacts facts) => facts switch
    {
        { TorchAgrees: true } => null,
        { LoadError: { } error } => $"{error}; build or publish anew, with nothing of another version beside the program",
        { BuiltFor: not "cuda", HasLibrary: false } =>
            $"this build has libtorch's CPU natives{(facts.HasDeviceFile ? ", and the machine has an NVIDIA device" : "")}; build with -p:NdtTorch=cuda to use one (docs/cuda.md)",
        { HasLibrary: false } => "this build is for CUDA, and libtorch_cuda.so is not beside the program; build or publish anew with -p:NdtTorch=cuda, and carry the whole folder",
        { HasDriver: false } =>
            $"there is no NVIDIA driver ({CudaDriver.Library} is not found); install one, or start the container with its devices (docker run --gpus all)",
        { DriverStatus: CudaStatus.DriverMismatch } =>
            $"the NVIDIA driver's library and kernel module are of different versions ({facts.DriverStatusName}); restart the machine, or the container after the driver was renewed",
        { DriverStatus: CudaStatus.NotSupportedOnDevice } =>
            $"a CUDA compatibility library stands before the driver's own and does not support this card ({facts.DriverStatusName}); take it out of LD_LIBRARY_PATH",
        { DriverStatus: CudaStatus.SystemNotReady } =>
            $"the NVIDIA system is not ready ({facts.DriverStatusName}); on machines with NVSwitch, start nvidia-fabricmanager",
        { DriverVersion: > 0 and < OldestMajor * 1000 } =>
            string.Create(CultureInfo.InvariantCulture, $"the NVIDIA driver serves CUDA {VersionText(facts.DriverVersion)}; libtorch needs {OldestMajor}.0 or later: renew the driver"),
        { HasDeviceFile: false } =>
            "the NVIDIA driver is installed, and the machine shows no device (/dev/nvidiactl is missing); start the container with its devices (docker run --gpus all), or load the kernel module",
        { DriverStatus: CudaStatus.NoDevice } or { DriverStatus: CudaStatus.Success, Devices.Count: 0 } =>
            $"the NVIDIA driver finds no device for this process (CUDA_VISIBLE_DEVICES is {(facts.VisibleDevices is { } list ? $"'{list}'" : "not set")}); ask for one from the scheduler, or correct the variable",
        { DriverStatus: not CudaStatus.Success } => $"the NVIDIA driver does not start ({facts.DriverStatusName}); nvidia-smi may tell more",
        _ => $"the NVIDIA driver has {facts.Devices.Count} device(s), and libtorch cannot use them; see that no other libtorch stands in LD_LIBRARY_PATH, and that the card is of compute capability 7.0 or later",
    };

    /// <summary>A version as people write it: 12.8 for 12080.</summary>
    public static string VersionText(int version) => string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}");
}
