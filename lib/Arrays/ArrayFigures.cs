using System.Globalization;
using Ndt.Measurement;

namespace Ndt.Arrays;

/// <summary>Every estimate of dimensionality of one array, by the names that records use.</summary>
/// <param name="Array">The array's name.</param>
/// <param name="Samples">Rows of the matrix that was measured.</param>
/// <param name="Features">Its columns.</param>
/// <param name="Uncentred">Of the matrix as it stands.</param>
/// <param name="Centred">Of the matrix with every feature's mean removed.</param>
/// <param name="AlphaReq">α of the centred matrix's eigenspectrum: <see cref="Estimators.AlphaReq"/>.</param>
/// <param name="Corrected">The participation ratio on eigenvalues of the matrix as it stands, corrected for finite samples and features.</param>
/// <param name="CentredCorrected">The same of the centred matrix.</param>
/// <param name="TwoNN">The intrinsic dimension by two nearest neighbours; NaN where too few samples differ.</param>
public sealed record ArrayFigures(
    string Array,
    int Samples,
    int Features,
    Dimensionality Uncentred,
    Dimensionality Centred,
    double AlphaReq,
    CorrectedParticipationRatio Corrected,
    CorrectedParticipationRatio CentredCorrected,
    double TwoNN)
{
    /// <summary>Measures a matrix.</summary>
    /// <exception cref="InputException">A value is NaN or infinite; names array and place.</exception>
    public static ArrayFigures Of(string array, ArrayMatrix matrix)
    {
        var (samples, features, values) = matrix;
        if (System.Array.FindIndex(values, value => !double.IsFinite(value)) is >= 0 and var bad)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Printable.Quote(array)} holds {values[bad]} at sample {bad / features}, feature {bad % features}; finite numbers are needed"));
        }

        // Each estimator makes copies of its own.
        var spectra = ActivationSpectra.Of(values, samples, features);
        LargeArrays.GiveBack(values.Length);
        var corrected = CorrectedParticipationRatio.Of(values, samples, features, centred: false);
        LargeArrays.GiveBack(values.Length);
        var centredCorrected = CorrectedParticipationRatio.Of(values, samples, features);
        LargeArrays.GiveBack(values.Length);
        return new ArrayFigures(
            array, samples, features,
            Dimensionality.Of(spectra.Uncentred), Dimensionality.Of(spectra.Centred), Estimators.AlphaReq(spectra.Centred),
            corrected, centredCorrected,
            TwoNearestNeighbours.Of(values, samples, features).Dimension);
    }

    /// <summary>The figures as they stand in a record.</summary>
    /// <param name="depth">The array's place in its file, from 0.</param>
    /// <param name="view">How it became a matrix.</param>
    public LayerMeasurement ToLayer(int depth, string view) => new(new ProbedLayer(Array, view, depth, Samples, Features), Uncentred, Centred, AlphaReq);

    /// <summary>All figures by name, in the order of <see cref="Metric"/>, then the corrected ones, then <c>twonn</c>.</summary>
    public IEnumerable<(string Name, double Value)> All()
    {
        var layer = ToLayer(0, LayerView.Study);
        foreach (var metric in MetricNames.Measured.Where(metric => !metric.NeedsLabels()))
        {
            yield return (metric.Name(), layer[metric]);
        }

        foreach (var (prefix, corrected) in new[] { ("", Corrected), ("centred_", CentredCorrected) })
        {
            yield return ($"{prefix}corrected_participation_ratio_row", corrected.Row);
            yield return ($"{prefix}corrected_participation_ratio_column", corrected.Column);
            yield return ($"{prefix}corrected_participation_ratio_both", corrected.Both);
        }

        yield return ("twonn", TwoNN);
    }
}
