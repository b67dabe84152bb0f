namespace Ndt.Claims;

/// <summary>One number that the study published, as data/claims.json lists it.</summary>
/// <param name="Id">Its name in tables: <c>events_first_10</c>.</param>
/// <param name="Text">What it says.</param>
/// <param name="Published">The number, in <paramref name="Unit"/>; NaN for a claim in words.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Digits">Decimals to which it was published; not used where <paramref name="Compare"/> is by order.</param>
/// <param name="Compare">How another number agrees with it.</param>
/// <param name="Defects">The letters of the study's known defects that bear on it.</param>
/// <param name="Note">How it came about, where that is not in its text.</param>
/// <param name="Phase">The study's phase that it belongs to, 1 or 2; <see cref="Later"/> for what its author says since.</param>
/// <param name="Rule">By what the ledger decides its verdict.</param>
/// <param name="Meaning">What the number really is, in one sentence.</param>
/// <param name="Cell">The cell of notebook 04 that shows it.</param>
/// <param name="Finding">The finding that it is one of the numbers of: several numbers may hold one.</param>
/// <param name="About">What the number is about, where it stands; empty where its text says so.</param>
/// <param name="Tried">The ways to compute it that were tried; without any, a number that does not come out cannot be told.</param>
public sealed record Claim(
    string Id,
    string Text,
    double Published,
    string Unit,
    int Digits = 0,
    ClaimComparison Compare = ClaimComparison.Decimals,
    string Defects = "",
    string Note = "",
    int Phase = 1,
    VerdictRule Rule = VerdictRule.Number,
    string Meaning = "",
    string Cell = "ledger",
    string Finding = "",
    string About = "",
    IReadOnlyList<string>? Tried = null)
{
    /// <summary>The phase of claims that the study's author makes since (study, §6), and of those of the article that an earlier run is told in.</summary>
    public const int Later = 3;

    /// <summary>Whether it is one of the study's published numbers: neither said in words alone, nor said since.</summary>
    public bool IsStudyNumber => Phase != Later && !double.IsNaN(Published);

    /// <summary>Whether <paramref name="value"/> is the published number, as far as it was published.</summary>
    public bool Agrees(double value) => Compare switch
    {
        ClaimComparison.Order => Math.Floor(Math.Log10(value)) == Math.Floor(Math.Log10(Published)),
        _ => Math.Abs(Math.Round(value, Digits, MidpointRounding.AwayFromZero) - Published) < 1e-9,
    };
}
