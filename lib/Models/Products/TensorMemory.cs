using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Models.Products;

/// <summary>The memory of tensors, for the passes that are written by hand.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Whether our own passes can work on a tensor here: single precision on the CPU, not empty, on a processor that has what they need.</summary>
    public static bool IsWorkable(Tensor tensor) =>
        MatrixProduct.IsSupported && tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.numel() > 0;

    /// <summary>The first value of a contiguous tensor in single precision; valid while the tensor lives.</summary>
    public static float* Values(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>A matrix tensor [rows, columns], contiguous.</summary>
    public static MatrixView Matrix(Tensor tensor) => new(Values(tensor), (int)tensor.shape[0], (int)tensor.shape[1]);

    /// <summary>The next stretch of a piece of memory.</summary>
    public static float* Take(ref float* free, nint count)
    {
        var start = free;
        free += count;
        return start;
    }
}
