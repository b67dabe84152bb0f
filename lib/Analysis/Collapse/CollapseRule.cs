namespace Ndt.Analysis.Collapse;

/// <summary>When a fall of the effective rank counts as a collapse. The defaults were chosen on the bench's made series (seed 1); its page reports other seeds.</summary>
/// <param name="Share">The share of the expected rank that has to be lost, in (0, 1).</param>
/// <param name="Recent">Measurements in a row that have to be low: one alone is an accident.</param>
/// <param name="Memory">Measurements that the expectation is taken from.</param>
/// <param name="Gap">Measurements between those and the recent ones: a fall that takes no longer is not taken for a trend.</param>
/// <param name="Spreads">How many spreads (median absolute deviations, scaled to standard deviations of normal values) of those around their own trend the fall has to exceed, too: noisy series fall by a lot now and then.</param>
/// <param name="Floor">A rank at which a layer counts as collapsed however slowly it came there; for layers that could have 4 dimensions or more.</param>
public sealed record CollapseRule(double Share = 0.5, int Recent = 3, int Memory = 12, int Gap = 8, double Spreads = 9, double Floor = 1.5)
{
    /// <summary>Fewest dimensions that a layer must be able to have for <see cref="Floor"/>: a classifier of two classes needs one.</summary>
    public const int FewestForFloor = 4;
}
