using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>Spectra of a matrix in double precision by its singular values themselves: a Gram matrix would lose those below 1e-8 of the largest.</summary>
internal static class DoubleSpectra
{
    /// <summary>Both spectra of a row-major matrix [samples, features], right at any scale of its values; NaN where one is not finite, empty where the matrix is.</summary>
    public static ActivationSpectra Of(ReadOnlySpan<double> matrix, int samples, int features)
    {
        MatrixShape.Require(matrix.Length, samples, features);
        if (matrix.IsEmpty)
        {
            return new ActivationSpectra(new Spectrum([]), new Spectrum([]));
        }

        var (values, exponent) = MatrixShape.AtUnitScale(matrix);
        return new ActivationSpectra(SpectrumOf(values, samples, features, exponent), SpectrumOf(MatrixShape.Centred(values, samples, features), samples, features, exponent));
    }

    private static Spectrum SpectrumOf(double[] values, int samples, int features, int exponent)
    {
        if (Array.Exists(values, value => !double.IsFinite(value)))
        {
            return new Spectrum(Enumerable.Repeat(double.NaN, Math.Min(samples, features)));
        }

        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var singular = linalg.svdvals(tensor(values, [samples, features]));
        return new Spectrum(MemoryMarshal.Cast<byte, double>(singular.bytes).ToArray().Select(value => Math.ScaleB(value, exponent)));
    }
}
