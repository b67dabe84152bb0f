namespace Ndt.Claims.Ledger;

/// <summary>A claim in the summary; what is not known is NaN, and null in its JSON.</summary>
/// <param name="Claim">Its name.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Published">As published.</param>
/// <param name="Corrected">On the study's records.</param>
/// <param name="Chance">Its chance level there.</param>
/// <param name="Ours">On our records.</param>
public sealed record LedgerFinding(string Claim, string Verdict, double Published, double Corrected, double Chance, double Ours)
{
    internal static LedgerFinding Of(LedgerRow row) =>
        new(row.Claim.Id, row.Verdict.Name(), row.Claim.Published, row.Corrected.Value, row.Corrected.Chance, row.Ours.Value);
}
