using static TorchSharp.torch;

namespace Ndt.Torch;

/// <summary>
/// Tensors of arrays in memory of libtorch's own, which begins at a multiple of 64 bytes. TorchSharp's <c>tensor(array)</c> leaves the numbers among .NET's objects,
/// at any multiple of 8, and where they lie decides in which order MKL adds: the same product then differs by a rounding from one such tensor to the next.
/// </summary>
internal static class AlignedTensor
{
    /// <summary>A copy of an array as a tensor of that shape on a device.</summary>
    public static Tensor Of(float[] values, long[] shape, Device device)
    {
        using var lent = tensor(values, shape);
        return lent.to(device, copy: true);
    }
}
