namespace Ndt.PhaseTwo;

/// <summary>A published number of the study's phase 2, and what its own checkpoints give.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Published">As published (study, §3).</param>
/// <param name="Low">From the checkpoints; the 2.5 % quantile over random starts where it hangs on one.</param>
/// <param name="High">The 97.5 % quantile.</param>
/// <param name="Note">How it was computed.</param>
/// <param name="Reproduced">Whether the published number comes out, to its last decimal; for silhouettes, whether the range of random starts holds it.</param>
public readonly record struct PublishedState(string Quantity, double Published, double Low, double High, string Note, bool Reproduced);
