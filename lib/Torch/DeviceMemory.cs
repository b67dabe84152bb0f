using Ndt.Torch.Cuda;
using static TorchSharp.torch;

namespace Ndt.Torch;

/// <summary>
/// The memory that a run takes on a CUDA device, as its driver sees it: TorchSharp 0.107 shows none of libtorch's own counts.
/// </summary>
/// <remarks>
/// libtorch keeps what it has once taken for later tensors, so that what is taken at a run's end is the most that it took. What
/// counts is the difference to the moment at which this was made: the CUDA context itself is left out, and other processes on the
/// device are too, unless they begin, grow or end meanwhile.
/// </remarks>
internal sealed class DeviceMemory
{
    private readonly CudaDriver? driver;
    private readonly long before;

    private DeviceMemory(CudaDriver? driver) => (this.driver, before) = (driver, driver?.MemoryInUse() ?? 0);

    /// <summary>Begins to watch a device.</summary>
    public static DeviceMemory Watch(Device device)
    {
        var driver = device.type == TorchSharp.DeviceType.CUDA ? CudaDriver.TryLoad() : null;
        driver?.Use(Math.Max(0, device.index));
        return new DeviceMemory(driver);
    }

    /// <summary>A watch over a driver whose device is in use already.</summary>
    internal static DeviceMemory Watch(CudaDriver driver) => new(driver);

    /// <summary>The most bytes taken so far; null on a device that has no memory of its own.</summary>
    public long? Peak => driver is null ? null : Math.Max(0, driver.MemoryInUse() - before);
}
