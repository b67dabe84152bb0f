using System.Text.Json;
using System.Text.Json.Serialization;
using Ndt.Analysis;

namespace Ndt.Claims.Ledger;

/// <summary>The ledger's totals for other programs: results/summary.json.</summary>
/// <param name="Verdicts">The study's published numbers by verdict.</param>
/// <param name="VerdictsOnWords">Its claims in words by verdict.</param>
/// <param name="VerdictsSince">What its author says since, by verdict.</param>
/// <param name="PublishedFindings">The findings that the published numbers hold: several numbers hold one.</param>
/// <param name="StudyRuns">Runs of the study behind it.</param>
/// <param name="OurRuns">Runs of ours.</param>
/// <param name="OurCells">Their pairs of architecture and dataset.</param>
/// <param name="OurSeeds">Their seeds.</param>
/// <param name="Replicates">Resamples behind intervals.</param>
/// <param name="Seed">Of the resamples.</param>
/// <param name="EarlyShareByChance">What the chosen null gives for the share of early events, beside what is observed on the same runs; null where no null was at hand.</param>
/// <param name="Controls">The share of early events in the study's protocol and under its controls.</param>
/// <param name="Findings">Every claim in short.</param>
public sealed record LedgerSummary(
    IReadOnlyDictionary<string, int> Verdicts, IReadOnlyDictionary<string, int> VerdictsOnWords, IReadOnlyDictionary<string, int> VerdictsSince, int PublishedFindings, int StudyRuns, int OurRuns, int OurCells, int OurSeeds, int Replicates, int Seed,
    NullLevel? EarlyShareByChance, IReadOnlyList<ControlFinding> Controls, IReadOnlyList<LedgerFinding> Findings)
{
    /// <summary>Of a ledger and what it was built from.</summary>
    public static LedgerSummary Of(ClaimsLedger ledger, StudySummary study, IReadOnlyList<RunTally> ours, LedgerEvidence evidence, IReadOnlyList<ControlComparison> controls)
    {
        var names = ours.Select(run => run.Name).Distinct().ToArray();
        return new LedgerSummary(
            Named(ledger.Counts),
            Named(ClaimsLedger.CountsOf(ledger.Rows.Where(row => row.Claim.Phase != Claim.Later && !row.Claim.IsStudyNumber))),
            Named(ClaimsLedger.CountsOf(ledger.Rows.Where(row => row.Claim.Phase == Claim.Later))),
            ledger.Findings.Count(finding => finding.Any(row => row.Claim.IsStudyNumber)),
            study.Tallies.Select(run => run.Name).Distinct().Count(),
            names.Length,
            ours.Select(run => run.Cell).Distinct().Count(),
            ours.Select(run => run.Name[run.Cell.Length..]).Distinct().Count(),
            ledger.Replicates,
            ledger.Seed,
            evidence.Nulls.GetValueOrDefault("events_first_10", []).FirstOrDefault(level => level.IsChosen),
            [.. controls.Select(ControlFinding.Of)],
            [.. ledger.Rows.Select(LedgerFinding.Of)]);
    }

    private static Dictionary<string, int> Named(IReadOnlyDictionary<Verdict, int> counts) => counts.ToDictionary(count => count.Key.Name(), count => count.Value);

    /// <summary>As JSON text, indented; numbers that are not finite are null.</summary>
    public string Json() => JsonSerializer.Serialize(this, SummaryJson.Default.LedgerSummary) + "\n";
}

/// <summary>Its writer, generated at build time.</summary>
[JsonSourceGenerationOptions(Converters = [typeof(FiniteOrNull)], PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(LedgerSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
