using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ndt.Torch.Cuda;

namespace Ndt.Tests.Torch.Cuda;

/// <summary>
/// A CUDA driver made of managed functions with the signatures of cuda.h, so that the calls are made as they are to the real one: two
/// devices, one of which runs no code; an event happens 2 ms after the one before.
/// </summary>
internal static unsafe class StandInDriver
{
    private const int InvalidContext = 201;

    [ThreadStatic]
    private static nint current;

    [ThreadStatic]
    private static int recorded;

    /// <summary>Bytes that the driver says are taken.</summary>
    [field: ThreadStatic]
    public static long MemoryInUse { get; set; }

    /// <summary>What cuInit says.</summary>
    [field: ThreadStatic]
    public static int InitialisationStatus { get; set; }

    /// <summary>Events not yet given back.</summary>
    [field: ThreadStatic]
    public static int EventsAlive { get; private set; }

    /// <summary>A driver without a context, as a thread finds it at first.</summary>
    public static CudaDriver Load()
    {
        (current, recorded, MemoryInUse, EventsAlive) = (0, 0, 0, 0);
        return new CudaDriver(name => name switch
        {
            "cuInit" => (nint)(delegate* unmanaged<uint, int>)&Init,
            "cuDriverGetVersion" => (nint)(delegate* unmanaged<int*, int>)&Version,
            "cuDeviceGetCount" => (nint)(delegate* unmanaged<int*, int>)&Count,
            "cuDeviceGet" => (nint)(delegate* unmanaged<int*, int, int>)&Get,
            "cuDeviceGetName" => (nint)(delegate* unmanaged<byte*, int, int, int>)&Name,
            "cuDeviceTotalMem_v2" => (nint)(delegate* unmanaged<nuint*, int, int>)&Total,
            "cuDeviceGetAttribute" => (nint)(delegate* unmanaged<int*, int, int, int>)&Attribute,
            "cuDevicePrimaryCtxRetain" => (nint)(delegate* unmanaged<nint*, int, int>)&Retain,
            "cuCtxSetCurrent" => (nint)(delegate* unmanaged<nint, int>)&SetCurrent,
            "cuMemGetInfo_v2" => (nint)(delegate* unmanaged<nuint*, nuint*, int>)&Memory,
            "cuEventCreate" => (nint)(delegate* unmanaged<nint*, uint, int>)&Create,
            "cuEventRecord" => (nint)(delegate* unmanaged<nint, nint, int>)&Record,
            "cuEventSynchronize" => (nint)(delegate* unmanaged<nint, int>)&Synchronize,
            "cuEventElapsedTime" => (nint)(delegate* unmanaged<float*, nint, nint, int>)&Elapsed,
            "cuEventDestroy_v2" => (nint)(delegate* unmanaged<nint, int>)&Destroy,
            "cuGetErrorName" => (nint)(delegate* unmanaged<int, byte**, int>)&ErrorName,
            _ => throw new InvalidOperationException(name),
        });
    }

    [UnmanagedCallersOnly]
    private static int Init(uint flags) => flags == 0 ? InitialisationStatus : 1;

    [UnmanagedCallersOnly]
    private static int Version(int* version)
    {
        *version = 12080;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Count(int* count)
    {
        *count = 2;
        return InitialisationStatus;
    }

    [UnmanagedCallersOnly]
    private static int Get(int* device, int ordinal)
    {
        *device = 70 + ordinal;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Name(byte* name, int length, int device)
    {
        var bytes = device == 70 ? "First Card\0"u8 : "Second Card\0"u8;
        bytes.CopyTo(new Span<byte>(name, length));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Total(nuint* bytes, int device)
    {
        *bytes = (nuint)(device - 69) << 34;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Attribute(int* value, int attribute, int device)
    {
        *value = attribute == 75 ? 9 : attribute == 76 ? 0 : -1;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Retain(nint* context, int device)
    {
        *context = device;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int SetCurrent(nint context)
    {
        current = context;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Memory(nuint* free, nuint* total)
    {
        *total = (nuint)1 << 34;
        *free = *total - (nuint)MemoryInUse;
        return current == 0 ? InvalidContext : 0;
    }

    [UnmanagedCallersOnly]
    private static int Create(nint* result, uint flags)
    {
        EventsAlive++;
        *result = Marshal.AllocHGlobal(sizeof(int));
        return current == 0 ? InvalidContext : 0;
    }

    [UnmanagedCallersOnly]
    private static int Record(nint point, nint stream)
    {
        *(int*)point = recorded++;
        return stream == 0 ? 0 : 1;
    }

    [UnmanagedCallersOnly]
    private static int Synchronize(nint point) => 0;

    [UnmanagedCallersOnly]
    private static int Elapsed(float* milliseconds, nint from, nint to)
    {
        *milliseconds = 2 * (*(int*)to - *(int*)from);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Destroy(nint point)
    {
        EventsAlive--;
        Marshal.FreeHGlobal(point);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int ErrorName(int status, byte** name)
    {
        *name = status switch
        {
            100 => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("CUDA_ERROR_NO_DEVICE\0"u8)),
            201 => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("CUDA_ERROR_INVALID_CONTEXT\0"u8)),
            _ => null,
        };
        return *name == null ? 1 : 0;
    }
}
