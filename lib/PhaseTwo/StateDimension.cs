using Ndt.Measurement;

namespace Ndt.PhaseTwo;

/// <summary>Dimensions of one layer's activations on the probe set, by estimators that need the activations themselves: records keep figures, not activations.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Step">Optimiser updates done.</param>
/// <param name="Ratio">The participation ratio (Σλ)²/Σλ² of the centred matrix, as it is and corrected for finitely many samples and features.</param>
/// <param name="Intrinsic">TwoNN's dimension; NaN where too few points differ.</param>
public readonly record struct StateDimension(string Architecture, int Seed, string Layer, int Step, CorrectedParticipationRatio Ratio, double Intrinsic)
{
    /// <summary>The hidden layers of every run of a protocol, at every step.</summary>
    public static IReadOnlyList<StateDimension> Of(IEnumerable<RunFeatures> runs, string protocol) =>
    [
        .. from run in runs
           where run.Run.Protocol == protocol
           from state in run.States
           from layer in state.Value.Layers.SkipLast(1)
           let x = layer.Activations
           select new StateDimension(
               run.Run.Architecture, run.Run.Seed, layer.Layer.Name, state.Key,
               CorrectedParticipationRatio.Of(x.Values, x.Rows, x.Columns), TwoNearestNeighbours.Of(x.Values, x.Rows, x.Columns).Dimension),
    ];
}
