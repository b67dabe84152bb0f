namespace Ndt.Measurement;

/// <summary>What estimators need of a matrix [samples, features] that comes as a span in row order.</summary>
internal static class MatrixShape
{
    /// <summary>Throws <see cref="ArgumentException"/> unless so many values are so many rows and columns.</summary>
    public static void Require(int length, int samples, int features)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        if (length != (long)samples * features)
        {
            throw new ArgumentException($"{length} values are not {samples} samples of {features} features");
        }
    }

    /// <summary>The same values in double precision.</summary>
    public static double[] ToDouble(ReadOnlySpan<float> matrix)
    {
        var values = new double[matrix.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = matrix[i];
        }

        return values;
    }

    /// <summary>Of the squared norm, what centring may leave of samples that are all equal: rounding, (1e-14)².</summary>
    public const double VanishingShare = 1e-28;

    /// <summary>A copy with every feature's mean taken off, twice, since the first time leaves the rounding of the mean; zero where nothing but rounding is left.</summary>
    public static double[] Centred(ReadOnlySpan<double> matrix, int samples, int features)
    {
        var centred = matrix.ToArray();
        for (var pass = 0; pass < 2; pass++)
        {
            var means = new double[features];
            for (var i = 0; i < centred.Length; i++)
            {
                means[i % features] += centred[i] / samples;
            }

            for (var i = 0; i < centred.Length; i++)
            {
                centred[i] -= means[i % features];
            }
        }

        if (Dot(centred, centred) <= VanishingShare * Dot(matrix, matrix))
        {
            Array.Clear(centred);
        }

        return centred;
    }

    /// <summary>A copy divided by the power of two that brings the largest magnitude into [1, 2), which rounds nothing, and its exponent; so that products neither overflow nor vanish.</summary>
    public static (double[] Values, int Exponent) AtUnitScale(ReadOnlySpan<double> matrix)
    {
        var values = matrix.ToArray();
        double largest = 0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        if (largest == 0 || !double.IsFinite(largest))
        {
            return (values, 0);
        }

        var exponent = Math.ILogB(largest);
        foreach (ref var value in values.AsSpan())
        {
            value = Math.ScaleB(value, -exponent);
        }

        return (values, exponent);
    }

    /// <summary>The matrix as [features, samples].</summary>
    public static double[] Transposed(ReadOnlySpan<double> matrix, int samples, int features)
    {
        var transposed = new double[matrix.Length];
        for (var i = 0; i < samples; i++)
        {
            for (var feature = 0; feature < features; feature++)
            {
                transposed[(feature * samples) + i] = matrix[(i * features) + feature];
            }
        }

        return transposed;
    }

    /// <summary>Σ aᵢbᵢ; the spans have the same length. Always four running sums, so the result does not depend on the machine's vectors.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        var i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        var sum = (s0 + s1) + (s2 + s3);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
