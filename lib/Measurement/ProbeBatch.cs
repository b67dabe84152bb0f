using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>A part of a probe set that is too large for one forward pass.</summary>
/// <param name="Inputs">Examples [n, …] on the network's device.</param>
/// <param name="Labels">Their classes [n]; either all parts have labels or none.</param>
public readonly record struct ProbeBatch(Tensor Inputs, Tensor? Labels = null);
