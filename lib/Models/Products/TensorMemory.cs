using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Models.Products;

/// <summary>The memory of tensors, for the passes that are written by hand.</summary>
internal static unsafe class TensorMemory
{
    // 64 KiB: below this a view costs more than the copy.
    private const long WorthAView = 1 << 14;

    /// <summary>Whether our own passes can work on a tensor here: single precision on the CPU, not empty, on a processor that has what they need.</summary>
    public static bool IsWorkable(Tensor tensor) =>
        MatrixProduct.IsSupported && tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.numel() > 0;

    /// <summary>Whether a parameter can be read where it lies: workable and in the order of its indices.</summary>
    public static bool IsDense(Tensor parameter) => IsWorkable(parameter) && parameter.is_contiguous();

    /// <summary>The first value of a contiguous tensor in single precision; valid while the tensor lives.</summary>
    public static float* Values(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>A matrix tensor [rows, columns], contiguous.</summary>
    public static MatrixView Matrix(Tensor tensor) => new(Values(tensor), (int)tensor.size(0), (int)tensor.size(1));

    /// <summary>
    /// A parameter as an operation of ours takes it: a large one as a view of itself. TorchSharp still holds the gradient that a custom operation returns when libtorch
    /// receives it, so that libtorch copies it; the gradient that comes through a view is nobody else's, and is taken as it is.
    /// </summary>
    public static Tensor WithoutCopiedGradient(Tensor parameter) => parameter.numel() < WorthAView ? parameter.alias() : parameter.view_as(parameter);

    /// <summary>The next stretch of a piece of memory.</summary>
    public static float* Take(ref float* free, nint count)
    {
        var start = free;
        free += count;
        return start;
    }
}
