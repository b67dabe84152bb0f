using System.Runtime.InteropServices;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Mean and centred product of a matrix [samples, features] that comes in stretches of rows, in memory of features²: its spectra are those of the whole matrix.
/// </summary>
/// <remarks>
/// Stretches are joined by the update of Chan, Golub and LeVeque ("Algorithms for computing the sample variance", The American Statistician 37, 1983,
/// doi:10.1080/00031305.1983.10483115, eq. 1.5), in float64, where the network is. A Gram route: singular values below about 1e-8 of the largest are rounding.
/// </remarks>
internal sealed class RunningMoments(ProbedLayer layer) : IDisposable
{
    private Tensor? mean;
    private Tensor? product;
    private long samples;

    /// <summary>Adds rows [n, features] (float64).</summary>
    public void Add(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var count = rows.shape[0];
        if (count == 0)
        {
            return;
        }

        var ownMean = rows.mean([0L]);
        var centred = rows - ownMean;
        var own = centred.t().matmul(centred);
        if (mean is null || product is null)
        {
            (mean, product) = (ownMean.DetachFromDisposeScope(), own.DetachFromDisposeScope());
        }
        else
        {
            var shift = ownMean - mean;
            product.Add_(own).Add_(shift.outer(shift), (double)samples * count / (samples + count));
            mean.Add_(shift, (double)count / (samples + count));
        }

        samples += count;
    }

    /// <summary>The figures of all rows so far.</summary>
    /// <exception cref="NonFiniteActivationsException">A row holds NaN or infinity.</exception>
    public LayerMeasurement Measure()
    {
        using var scope = NewDisposeScope();
        var whole = layer with { Samples = (int)samples };
        var both = stack([product!.Plus(mean!.outer(mean).Times(samples)), product!]);
        if (!both.isfinite().all().item<bool>())
        {
            throw new NonFiniteActivationsException(layer.Name);
        }

        var values = MemoryMarshal.Cast<byte, double>(linalg.eigvalsh(both).cpu().bytes);
        var size = (int)Math.Min(samples, layer.Features);

        // Ascending; where there are fewer rows than features the smallest are the rounding of 0.
        return LayerMeasurement.Of(whole, new ActivationSpectra(
            Spectrum.FromGramEigenvalues(values[(layer.Features - size)..layer.Features]), Spectrum.FromGramEigenvalues(values[^size..])));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        mean?.Dispose();
        product?.Dispose();
    }
}
