namespace Ndt.Measurement;

/// <summary>
/// A per-layer figure of a record. The first seven are taken of the uncentred activation matrix [samples, features] as in the
/// study, the <c>Centred…</c> ones and <see cref="AlphaReq"/> of the same matrix with every feature's mean removed.
/// </summary>
public enum Metric
{
    /// <summary>Squared Frobenius norm ‖A‖²_F, ≥ 0.</summary>
    FrobeniusSquared,

    /// <summary>Stable rank ‖A‖²_F / s₁², in [1, rank].</summary>
    StableRank,

    /// <summary>The study's participation ratio (Σs)² / Σs² on singular values, in [1, rank].</summary>
    ParticipationRatio,

    /// <summary>The usual participation ratio (Σλ)² / Σλ² on eigenvalues λ = s², in [1, rank].</summary>
    ParticipationRatioEigen,

    /// <summary>Number of components until Σs² reaches 90 %, a whole number ≥ 1.</summary>
    EffectiveRank90,

    /// <summary>Σs / s₁, in [1, rank].</summary>
    NuclearNormRatio,

    /// <summary>Entropy effective rank exp(H(s / Σs)) of Roy and Vetterli (2007), in [1, rank].</summary>
    EffectiveRank,

    /// <summary><see cref="FrobeniusSquared"/> of the centred matrix.</summary>
    CentredFrobeniusSquared,

    /// <summary><see cref="StableRank"/> of the centred matrix.</summary>
    CentredStableRank,

    /// <summary><see cref="ParticipationRatio"/> of the centred matrix.</summary>
    CentredParticipationRatio,

    /// <summary><see cref="ParticipationRatioEigen"/> of the centred matrix.</summary>
    CentredParticipationRatioEigen,

    /// <summary><see cref="EffectiveRank90"/> of the centred matrix.</summary>
    CentredEffectiveRank90,

    /// <summary><see cref="NuclearNormRatio"/> of the centred matrix.</summary>
    CentredNuclearNormRatio,

    /// <summary><see cref="EffectiveRank"/> of the centred matrix.</summary>
    CentredEffectiveRank,

    /// <summary>α of the centred matrix's eigenspectrum, λᵢ ∝ i^−α: <see cref="Estimators.AlphaReq"/>.</summary>
    AlphaReq,

    /// <summary>Within-class over between-class scatter: <see cref="ClassGeometry.Nc1"/>, ≥ 0. Only of a probe set with labels.</summary>
    Nc1,

    /// <summary>Leave-one-out accuracy of the nearest class mean: <see cref="ClassGeometry.NearestClassMeanAccuracy"/>, 0 to 1. Only of a probe set with labels.</summary>
    NearestClassMeanAccuracy,

    /// <summary>The study's field <c>stable_rank</c> as it stands: ‖A‖²_F / (‖A‖²_F + 1e-10), identically 1 near rounding (defect A of the study).</summary>
    RecordedStableRank,
}
