using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Spectra of a matrix in double precision by its singular values themselves. Slower than the Gram route, which loses those below 1e-8 of the largest, and
/// exact to rounding also for rank-deficient matrices and widths of many orders of magnitude.
/// </summary>
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

    /// <summary>The singular values of a row-major matrix as it stands, largest first; as many as its shorter side.</summary>
    public static double[] SingularValues(double[] matrix, int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        return MemoryMarshal.Cast<byte, double>(linalg.svdvals(tensor(matrix, [rows, columns])).bytes).ToArray();
    }

    private static Spectrum SpectrumOf(double[] values, int samples, int features, int exponent) => new(
        Array.Exists(values, value => !double.IsFinite(value))
            ? Enumerable.Repeat(double.NaN, Math.Min(samples, features))
            : SingularValues(values, samples, features).Select(value => Math.ScaleB(value, exponent)));
}
