using Ndt.Analysis.ChangePoints;
using Ndt.Analysis.Collapse;
using Ndt.Measurement;
using Ndt.Similarity;

namespace Ndt.Cli.Documentation;

/// <summary>The pages on estimators, detectors and measures of similarity. A test says when one of the library's has none.</summary>
internal static class PartCatalogue
{
    internal const string EstimatorFolder = "estimators";
    internal const string DetectorFolder = "detectors";
    internal const string SimilarityFolder = "similarities";

    /// <summary>All pages, in the order of the index.</summary>
    public static IReadOnlyList<PartPage> Pages { get; } =
    [
        new(EstimatorFolder, "Stable rank", typeof(Estimators), nameof(Estimators.StableRank)),
        new(EstimatorFolder, "Participation ratio", typeof(Estimators), nameof(Estimators.ParticipationRatioEigen)),
        new(EstimatorFolder, "Participation ratio on singular values", typeof(Estimators), nameof(Estimators.ParticipationRatio)),
        new(EstimatorFolder, "Effective rank", typeof(Estimators), nameof(Estimators.EffectiveRank)),
        new(EstimatorFolder, "Components to 90 %", typeof(Estimators), nameof(Estimators.EffectiveRank90)),
        new(EstimatorFolder, "Nuclear norm ratio", typeof(Estimators), nameof(Estimators.NuclearNormRatio)),
        new(EstimatorFolder, "Decay of the eigenspectrum", typeof(Estimators), nameof(Estimators.AlphaReq)),
        new(EstimatorFolder, "Corrected participation ratio", typeof(CorrectedParticipationRatio)),
        new(EstimatorFolder, "Local participation ratio", typeof(LocalParticipationRatio)),
        new(EstimatorFolder, "TwoNN", typeof(TwoNearestNeighbours)),
        new(EstimatorFolder, "Gride", typeof(Gride)),
        new(EstimatorFolder, "Maximum likelihood dimension", typeof(MaximumLikelihoodDimension)),
        new(EstimatorFolder, "Local principal components", typeof(LocalPrincipalComponents)),
        new(EstimatorFolder, "Geometry of classes", typeof(ClassGeometry)),
        new(EstimatorFolder, "Recorded stable rank", typeof(Estimators), nameof(Estimators.RecordedStableRank)),
        new(DetectorFolder, "Increment rule", typeof(IncrementRule)),
        new(DetectorFolder, "PELT", typeof(PeltDetector)),
        new(DetectorFolder, "ED-PELT", typeof(EdPeltDetector)),
        new(DetectorFolder, "Local contrast", typeof(LocalContrast)),
        new(DetectorFolder, "Edge contrast", typeof(EdgeContrast)),
        new(DetectorFolder, "Collapse alarm", typeof(CollapseAlarm), Bench: CollapseAlarmBench.Of),
        new(SimilarityFolder, "Linear CKA", typeof(LinearCka)),
        new(SimilarityFolder, "Procrustes", typeof(Procrustes)),
        new(SimilarityFolder, "Representational similarity", typeof(RepresentationalSimilarity)),
        new(SimilarityFolder, "Canonical correlation", typeof(CanonicalCorrelation)),
        new(SimilarityFolder, "SVCCA", typeof(Svcca)),
        new(SimilarityFolder, "PWCCA", typeof(Pwcca)),
        new(SimilarityFolder, "Cosine of weights", typeof(CosineSimilarity)),
        new(SimilarityFolder, "Jensen–Shannon divergence", typeof(JensenShannon)),
        new(SimilarityFolder, "Silhouette", typeof(Silhouette)),
        new(SimilarityFolder, "Filter diversity", typeof(FilterDiversity)),
    ];
}
