using Ndt.Measurement;
using Ndt.Similarity;

namespace Ndt.PhaseTwo;

/// <summary>A layer's dimensionality beside how far its representation still is from the last one.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Depth">Its place in the forward pass.</param>
/// <param name="Step">Optimiser updates done.</param>
/// <param name="StableRank">‖A‖²_F / s₁² of the uncentred matrix.</param>
/// <param name="ParticipationRatio">(Σλ)² / Σλ² of the centred matrix.</param>
/// <param name="DimensionChange">|ln| of the participation ratio over its value at the last step.</param>
/// <param name="ChangeToLast">1 − debiased CKA to the last step.</param>
public readonly record struct DimensionRow(string Architecture, int Seed, string Layer, int Depth, int Step, double StableRank, double ParticipationRatio, double DimensionChange, double ChangeToLast)
{
    /// <summary>The hidden layers of every run of a protocol at every step but the last.</summary>
    public static IReadOnlyList<DimensionRow> Of(IEnumerable<RunFeatures> runs, IEnumerable<SimilarityValue> values, string protocol)
    {
        var toLast = values
            .Where(value => value.Kind == ComparisonKind.OverTime && value.Protocol == protocol && value.Measure == SimilarityMeasure.DebiasedCka)
            .ToDictionary(value => (value.Architecture, value.Seed, value.Layer, value.From, value.To), value => 1 - value.Similarity);
        return
        [
            .. from run in runs
               where run.Run.Protocol == protocol
               let last = run.States.Keys.Max()
               from state in run.States
               where state.Key != last
               from layer in state.Value.Layers.SkipLast(1)
               let name = layer.Layer.Name
               let lastLayer = run.States[last].Layers.First(other => other.Layer.Name == name)
               select new DimensionRow(
                   run.Run.Architecture, run.Run.Seed, name, layer.Layer.Depth, state.Key,
                   layer.Measurement[Metric.StableRank], Dimension(layer),
                   Math.Abs(Math.Log(Dimension(layer) / Dimension(lastLayer))),
                   toLast[(run.Run.Architecture, run.Run.Seed, name, state.Key, last)]),
        ];
    }

    private static double Dimension(LayerFeatures layer) => layer.Measurement[Metric.CentredParticipationRatioEigen];
}
