using Ndt.Claims.Ledger;

namespace Ndt.Claims.Later;

/// <summary>What was found about a claim that the study's author makes since.</summary>
/// <param name="Reproduced">By the definition that comes nearest, on the study's records; NaN where they do not allow it.</param>
/// <param name="Corrected">By the same definition, on the study's real stable rank.</param>
/// <param name="Ours">By the same definition, on the real stable rank of our runs.</param>
/// <param name="Choices">The other definitions that were tried, on the study's records.</param>
public sealed record LaterFigure(double Reproduced, LedgerFigure Corrected, LedgerFigure Ours, IReadOnlyList<LedgerChoice> Choices)
{
    /// <summary>Nothing is known.</summary>
    public static LaterFigure None { get; } = new(double.NaN, LedgerFigure.None, LedgerFigure.None, []);
}
