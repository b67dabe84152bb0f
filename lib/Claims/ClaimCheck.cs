namespace Ndt.Claims;

/// <summary>A published number beside what the records give.</summary>
/// <param name="Claim">What was published.</param>
/// <param name="Reproduced">The study's own computation, on the quantity that it recorded; NaN where the records do not allow it.</param>
/// <param name="Corrected">The same claim without the mistakes: on the stable rank that was meant, by true phase; NaN where that has no meaning or the records do not allow it.</param>
public sealed record ClaimCheck(Claim Claim, double Reproduced, double Corrected)
{
    /// <summary>The verdict where reproduced and published are the same to the published digits.</summary>
    public const string Agree = "agrees";

    /// <summary>The verdict where they are not.</summary>
    public const string Differ = "differs";

    /// <summary>The verdict without a reproduced value.</summary>
    public const string NotComputable = "not computable";

    /// <summary>One of the three.</summary>
    public string Verdict => double.IsNaN(Reproduced) ? NotComputable : Claim.Agrees(Reproduced) ? Agree : Differ;

    /// <summary>The table claims.csv: a contract with other programs. The interval of the corrected value is empty: one seed has none.</summary>
    public static Csv Table(IEnumerable<ClaimCheck> checks)
    {
        var table = new Csv("claim", "published", "reproduced", "corrected", "corrected_low", "corrected_high", "verdict", "note");
        foreach (var check in checks)
        {
            table.Add(check.Claim.Id).Add(check.Claim.Published).Add(check.Reproduced).Add(check.Corrected).Add("").Add("").Add(check.Verdict).Add(check.Note);
        }

        return table;
    }

    private string Note
    {
        get
        {
            var defects = Claim.Defects.Length == 0 ? "" : $"; defect{(Claim.Defects.Length > 1 ? "s" : "")} {string.Join(", ", Claim.Defects.AsEnumerable())}";
            return $"{Claim.Text} ({Claim.Unit}){defects}{(Claim.Note.Length == 0 ? "" : $"; {Claim.Note}")}";
        }
    }
}
