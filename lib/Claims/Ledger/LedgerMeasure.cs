namespace Ndt.Claims.Ledger;

/// <summary>What a claim is computed from.</summary>
/// <param name="Published">As the study did, of the quantity it recorded.</param>
/// <param name="Corrected">Without the mistakes that can be taken away, of the stable rank that was meant; null where nothing is left then.</param>
/// <param name="Chance">What chance, or the definition, gives; null where there is no such level.</param>
/// <param name="PublishedChance">The same on the published axis; null where it is <paramref name="Chance"/>.</param>
/// <param name="IsPlace">Whether it is a place on the time axis, which the published axis compresses: the published number is then brought to the true one by the quotient of the two chance levels.</param>
public sealed record LedgerMeasure(Ratio Published, Ratio? Corrected, Ratio? Chance = null, Ratio? PublishedChance = null, bool IsPlace = false)
{
    /// <summary>The same by other choices, by their names: figures and chance levels.</summary>
    public IReadOnlyList<(string Choice, Ratio Figure, Ratio? Chance)> Choices { get; init; } = [];
}
