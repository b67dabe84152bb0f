using System.Runtime.InteropServices;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// A tensor of whole numbers q that stand for scale·(q − zero point): one scale and zero point for all, or one for each place along an axis. It is read as
/// the real numbers that it stands for.
/// </summary>
internal sealed class QuantisedTensor
{
    private readonly Func<(double Scale, double ZeroPoint)[]> channels;
    private readonly int axis;

    private QuantisedTensor(TensorReference numbers, Func<(double Scale, double ZeroPoint)[]> channels, int axis)
    {
        Numbers = numbers;
        this.channels = channels;
        this.axis = axis;
    }

    /// <summary>The numbers q.</summary>
    public TensorReference Numbers { get; }

    /// <summary>
    /// The tensor, with a quantiser as PyTorch pickles it: (scheme, scale, zero point), or (scheme, scales, zero points, axis) with vectors of as many as the axis has
    /// places; null where it is none of these.
    /// </summary>
    public static QuantisedTensor? Of(TensorReference numbers, object?[] quantiser) => quantiser switch
    {
        [PickleGlobal { Name: "torch.per_tensor_affine" }, double scale, long zeroPoint] => new QuantisedTensor(numbers, () => [(scale, zeroPoint)], 0),
        [PickleGlobal { Name: "torch.per_channel_affine" or "torch.per_channel_affine_float_qparams" }, TensorReference scales, TensorReference zeroPoints, long axis]
            when axis >= 0 && axis < numbers.Shape.Length && IsVector(scales, numbers.Shape[(int)axis]) && IsVector(zeroPoints, numbers.Shape[(int)axis]) =>
            new QuantisedTensor(numbers, () => [.. Values(scales).Zip(Values(zeroPoints))], (int)axis),
        _ => null,
    };

    /// <summary>Reads the real numbers, as float32 in row-major order.</summary>
    public ReadOnlyMemory<byte> Dequantise()
    {
        var values = new float[Numbers.Elements];
        var scales = channels();
        var inner = Numbers.Shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        var numbers = new NamedTensor("quantised", Numbers.Storage.Type, Numbers.Shape, Numbers.Gather());
        for (var i = 0; i < values.Length; i++)
        {
            var (scale, zeroPoint) = scales.Length == 1 ? scales[0] : scales[i / inner % scales.Length];
            values[i] = (float)scale * (float)(numbers[i] - zeroPoint);
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static bool IsVector(TensorReference tensor, long length) => tensor.Shape.Length == 1 && tensor.Shape[0] == length && tensor.Storage.Type.IsReal();

    private static double[] Values(TensorReference tensor) => new NamedTensor("quantiser", tensor.Storage.Type, tensor.Shape, tensor.Gather()).ToDoubles();
}
