using System.Diagnostics;
using Ndt.Torch.Cuda;
using static TorchSharp.torch;

namespace Ndt.Torch;

/// <summary>
/// Tells how long a device worked between two points of what was asked of it. Work on a CUDA device is asked for long before it is
/// done, so that the time at which a call returns says nothing about it.
/// </summary>
internal abstract class DeviceClock : IDisposable
{
    /// <summary>The clock of a device: CUDA events on a CUDA device, the system's clock elsewhere.</summary>
    public static DeviceClock Of(Device device)
    {
        if (device.type != TorchSharp.DeviceType.CUDA)
        {
            return new HostClock();
        }

        var driver = CudaDriver.TryLoad() ?? throw new WorkFailedException($"{CudaDriver.Library}: not found, though libtorch uses a CUDA device");
        driver.Use(Math.Max(0, device.index));
        return new CudaClock(driver);
    }

    /// <summary>Forgets all points.</summary>
    public abstract void Restart();

    /// <summary>Marks the point that has been reached when all that was asked before is done; gives its number since the restart, from 0.</summary>
    public abstract int Mark();

    /// <summary>Seconds from one marked point to a later one; waits until it is reached.</summary>
    public abstract double Seconds(int from, int to);

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class HostClock : DeviceClock
    {
        private readonly List<long> points = [];

        public override void Restart() => points.Clear();

        public override int Mark()
        {
            points.Add(Stopwatch.GetTimestamp());
            return points.Count - 1;
        }

        public override double Seconds(int from, int to) => Stopwatch.GetElapsedTime(points[from], points[to]).TotalSeconds;

        public override void Dispose()
        {
        }
    }
}
