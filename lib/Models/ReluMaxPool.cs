using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ndt.Models.Products;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>
/// ReLU and 2×2 max-pooling with stride 2 in one pass: [n, c, h, w] → [n, c, ⌊h/2⌋, ⌊w/2⌋], the same values and gradients as
/// <c>max_pool2d(relu(x), 2)</c> to the last bit (the gradient goes to the first of equal maxima, and nowhere where no value is
/// positive).
/// </summary>
/// <remarks>
/// libtorch's pooling on the CPU branches on every value and takes more time than the convolutions beside it; this one compares
/// eight windows at a time. On other devices libtorch's own operations are used.
/// </remarks>
public sealed class ReluMaxPool : nn.Module<Tensor, Tensor>
{
    /// <summary>A module without parameters.</summary>
    public ReluMaxPool() : base(nameof(ReluMaxPool))
    {
    }

    /// <summary>See the class.</summary>
    public override Tensor forward(Tensor input)
    {
        if (input.device_type != TorchSharp.DeviceType.CPU || input.dtype != ScalarType.Float32)
        {
            using var rectified = input.relu();
            return nn.functional.max_pool2d(rectified, 2);
        }

        using var contiguous = input.contiguous();
        return is_grad_enabled() ? Differentiable.Apply(contiguous) : Pool(contiguous);
    }

    private static Tensor Pool(Tensor x)
    {
        var (planes, height, width) = Shape(x);
        var y = empty(x.shape[0], x.shape[1], height / 2, width / 2);
        var source = Values(x);
        var target = Values(y);
        var (pooledHeight, pooledWidth) = (height / 2, width / 2);
        for (var row = 0; row < planes * pooledHeight; row++)
        {
            var top = ((row / pooledHeight * height) + (row % pooledHeight * 2)) * width;
            PoolRow(source.Slice(top, width), source.Slice(top + width, width), target.Slice(row * pooledWidth, pooledWidth));
        }

        return y;
    }

    private static void PoolRow(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, Span<float> pooled)
    {
        var evens = Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6);
        var odds = Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7);
        var j = 0;
        for (; j + 4 <= pooled.Length; j += 4)
        {
            var larger = Vector256.Max(Vector256.Create(upper[(2 * j)..]), Vector256.Create(lower[(2 * j)..]));
            var windows = Vector256.Max(Vector256.Shuffle(larger, evens), Vector256.Shuffle(larger, odds));
            Vector128.Max(windows.GetLower(), Vector128<float>.Zero).CopyTo(pooled[j..]);
        }

        for (; j < pooled.Length; j++)
        {
            var larger = MathF.Max(MathF.Max(upper[2 * j], upper[(2 * j) + 1]), MathF.Max(lower[2 * j], lower[(2 * j) + 1]));
            pooled[j] = MathF.Max(larger, 0);
        }
    }

    private static Tensor Scatter(Tensor x, Tensor y, Tensor gradient)
    {
        var (planes, height, width) = Shape(x);
        var (pooledHeight, pooledWidth) = (height / 2, width / 2);
        // An odd last row or column takes no part in the pooling and has no gradient.
        var scattered = (height | width) % 2 == 0 ? empty(x.shape) : zeros(x.shape);
        var source = Values(x);
        var pooled = Values(y);
        var incoming = Values(gradient);
        var target = Values(scattered);
        for (var row = 0; row < planes * pooledHeight; row++)
        {
            var top = ((row / pooledHeight * height) + (row % pooledHeight * 2)) * width;
            ScatterRow(
                source.Slice(top, width), source.Slice(top + width, width),
                pooled.Slice(row * pooledWidth, pooledWidth), incoming.Slice(row * pooledWidth, pooledWidth),
                target.Slice(top, width), target.Slice(top + width, width));
        }

        return scattered;
    }

    private static void ScatterRow(
        ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, ReadOnlySpan<float> pooled, ReadOnlySpan<float> gradient,
        Span<float> upperGradient, Span<float> lowerGradient)
    {
        var twice = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
        var firstOfPair = Vector256.Create(0, 0, 2, 2, 4, 4, 6, 6);
        var secondOfPair = Vector256.Create(1, 1, 3, 3, 5, 5, 7, 7);
        var isSecond = Vector256.Create(0, -1, 0, -1, 0, -1, 0, -1).AsSingle();
        var j = 0;
        for (; j + 4 <= pooled.Length; j += 4)
        {
            var maximum = Vector256.Shuffle(Vector128.Create(pooled[j..]).ToVector256Unsafe(), twice);
            var incoming = Vector256.Shuffle(Vector128.Create(gradient[j..]).ToVector256Unsafe(), twice);
            var passes = Vector256.BitwiseAnd(incoming, Vector256.GreaterThan(maximum, Vector256<float>.Zero));

            var up = Vector256.Equals(Vector256.Create(upper[(2 * j)..]), maximum);
            var low = Vector256.Equals(Vector256.Create(lower[(2 * j)..]), maximum);
            var upFirst = Vector256.Shuffle(up, firstOfPair);
            var inUpper = Vector256.BitwiseOr(upFirst, Vector256.Shuffle(up, secondOfPair));
            up = Vector256.AndNot(up, Vector256.BitwiseAnd(upFirst, isSecond));
            low = Vector256.AndNot(Vector256.AndNot(low, Vector256.BitwiseAnd(Vector256.Shuffle(low, firstOfPair), isSecond)), inUpper);
            Vector256.BitwiseAnd(passes, up).CopyTo(upperGradient[(2 * j)..]);
            Vector256.BitwiseAnd(passes, low).CopyTo(lowerGradient[(2 * j)..]);
        }

        for (; j < pooled.Length; j++)
        {
            var (left, right) = (2 * j, (2 * j) + 1);
            var (maximum, passes) = (pooled[j], pooled[j] > 0 ? gradient[j] : 0);
            var first = upper[left] == maximum ? 0 : upper[right] == maximum ? 1 : lower[left] == maximum ? 2 : 3;
            upperGradient[left] = first == 0 ? passes : 0;
            upperGradient[right] = first == 1 ? passes : 0;
            lowerGradient[left] = first == 2 ? passes : 0;
            lowerGradient[right] = first == 3 ? passes : 0;
        }
    }

    private static (int Planes, int Height, int Width) Shape(Tensor x) => (checked((int)(x.shape[0] * x.shape[1])), (int)x.shape[2], (int)x.shape[3]);

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private sealed class Differentiable : HeldFunction<Differentiable>
    {
        public override string Name => nameof(ReluMaxPool);

        protected override Tensor Forward(autograd.AutogradContext context, object[] inputs)
        {
            var x = (Tensor)inputs[0];
            var y = Pool(x);
            context.save_for_backward([x, y]);
            return y;
        }

        protected override List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient)
        {
            var saved = context.get_saved_variables();
            using var contiguous = gradient.contiguous();
            var result = Scatter(saved[0], saved[1], contiguous);
            saved.ForEach(tensor => tensor.Dispose());
            return [result];
        }
    }
}
