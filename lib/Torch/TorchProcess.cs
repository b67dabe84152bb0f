using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Torch;

/// <summary>Settings of torch that hold for the whole process.</summary>
public static partial class TorchProcess
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    /// <summary>
    /// Prepares the process for training: the number of threads of one operation (results are bit-identical only for an equal
    /// number), and, with glibc, an allocator that keeps freed blocks. By default glibc gives every large block back to the
    /// system at once, and the page faults of getting it again cost up to a third of a step.
    /// </summary>
    public static void Prepare(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TorchNative.EnsureLoaded();
        set_num_threads(threads);
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = SetAllocatorOption(MmapThreshold, 1 << 30);
                _ = SetAllocatorOption(TrimThreshold, int.MaxValue);
            }
            catch (EntryPointNotFoundException)
            {
                // Another C library (musl) has no such options; it is only a matter of speed.
            }
        }
    }

    /// <summary>
    /// Prepares libtorch for a device. On the CPU nothing is asked for; a CUDA build switches the setting off again. (Everything that Ndt does on the CPU gives the same bits each time
    /// as it is.) On another device float32 is kept float32, and <paramref name="deterministic"/> asks libtorch for algorithms that give the same bits each time on one card with the
    /// same versions.
    /// </summary>
    public static void PrepareDevice(Device device, bool deterministic)
    {
        var elsewhere = device.type != TorchSharp.DeviceType.CPU;
        if (elsewhere)
        {
            LibtorchSettings.UseFullSinglePrecision();
        }

        if (elsewhere || TorchNative.HasCuda)
        {
            LibtorchSettings.Deterministic = elsewhere && deterministic;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocatorOption(int option, int value);
}
