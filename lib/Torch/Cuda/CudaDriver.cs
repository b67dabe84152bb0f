using System.Runtime.InteropServices;
using System.Text;

namespace Ndt.Torch.Cuda;

/// <summary>
/// NVIDIA's driver (<c>libcuda.so.1</c>), asked directly for what TorchSharp 0.107 does not tell: which devices there are, how much
/// of their memory is taken, and when a device has reached a point of its work (CUDA Driver API: initialisation, device,
/// primary context, memory and event management).
/// </summary>
/// <remarks>libtorch works in each device's primary context and, unless told otherwise, on its default stream, as this does.</remarks>
internal sealed unsafe class CudaDriver
{
    /// <summary>The driver's library, by the name under which every Linux driver installs it.</summary>
    public const string Library = "libcuda.so.1";

    private const int ComputeCapabilityMajor = 75;
    private const int ComputeCapabilityMinor = 76;

    private readonly Func<string, nint> export;

    /// <summary>The driver whose functions <paramref name="export"/> finds by name.</summary>
    public CudaDriver(Func<string, nint> export)
    {
        this.export = export;
        InitialisationStatus = ((delegate* unmanaged<uint, int>)export("cuInit"))(0);
    }

    /// <summary>What the driver said when it was started; 0 is success.</summary>
    public int InitialisationStatus { get; }

    /// <summary>The newest CUDA version that the driver serves, as 1000 · major + 10 · minor: 12080 for 12.8; 0 where it does not say.</summary>
    public int Version
    {
        get
        {
            int version;
            return ((delegate* unmanaged<int*, int>)export("cuDriverGetVersion"))(&version) == CudaStatus.Success ? version : 0;
        }
    }

    /// <summary>The driver of this machine; null where there is none. Throws <see cref="WorkFailedException"/> where it is there and lacks a function.</summary>
    public static CudaDriver? TryLoad() =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, out var library)
            ? new CudaDriver(name => NativeLibrary.TryGetExport(library, name, out var address) ? address : throw new WorkFailedException($"{Library}: has no function {name}"))
            : null;

    /// <summary>The devices that this process may use (see <c>CUDA_VISIBLE_DEVICES</c>), in libtorch's order.</summary>
    public IReadOnlyList<CudaDeviceInfo> Devices()
    {
        int count;
        Check(((delegate* unmanaged<int*, int>)export("cuDeviceGetCount"))(&count), "cuDeviceGetCount");
        return [.. Enumerable.Range(0, count).Select(Describe)];
    }

    /// <summary>Makes a device's primary context, the one that libtorch uses, this thread's.</summary>
    public void Use(int ordinal)
    {
        nint context;
        Check(((delegate* unmanaged<nint*, int, int>)export("cuDevicePrimaryCtxRetain"))(&context, Device(ordinal)), "cuDevicePrimaryCtxRetain");
        Check(((delegate* unmanaged<nint, int>)export("cuCtxSetCurrent"))(context), "cuCtxSetCurrent");
    }

    /// <summary>Bytes taken on the device in use, by all processes together.</summary>
    public long MemoryInUse()
    {
        nuint free, total;
        Check(((delegate* unmanaged<nuint*, nuint*, int>)export("cuMemGetInfo_v2"))(&free, &total), "cuMemGetInfo");
        return (long)(total - free);
    }

    /// <summary>A new event of the device in use; to be given to <see cref="Destroy"/>.</summary>
    public nint CreateEvent()
    {
        nint result;
        Check(((delegate* unmanaged<nint*, uint, int>)export("cuEventCreate"))(&result, 0), "cuEventCreate");
        return result;
    }

    /// <summary>Sets an event to the moment at which the default stream has done all that was asked of it before.</summary>
    public void Record(nint point) => Check(((delegate* unmanaged<nint, nint, int>)export("cuEventRecord"))(point, 0), "cuEventRecord");

    /// <summary>Waits until an event has happened.</summary>
    public void Wait(nint point) => Check(((delegate* unmanaged<nint, int>)export("cuEventSynchronize"))(point), "cuEventSynchronize");

    /// <summary>Seconds between two events that have happened, to about half a microsecond.</summary>
    public double Seconds(nint from, nint to)
    {
        float milliseconds;
        Check(((delegate* unmanaged<float*, nint, nint, int>)export("cuEventElapsedTime"))(&milliseconds, from, to), "cuEventElapsedTime");
        return milliseconds / 1e3;
    }

    /// <summary>Gives an event back.</summary>
    public void Destroy(nint point) => Check(((delegate* unmanaged<nint, int>)export("cuEventDestroy_v2"))(point), "cuEventDestroy");

    /// <summary>The driver's own name for a result, such as <c>CUDA_ERROR_NO_DEVICE</c>; the number where it has none.</summary>
    public string NameOf(int status)
    {
        byte* name;
        return ((delegate* unmanaged<int, byte**, int>)export("cuGetErrorName"))(status, &name) == CudaStatus.Success && name != null
            ? Marshal.PtrToStringUTF8((nint)name)!
            : $"error {status}";
    }

    private CudaDeviceInfo Describe(int ordinal)
    {
        var device = Device(ordinal);
        var name = stackalloc byte[256];
        Check(((delegate* unmanaged<byte*, int, int, int>)export("cuDeviceGetName"))(name, 256, device), "cuDeviceGetName");
        nuint bytes;
        Check(((delegate* unmanaged<nuint*, int, int>)export("cuDeviceTotalMem_v2"))(&bytes, device), "cuDeviceTotalMem");
        return new CudaDeviceInfo(
            ordinal, Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), (long)bytes,
            new Version(Attribute(ComputeCapabilityMajor, device), Attribute(ComputeCapabilityMinor, device)));
    }

    private int Device(int ordinal)
    {
        int device;
        Check(((delegate* unmanaged<int*, int, int>)export("cuDeviceGet"))(&device, ordinal), "cuDeviceGet");
        return device;
    }

    private int Attribute(int attribute, int device)
    {
        int value;
        Check(((delegate* unmanaged<int*, int, int, int>)export("cuDeviceGetAttribute"))(&value, attribute, device), "cuDeviceGetAttribute");
        return value;
    }

    private void Check(int status, string function)
    {
        if (status != CudaStatus.Success)
        {
            throw new WorkFailedException($"{Library}: {function}: {NameOf(status)}");
        }
    }
}
