namespace Ndt.Claims.Ledger;

/// <summary>What a claim is computed from.</summary>
/// <param name="Published">As the study did, of the quantity it recorded.</param>
/// <param name="Corrected">Without the mistakes that can be taken away, of the stable rank that was meant; null where nothing is left then.</param>
/// <param name="Chance">What chance, or the definition, gives; null where there is no such level.</param>
public sealed record LedgerMeasure(Ratio Published, Ratio? Corrected, Ratio? Chance = null);
