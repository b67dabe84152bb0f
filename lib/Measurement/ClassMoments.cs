using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// What the geometry of classes needs of an activation matrix [samples, features]: with x the rows and m the class means, both with the mean of all rows
/// taken off, every product x·m and every ‖x‖². All are 0 where the samples are all equal.
/// </summary>
/// <param name="Products">[samples, classes] in row order: xᵢ·m of each class.</param>
/// <param name="SquaredNorms">[samples]: ‖xᵢ‖².</param>
internal readonly record struct ClassMoments(double[] Products, double[] SquaredNorms)
{
    // Rows and classes that one tile of the product takes: eight sums of one vector each stay in registers.
    private const int Tile = 8;

    /// <summary>Of one layer's activations, in double precision. A network in double precision loses its mean before its values are rounded to single.</summary>
    public static ClassMoments Of(LayerActivations activations, ProbeClasses classes)
    {
        var (samples, features) = (activations.Layer.Samples, activations.Layer.Features);
        return activations.Doubles.IsEmpty
            ? Of(activations.Matrix.Span, samples, features, classes)
            : Of(Array.ConvertAll(MatrixShape.Centred(activations.Doubles.Span, samples, features), value => (float)value), samples, features, classes);
    }

    /// <summary>Of a matrix in row order, one class for each row.</summary>
    public static ClassMoments Of(ReadOnlySpan<float> matrix, int samples, int features, ProbeClasses classes)
    {
        MatrixShape.Require(matrix.Length, samples, features);
        var stride = (classes.Count + Tile - 1) / Tile * Tile;
        var mean = new double[features];
        var means = MeansByFeature(matrix, samples, features, classes, stride, mean);
        var products = new double[samples * classes.Count];
        var norms = new double[samples];
        var rented = ArrayPool<double>.Shared.Rent(Tile * features);
        var rows = rented.AsSpan(0, Tile * features);
        Span<double> block = stackalloc double[Tile * Tile];
        for (var first = 0; first < samples; first += Tile)
        {
            var count = Math.Min(Tile, samples - first);
            rows[(count * features)..].Clear();
            for (var i = 0; i < count; i++)
            {
                var row = rows.Slice(i * features, features);
                SingleRow.Subtract(matrix.Slice((first + i) * features, features), mean, row);
                norms[first + i] = MatrixShape.Dot(row, row);
            }

            for (var of = 0; of < classes.Count; of += Tile)
            {
                Multiply(rows, features, means.AsSpan(of), stride, block);
                var width = Math.Min(Tile, classes.Count - of);
                for (var i = 0; i < count; i++)
                {
                    block.Slice(i * Tile, width).CopyTo(products.AsSpan(((first + i) * classes.Count) + of));
                }
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        if (norms.Sum() <= MatrixShape.VanishingShare * samples * MatrixShape.Dot(mean, mean))
        {
            Array.Clear(products);
            Array.Clear(norms);
        }

        return new ClassMoments(products, norms);
    }

    /// <summary>The same as tensor operations on any device, of a matrix [samples, features] in float64: products [samples, classes] and squared norms [samples].</summary>
    public static (Tensor Products, Tensor SquaredNorms) Of(Tensor matrix, ProbeClasses classes)
    {
        using var scope = NewDisposeScope();
        using var index = tensor(Array.ConvertAll(classes.Index, place => (long)place), device: matrix.device);
        var mean = matrix.mean([0L]);
        var centred = matrix - mean;
        var x = where(centred.square().sum() <= mean.square().sum().Times(MatrixShape.VanishingShare * matrix.shape[0]), zeros_like(centred), centred);
        var member = nn.functional.one_hot(index, classes.Count).to(ScalarType.Float64);
        var means = member.t().matmul(x) / member.sum([0L]).unsqueeze(1);
        return (x.matmul(means.t()).MoveToOuterDisposeScope(), x.square().sum([1L]).MoveToOuterDisposeScope());
    }

    // The class means less the mean of all, as [features, stride]; writes the mean of all.
    private static double[] MeansByFeature(ReadOnlySpan<float> matrix, int samples, int features, ProbeClasses classes, int stride, Span<double> mean)
    {
        var sums = new double[classes.Count * features];
        for (var i = 0; i < samples; i++)
        {
            SingleRow.Add(matrix.Slice(i * features, features), sums.AsSpan(classes.Index[i] * features, features));
        }

        for (var c = 0; c < classes.Count; c++)
        {
            for (var j = 0; j < features; j++)
            {
                mean[j] += sums[(c * features) + j] / samples;
            }
        }

        var means = new double[features * stride];
        for (var c = 0; c < classes.Count; c++)
        {
            for (var j = 0; j < features; j++)
            {
                means[(j * stride) + c] = (sums[(c * features) + j] / classes.Counts[c]) - mean[j];
            }
        }

        return means;
    }

    // block[i, c] = Σⱼ rows[i, j] · means[j, c] for eight rows and eight classes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ReadOnlySpan<double> rows, int features, ReadOnlySpan<double> means, int stride, Span<double> block)
    {
        var (s0, s1, s2, s3, s4, s5, s6, s7) = (
            Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero,
            Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        ref var r0 = ref MemoryMarshal.GetReference(rows[..(Tile * features)]);
        ref var r1 = ref Unsafe.Add(ref r0, features);
        ref var r2 = ref Unsafe.Add(ref r1, features);
        ref var r3 = ref Unsafe.Add(ref r2, features);
        ref var r4 = ref Unsafe.Add(ref r3, features);
        ref var r5 = ref Unsafe.Add(ref r4, features);
        ref var r6 = ref Unsafe.Add(ref r5, features);
        ref var r7 = ref Unsafe.Add(ref r6, features);
        ref var m = ref MemoryMarshal.GetReference(means);
        for (var j = 0; j < features; j++)
        {
            var mean = Vector512.LoadUnsafe(ref m, (nuint)(j * stride));
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r0, j)), mean, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r1, j)), mean, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r2, j)), mean, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r3, j)), mean, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r4, j)), mean, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r5, j)), mean, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r6, j)), mean, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r7, j)), mean, s7);
        }

        s0.CopyTo(block);
        s1.CopyTo(block[Tile..]);
        s2.CopyTo(block[(2 * Tile)..]);
        s3.CopyTo(block[(3 * Tile)..]);
        s4.CopyTo(block[(4 * Tile)..]);
        s5.CopyTo(block[(5 * Tile)..]);
        s6.CopyTo(block[(6 * Tile)..]);
        s7.CopyTo(block[(7 * Tile)..]);
    }
}
