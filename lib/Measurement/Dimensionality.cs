namespace Ndt.Measurement;

/// <summary>Every estimate of one spectrum; see <see cref="Estimators"/> for each.</summary>
/// <param name="FrobeniusSquared">‖A‖²_F.</param>
/// <param name="StableRank"><see cref="Estimators.StableRank"/>.</param>
/// <param name="ParticipationRatio"><see cref="Estimators.ParticipationRatio"/>.</param>
/// <param name="ParticipationRatioEigen"><see cref="Estimators.ParticipationRatioEigen"/>.</param>
/// <param name="EffectiveRank90"><see cref="Estimators.EffectiveRank90"/>.</param>
/// <param name="NuclearNormRatio"><see cref="Estimators.NuclearNormRatio"/>.</param>
/// <param name="EffectiveRank"><see cref="Estimators.EffectiveRank"/>.</param>
public readonly record struct Dimensionality(
    double FrobeniusSquared,
    double StableRank,
    double ParticipationRatio,
    double ParticipationRatioEigen,
    double EffectiveRank90,
    double NuclearNormRatio,
    double EffectiveRank)
{
    // Squares and fourth powers of singular values within these neither overflow nor vanish.
    private const double Smallest = 1e-70;
    private const double Largest = 1e70;

    /// <summary>All estimates of a spectrum; NaN where the spectrum is empty, of rank 0 or holds NaN.</summary>
    public static Dimensionality Of(Spectrum spectrum)
    {
        // All but the norm are the same at any scale.
        var scaled = spectrum.SingularValues is [var first, ..] && first is > 0 and (< Smallest or > Largest)
            ? new Spectrum(spectrum.SingularValues.ToArray().Select(s => s / first))
            : spectrum;
        return new Dimensionality(
            spectrum.FrobeniusSquared,
            Estimators.StableRank(scaled),
            Estimators.ParticipationRatio(scaled),
            Estimators.ParticipationRatioEigen(scaled),
            Estimators.EffectiveRank90(scaled),
            Estimators.NuclearNormRatio(scaled),
            Estimators.EffectiveRank(scaled));
    }
}
