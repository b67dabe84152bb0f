namespace Ndt.Claims.Ledger;

/// <summary>A claim's line in the ledger.</summary>
/// <param name="Claim">What was published, and what it really is.</param>
/// <param name="Reproduced">As the study computed it, on its own records; NaN where they do not allow it.</param>
/// <param name="Corrected">On the study's records, without the mistakes that can be taken away.</param>
/// <param name="Ours">The same on our records; sums are scaled to the study's number of runs.</param>
/// <param name="Verdict">What becomes of the claim.</param>
public sealed record LedgerRow(Claim Claim, double Reproduced, LedgerFigure Corrected, LedgerFigure Ours, Verdict Verdict)
{
    /// <summary>What random moments, or the definition, give on the study's own axis and of the quantity that it recorded; NaN where there is no such level.</summary>
    public double PublishedChance { get; init; } = double.NaN;

    /// <summary>What other choices give.</summary>
    public IReadOnlyList<LedgerChoice> Choices { get; init; } = [];
}
