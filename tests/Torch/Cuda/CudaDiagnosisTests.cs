using Ndt.Torch.Cuda;

namespace Ndt.Tests.Torch.Cuda;

public sealed class CudaDiagnosisTests
{
    private static readonly CudaFacts Working = new()
    {
        BuiltFor = "cuda",
        HasLibrary = true,
        HasDriver = true,
        HasDeviceFile = true,
        DriverVersion = 12080,
        Devices = [new CudaDeviceInfo(0, "NVIDIA Example", 80L << 30, new Version(9, 0))],
        TorchAgrees = true,
    };

    [Fact]
    public void Where_libtorch_agrees_there_is_nothing_to_say() => Assert.Null(CudaDiagnosis.Reason(Working));

    [Fact]
    public void Each_missing_piece_is_named_with_its_remedy()
    {
        var broken = Working with { TorchAgrees = false };
        AssertReason(broken with { BuiltFor = "cpu", HasLibrary = false, HasDeviceFile = false }, "CPU natives;", "-p:NdtTorch=cuda");
        AssertReason(broken with { BuiltFor = "cpu", HasLibrary = false }, "the machine has an NVIDIA device", "-p:NdtTorch=cuda");
        AssertReason(broken with { HasLibrary = false }, "libtorch_cuda.so is not beside the program", "publish anew");
        AssertReason(broken with { LoadError = "libtorch_cuda.so: undefined symbol" }, "undefined symbol", "anew");
        AssertReason(broken with { HasDriver = false, HasDeviceFile = false, DriverVersion = 0, Devices = [] }, "no NVIDIA driver (libcuda.so.1", "--gpus all");
        AssertReason(broken with { HasDeviceFile = false, DriverStatus = 100, Devices = [] }, "/dev/nvidiactl is missing", "--gpus all");
        AssertReason(broken with { DriverStatus = 803, DriverStatusName = "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", Devices = [] }, "different versions (CUDA_ERROR_SYSTEM_DRIVER_MISMATCH)", "restart");
        AssertReason(broken with { DriverStatus = 804, DriverStatusName = "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE", Devices = [] }, "compatibility library", "LD_LIBRARY_PATH");
        AssertReason(broken with { DriverStatus = 802, DriverStatusName = "CUDA_ERROR_SYSTEM_NOT_READY", Devices = [] }, "not ready", "nvidia-fabricmanager");
        AssertReason(broken with { DriverVersion = 11080 }, "serves CUDA 11.8", "renew the driver");
        AssertReason(broken with { DriverStatus = 100, Devices = [], VisibleDevices = "" }, "CUDA_VISIBLE_DEVICES is ''", "scheduler");
        AssertReason(broken with { Devices = [] }, "CUDA_VISIBLE_DEVICES is not set", "scheduler");
        AssertReason(broken with { DriverStatus = 999, DriverStatusName = "CUDA_ERROR_UNKNOWN", Devices = [] }, "CUDA_ERROR_UNKNOWN", "nvidia-smi");
        AssertReason(broken, "1 device(s), and libtorch cannot use them", "LD_LIBRARY_PATH");
    }

    [Fact]
    public void This_machine_is_told_of_in_one_line_or_has_a_device()
    {
        var facts = CudaFacts.Gather();
        Assert.Contains(facts.BuiltFor, (string[])["cpu", "cuda"]);
        if (!facts.TorchAgrees)
        {
            AssertReason(facts, "", "");
        }
    }

    private static void AssertReason(CudaFacts facts, string cause, string remedy)
    {
        var reason = CudaDiagnosis.Reason(facts);
        Assert.NotNull(reason);
        Assert.DoesNotContain('\n', reason);
        Assert.Contains(cause, reason, StringComparison.Ordinal);
        Assert.Contains(remedy, reason, StringComparison.Ordinal);
    }
}
