using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Ndt.Training;

/// <summary>
/// The Adam update of one stretch of parameters in one pass: seven float accesses (28 bytes) a parameter, where separate tensor
/// operations make some twenty. The operations and their order are those of PyTorch's single-tensor Adam, so that the result
/// differs from it by rounding only; no fused multiply-add is used, so that every machine gives the same bits.
/// </summary>
internal static class AdamUpdate
{
    /// <summary>Updates <paramref name="values"/> and both moments in place; <paramref name="step"/> counts from 1.</summary>
    public static void Apply(
        in AdamOptions options, long step, Span<float> values, ReadOnlySpan<float> gradient, Span<float> firstMoment, Span<float> secondMoment)
    {
        var size = values.Length;
        if (gradient.Length != size || firstMoment.Length != size || secondMoment.Length != size)
        {
            throw new ArgumentException("parameters, gradient and moments differ in length", nameof(gradient));
        }

        if (options.WeightDecay != 0)
        {
            TensorPrimitives.Multiply(values, (float)(1 - (options.LearningRate * options.WeightDecay)), values);
        }

        var coefficients = new Coefficients(options, step);
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= size - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                var g = Vector512.Create(gradient[i..]);
                var m = Vector512.Create(firstMoment[i..]);
                var v = Vector512.Create(secondMoment[i..]);
                m += (g - m) * coefficients.GradientShare;
                v = (v * coefficients.Beta2) + (g * coefficients.SquareShare * g);
                var denominator = (Vector512.Sqrt(v) * coefficients.RootScale) + Vector512.Create(coefficients.Epsilon);
                m.CopyTo(firstMoment[i..]);
                v.CopyTo(secondMoment[i..]);
                (Vector512.Create(values[i..]) - (m * coefficients.StepSize / denominator)).CopyTo(values[i..]);
            }
        }
        else
        {
            for (; i <= size - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var g = Vector256.Create(gradient[i..]);
                var m = Vector256.Create(firstMoment[i..]);
                var v = Vector256.Create(secondMoment[i..]);
                m += (g - m) * coefficients.GradientShare;
                v = (v * coefficients.Beta2) + (g * coefficients.SquareShare * g);
                var denominator = (Vector256.Sqrt(v) * coefficients.RootScale) + Vector256.Create(coefficients.Epsilon);
                m.CopyTo(firstMoment[i..]);
                v.CopyTo(secondMoment[i..]);
                (Vector256.Create(values[i..]) - (m * coefficients.StepSize / denominator)).CopyTo(values[i..]);
            }
        }

        for (; i < size; i++)
        {
            var g = gradient[i];
            firstMoment[i] += (g - firstMoment[i]) * coefficients.GradientShare;
            secondMoment[i] = (secondMoment[i] * coefficients.Beta2) + (g * coefficients.SquareShare * g);
            var denominator = (MathF.Sqrt(secondMoment[i]) * coefficients.RootScale) + coefficients.Epsilon;
            values[i] -= firstMoment[i] * coefficients.StepSize / denominator;
        }
    }

    private readonly struct Coefficients(AdamOptions options, long step)
    {
        public float GradientShare { get; } = (float)(1 - options.Beta1);

        public float Beta2 { get; } = (float)options.Beta2;

        public float SquareShare { get; } = (float)(1 - options.Beta2);

        public float Epsilon { get; } = (float)options.Epsilon;

        // The bias corrections of algorithm 1: m / (1 − β₁ᵗ) and √(v / (1 − β₂ᵗ)).
        public float StepSize { get; } = (float)(options.LearningRate / (1 - Math.Pow(options.Beta1, step)));

        public float RootScale { get; } = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step)));
    }
}
