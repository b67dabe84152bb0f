using Ndt.Measurement;
using Ndt.Similarity;

namespace Ndt.PhaseTwo;

/// <summary>What one layer makes of the probe set.</summary>
/// <param name="Layer">Which layer, and the view: the mean over tokens for token tensors, the mean over places for convolution maps, else the output as it is (before the ReLU).</param>
/// <param name="Activations">Activations <c>[samples, features]</c>.</param>
/// <param name="Measurement">The same matrix's figures, as records hold them.</param>
public sealed record LayerFeatures(ProbedLayer Layer, Matrix Activations, LayerMeasurement Measurement);
