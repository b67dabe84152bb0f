using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>The activation matrix of one layer in one view, where the network is.</summary>
/// <param name="Layer">Which, and its shape.</param>
/// <param name="Matrix">A copy [samples, features] in float64 (of single-precision values, unless the network computes in double); the receiver's to dispose.</param>
internal readonly record struct DeviceActivations(ProbedLayer Layer, Tensor Matrix);
