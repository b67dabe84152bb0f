using System.Globalization;

namespace Ndt.Claims.Ledger;

/// <summary>The ledger as the table claims.csv: the columns of the contract first, then what they rest on.</summary>
public static class LedgerTable
{
    /// <summary>One row a claim.</summary>
    public static string Csv(ClaimsLedger ledger)
    {
        var table = new Csv(
            "claim", "published", "reproduced", "corrected", "corrected_low", "corrected_high", "verdict", "note",
            "phase", "unit", "meaning", "chance", "excess", "excess_low", "excess_high", "corrected_percentile_low", "corrected_percentile_high", "corrected_runs", "corrected_cells",
            "ours", "ours_low", "ours_high", "ours_chance", "ours_between_seeds", "ours_runs", "ours_cells", "interval", "replicates", "seed", "rule", "cell",
            "finding", "about", "published_chance", "choices");
        foreach (var row in ledger.Rows)
        {
            var (claim, reproduced, corrected, ours, verdict) = row;
            table.Add(claim.Id).Add(claim.Published).Add(reproduced).Add(corrected.Value).Add(corrected.Interval?.Low ?? double.NaN).Add(corrected.Interval?.High ?? double.NaN)
                .Add(verdict.Name()).Add(Note(claim))
                .Add(claim.Phase).Add(claim.Unit).Add(claim.Meaning).Add(corrected.Chance)
                .Add(corrected.Excess?.Estimate ?? double.NaN).Add(corrected.Excess?.Low ?? double.NaN).Add(corrected.Excess?.High ?? double.NaN)
                .Add(corrected.Percentile?.Low ?? double.NaN).Add(corrected.Percentile?.High ?? double.NaN).Add(corrected.Runs).Add(corrected.Cells)
                .Add(ours.Value).Add(ours.Interval?.Low ?? double.NaN).Add(ours.Interval?.High ?? double.NaN).Add(ours.Chance).Add(ours.BetweenSeeds).Add(ours.Runs).Add(ours.Cells)
                .Add("BCa").Add(ledger.Replicates).Add(ledger.Seed).Add(claim.Rule.ToString()).Add(claim.Cell)
                .Add(claim.Finding).Add(claim.About).Add(row.PublishedChance).Add(string.Join("; ", row.Choices.Select(Text)));
        }

        return table.ToString();
    }

    private static string Note(Claim claim) =>
        $"{claim.Text} ({claim.Unit}){(claim.Defects.Length == 0 ? "" : $"; defects {string.Join(", ", claim.Defects.AsEnumerable())}")}{(claim.Note.Length == 0 ? "" : $"; {claim.Note}")}{(claim.Tried is { Count: > 0 } ways ? $"; tried: {string.Join(", ", ways)}" : "")}";

    private static string Text(LedgerChoice choice)
    {
        var interval = choice.Interval is { } ends && double.IsFinite(ends.Low) ? string.Create(CultureInfo.InvariantCulture, $" [{ends.Low:G4}, {ends.High:G4}]") : "";
        var chance = double.IsNaN(choice.Chance) ? "" : string.Create(CultureInfo.InvariantCulture, $", chance {choice.Chance:G4}");
        return string.Create(CultureInfo.InvariantCulture, $"{choice.Choice}: {choice.Value:G5}{interval}{chance}{(choice.Verdict is { } verdict ? $" ({verdict.Name()})" : "")}");
    }
}
