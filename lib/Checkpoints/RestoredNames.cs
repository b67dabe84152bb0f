using System.Collections.Immutable;

namespace Ndt.Checkpoints;

/// <summary>What did not find its counterpart when weights were put into a network.</summary>
/// <param name="Missing">The network's tensors that the checkpoint lacks; they are as they were.</param>
/// <param name="LeftOver">The checkpoint's tensors, under their full names, that the network has no place for.</param>
public sealed record RestoredNames(ImmutableArray<string> Missing, ImmutableArray<string> LeftOver);
