using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Spectra from a singular value decomposition in double precision. Slower than the Gram route of <see cref="ActivationSpectra"/> and exact to
/// rounding also for singular values far below the largest (rank-deficient matrices, widths of many orders of magnitude): for matrices that nobody knows.
/// </summary>
public static class SingularValues
{
    /// <summary>The spectra of a row-major matrix [samples, features], as it stands and with every feature's mean over the samples removed. Empty matrices give empty spectra; a value that is not finite gives NaN.</summary>
    /// <exception cref="ArgumentException">The values are not so many rows and columns.</exception>
    public static ActivationSpectra Of(double[] matrix, int samples, int features)
    {
        MatrixShape.Require(matrix.Length, samples, features);
        if (matrix.Length == 0)
        {
            return new ActivationSpectra(new Spectrum([]), new Spectrum([]));
        }

        if (!Array.TrueForAll(matrix, double.IsFinite))
        {
            var undefined = new Spectrum(Enumerable.Repeat(double.NaN, Math.Min(samples, features)));
            return new ActivationSpectra(undefined, undefined);
        }

        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var x = tensor(matrix, [samples, features], ScalarType.Float64);
        return new ActivationSpectra(SpectrumOf(x), SpectrumOf(x - x.mean([0L], keepdim: true)));
    }

    private static Spectrum SpectrumOf(Tensor x) => new(linalg.svdvals(x).data<double>().ToArray());
}
