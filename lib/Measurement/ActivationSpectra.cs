using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ndt.Measurement;

/// <summary>The two spectra of one activation matrix.</summary>
/// <param name="Uncentred">Of the matrix as it stands, as the study takes it.</param>
/// <param name="Centred">Of the matrix with every feature's mean over the samples removed.</param>
public readonly record struct ActivationSpectra(Spectrum Uncentred, Spectrum Centred)
{
    /// <summary>
    /// Spectra of a row-major matrix [samples, features] by the Gram matrix of its smaller side, in double precision throughout.
    /// </summary>
    /// <remarks>
    /// The centred Gram matrix is reduced to tridiagonal form once, with a last basis vector chosen such that the uncentred one is
    /// tridiagonal in the same basis. With the features as the smaller side that vector is the mean μ, since
    /// AᵀA = AcᵀAc + nμμᵀ changes one entry. With the samples a reflection turns the first sample into √n·μ and the others into a
    /// basis of the centred data B; then AAᵀ is BBᵀ bordered by one row. Against singular values from a double-precision SVD the
    /// sum of singular values agrees to about 1e-12 relative on full-rank matrices; singular values below about 1e-8 of the largest
    /// are rounding noise. Empty matrices give empty spectra; a value that is not finite gives NaN.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public static ActivationSpectra Of(ReadOnlySpan<float> matrix, int samples, int features)
    {
        var forms = Reduce(matrix, samples, features);
        TridiagonalEigenvalues.Find([forms.Uncentred, forms.Centred]);
        return Of(forms);
    }

    /// <summary>Spectra of a row-major matrix [samples, features] in double precision, by its singular values; slower, and right to rounding also for small singular values and at any scale.</summary>
    public static ActivationSpectra Of(ReadOnlySpan<double> matrix, int samples, int features) => DoubleSpectra.Of(matrix, samples, features);

    /// <summary>Spectra of several layers' activations, as if taken one by one; faster, since their eigenvalues are sought together.</summary>
    public static IReadOnlyList<ActivationSpectra> OfAll(IReadOnlyList<LayerActivations> activations)
    {
        var singles = activations.Where(a => a.Doubles.IsEmpty).ToArray();
        var forms = Array.ConvertAll(singles, a => Reduce(a.Matrix.Span, a.Layer.Samples, a.Layer.Features));
        TridiagonalEigenvalues.Find(forms.SelectMany(form => new[] { form.Uncentred, form.Centred }));
        var next = 0;
        return [.. activations.Select(a => a.Doubles.IsEmpty ? Of(forms[next++]) : Of(a.Doubles.Span, a.Layer.Samples, a.Layer.Features))];
    }

    private static ActivationSpectra Of((TridiagonalMatrix Uncentred, TridiagonalMatrix Centred) solved) =>
        new(Spectrum.FromGramEigenvalues(solved.Uncentred.Diagonal), Spectrum.FromGramEigenvalues(solved.Centred.Diagonal));

    private static (TridiagonalMatrix Uncentred, TridiagonalMatrix Centred) Reduce(ReadOnlySpan<float> matrix, int samples, int features)
    {
        MatrixShape.Require(matrix.Length, samples, features);
        if (matrix.IsEmpty)
        {
            return (new TridiagonalMatrix([], []), new TridiagonalMatrix([], []));
        }

        if (AllEqual(matrix, features))
        {
            return OfOneRow(matrix[..features], samples);
        }

        return features <= samples ? FeatureSide(matrix, samples, features) : SampleSide(matrix, samples, features);
    }

    // Bit for bit, up to the first sample that differs: nothing to speak of where they do differ. What is not finite goes the usual way, to NaN.
    private static bool AllEqual(ReadOnlySpan<float> matrix, int features)
    {
        var first = matrix[..features];
        for (var start = features; start < matrix.Length; start += features)
        {
            if (!MemoryMarshal.AsBytes(matrix.Slice(start, features)).SequenceEqual(MemoryMarshal.AsBytes(first)))
            {
                return false;
            }
        }

        foreach (var value in first)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    // Centring would leave the rounding of the mean, which has a rank like any other matrix.
    private static (TridiagonalMatrix Uncentred, TridiagonalMatrix Centred) OfOneRow(ReadOnlySpan<float> row, int samples)
    {
        var size = Math.Min(samples, row.Length);
        var uncentred = new double[size];
        uncentred[^1] = samples * SumOfSquares(MatrixShape.ToDouble(row));
        return (new TridiagonalMatrix(uncentred, new double[size - 1]), new TridiagonalMatrix(new double[size], new double[size - 1]));
    }

    private static (TridiagonalMatrix Uncentred, TridiagonalMatrix Centred) FeatureSide(ReadOnlySpan<float> matrix, int samples, int features)
    {
        var mean = Mean(matrix, samples, features);
        var stride = SymmetricProduct.Stride(features);
        using var centred = new Scratch(samples * stride);
        for (var i = 0; i < samples; i++)
        {
            var row = centred.Values.Slice(i * stride, stride);
            SingleRow.Subtract(matrix.Slice(i * features, features), mean, row[..features]);
            row[features..].Clear();
        }

        var (diagonal, offDiagonal) = ReduceProduct(centred.Values, samples, features, mean);
        var uncentred = (double[])diagonal.Clone();
        uncentred[^1] += samples * SumOfSquares(mean);
        return (new TridiagonalMatrix(uncentred, offDiagonal), new TridiagonalMatrix(diagonal, offDiagonal));
    }

    private static (TridiagonalMatrix Uncentred, TridiagonalMatrix Centred) SampleSide(ReadOnlySpan<float> matrix, int samples, int features)
    {
        // The Householder reflection that takes the vector of ones to −√n·e₁: first row −√n·μ, row i loses what the others share.
        var mean = Mean(matrix, samples, features);
        var root = Math.Sqrt(samples);
        var size = samples - 1;
        if (size == 0)
        {
            return (new TridiagonalMatrix([SumOfSquares(mean)], []), new TridiagonalMatrix([0], []));
        }

        var stride = SymmetricProduct.Stride(size);
        using var centred = new Scratch(features * stride);
        var shared = new double[features];
        for (var j = 0; j < features; j++)
        {
            shared[j] = (matrix[j] + (root * mean[j])) / (1 + root);
        }

        Transpose(matrix, features, shared, centred.Values, stride, size);
        var border = new double[stride];
        for (var j = 0; j < features; j++)
        {
            AddScaled(centred.Values.Slice(j * stride, stride), mean[j], border);
        }

        var (diagonal, offDiagonal) = ReduceProduct(centred.Values, features, size, border.AsSpan(0, size));
        var uncentred = new TridiagonalMatrix([.. diagonal, samples * SumOfSquares(mean)], [.. offDiagonal, root * Math.Sqrt(SumOfSquares(border))]);
        return (uncentred, new TridiagonalMatrix([0, .. diagonal], [0, .. offDiagonal]));
    }

    private static double[] Mean(ReadOnlySpan<float> matrix, int samples, int features)
    {
        var mean = new double[features];
        for (var i = 0; i < samples; i++)
        {
            SingleRow.Add(matrix.Slice(i * features, features), mean);
        }

        foreach (ref var m in mean.AsSpan())
        {
            m /= samples;
        }

        return mean;
    }

    // target[j, i] = matrix[i + 1, j] − shared[j], zero in the columns from `size` on: eight samples at a time, then what is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(ReadOnlySpan<float> matrix, int features, ReadOnlySpan<double> shared, Span<double> target, int stride, int size)
    {
        var i = 0;
        for (; i <= size - 8; i += 8)
        {
            ref var r0 = ref MemoryMarshal.GetReference(matrix.Slice((i + 1) * features, 8 * features));
            ref var r1 = ref Unsafe.Add(ref r0, features);
            ref var r2 = ref Unsafe.Add(ref r1, features);
            ref var r3 = ref Unsafe.Add(ref r2, features);
            ref var r4 = ref Unsafe.Add(ref r3, features);
            ref var r5 = ref Unsafe.Add(ref r4, features);
            ref var r6 = ref Unsafe.Add(ref r5, features);
            ref var r7 = ref Unsafe.Add(ref r6, features);
            for (var j = 0; j < features; j++)
            {
                var column = Vector256.Create(
                    Unsafe.Add(ref r0, j), Unsafe.Add(ref r1, j), Unsafe.Add(ref r2, j), Unsafe.Add(ref r3, j),
                    Unsafe.Add(ref r4, j), Unsafe.Add(ref r5, j), Unsafe.Add(ref r6, j), Unsafe.Add(ref r7, j));
                var (lower, upper) = Vector256.Widen(column);
                (Vector512.Create(lower, upper) - Vector512.Create(shared[j])).CopyTo(target[((j * stride) + i)..]);
            }
        }

        for (var j = 0; j < features; j++)
        {
            var row = target.Slice(j * stride, stride);
            for (var rest = i; rest < size; rest++)
            {
                row[rest] = matrix[((rest + 1) * features) + j] - shared[j];
            }

            row[size..].Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(ReadOnlySpan<double> row, double factor, Span<double> target)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var sum = ref MemoryMarshal.GetReference(target[..row.Length]);
        var factors = Vector512.Create(factor);
        for (nuint i = 0; i < (nuint)row.Length; i += SymmetricProduct.Block)
        {
            Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref source, i), factors, Vector512.LoadUnsafe(ref sum, i)).StoreUnsafe(ref sum, i);
        }
    }

    private static double SumOfSquares(ReadOnlySpan<double> vector)
    {
        double sum = 0;
        foreach (var value in vector)
        {
            sum += value * value;
        }

        return sum;
    }

    private static (double[] Diagonal, double[] OffDiagonal) ReduceProduct(ReadOnlySpan<double> rows, int rowCount, int size, ReadOnlySpan<double> last)
    {
        using var gram = new Scratch(SymmetricProduct.Padded(size) * SymmetricProduct.Stride(size));
        SymmetricProduct.Lower(rows, rowCount, size, gram.Values);
        var diagonal = new double[size];
        var offDiagonal = new double[size - 1];
        Tridiagonalisation.Reduce(gram.Values, size, last, diagonal, offDiagonal);
        return (diagonal, offDiagonal);
    }

    // Memory from the pool, whatever it holds: these blocks are taken hundreds of times a run and are too large for the young generation.
    private readonly ref struct Scratch(int length) : IDisposable
    {
        private readonly double[] rented = ArrayPool<double>.Shared.Rent(length);

        public Span<double> Values => rented.AsSpan(0, length);

        public void Dispose() => ArrayPool<double>.Shared.Return(rented);
    }
}
