namespace Ndt.Torch.Cuda;

/// <summary>Results of CUDA's driver that say why a device is not there (<c>CUresult</c> in cuda.h).</summary>
internal static class CudaStatus
{
    public const int Success = 0;
    public const int NoDevice = 100;
    public const int SystemNotReady = 802;
    public const int DriverMismatch = 803;
    public const int NotSupportedOnDevice = 804;
}
