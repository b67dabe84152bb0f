namespace Ndt.Measurement;

/// <summary>The dimensionality of one layer in one view at one moment.</summary>
/// <param name="Layer">Which, and its shape.</param>
/// <param name="Uncentred">Of the activation matrix as it stands, as the study takes it.</param>
/// <param name="Centred">Of the matrix with every feature's mean removed.</param>
/// <param name="AlphaReq">Of the matrix with every feature's mean removed: <see cref="Estimators.AlphaReq"/>.</param>
public readonly record struct LayerMeasurement(ProbedLayer Layer, Dimensionality Uncentred, Dimensionality Centred, double AlphaReq)
{
    /// <summary>How well the layer separates the classes of the probe set; none without labels, and where the set comes in parts.</summary>
    public ClassGeometry? Classes { get; init; }

    /// <summary>Measures one activation matrix. Throws <see cref="NonFiniteActivationsException"/> when a value is NaN or infinite.</summary>
    public static LayerMeasurement Of(LayerActivations activations) => OfAll([activations])[0];

    /// <summary>Measures the matrices of one moment: the same figures as one by one, sooner. Throws <see cref="NonFiniteActivationsException"/> naming the first layer that holds a value that is NaN or infinite.</summary>
    public static LayerMeasurement[] OfAll(IReadOnlyList<LayerActivations> activations) => OfAll(activations, null);

    /// <summary>As above, with the geometry of classes where they are given.</summary>
    internal static LayerMeasurement[] OfAll(IReadOnlyList<LayerActivations> activations, ProbeClasses? classes)
    {
        var spectra = ActivationSpectra.OfAll(activations);
        return
        [
            .. activations.Select((layer, i) => Of(layer.Layer, spectra[i]) with
            {
                Classes = classes is null ? null : ClassGeometry.Of(ClassMoments.Of(layer, classes), classes),
            }),
        ];
    }

    /// <summary>The figures of a layer whose spectra are known. Throws as above.</summary>
    internal static LayerMeasurement Of(ProbedLayer layer, ActivationSpectra spectra)
    {
        foreach (var value in spectra.Uncentred.SingularValues)
        {
            if (!double.IsFinite(value))
            {
                throw new NonFiniteActivationsException(layer.Name);
            }
        }

        return new LayerMeasurement(layer, Dimensionality.Of(spectra.Uncentred), Dimensionality.Of(spectra.Centred), Estimators.AlphaReq(spectra.Centred));
    }

    /// <summary>The value of a metric; NaN for those that need labels where there are none.</summary>
    public double this[Metric metric] => metric switch
    {
        Metric.FrobeniusSquared => Uncentred.FrobeniusSquared,
        Metric.StableRank => Uncentred.StableRank,
        Metric.ParticipationRatio => Uncentred.ParticipationRatio,
        Metric.ParticipationRatioEigen => Uncentred.ParticipationRatioEigen,
        Metric.EffectiveRank90 => Uncentred.EffectiveRank90,
        Metric.NuclearNormRatio => Uncentred.NuclearNormRatio,
        Metric.EffectiveRank => Uncentred.EffectiveRank,
        Metric.CentredFrobeniusSquared => Centred.FrobeniusSquared,
        Metric.CentredStableRank => Centred.StableRank,
        Metric.CentredParticipationRatio => Centred.ParticipationRatio,
        Metric.CentredParticipationRatioEigen => Centred.ParticipationRatioEigen,
        Metric.CentredEffectiveRank90 => Centred.EffectiveRank90,
        Metric.CentredNuclearNormRatio => Centred.NuclearNormRatio,
        Metric.CentredEffectiveRank => Centred.EffectiveRank,
        Metric.AlphaReq => AlphaReq,
        Metric.Nc1 => Classes?.Nc1 ?? double.NaN,
        Metric.NearestClassMeanAccuracy => Classes?.NearestClassMeanAccuracy ?? double.NaN,
        Metric.RecordedStableRank => Estimators.RecordedStableRank(Uncentred.FrobeniusSquared),
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };
}
