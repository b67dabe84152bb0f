namespace Ndt.PhaseTwo;

/// <summary>A published number of the study's phase 2, and what its own checkpoints give.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Published">As published (study, §3).</param>
/// <param name="Low">From the checkpoints; the smallest where the study does not say how it computed it.</param>
/// <param name="High">The largest.</param>
/// <param name="Note">How it was computed.</param>
/// <param name="Reproduced">Whether the published number comes out, to its last decimal; for silhouettes, whether one k gives those of all three steps.</param>
public readonly record struct PublishedState(string Quantity, double Published, double Low, double High, string Note, bool Reproduced);
