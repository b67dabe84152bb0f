using System.Globalization;
using Ndt.Analysis.ChangePoints;
using Ndt.Analysis.ChangePoints.Bench;
using Ndt.Analysis.Nulls;
using Ndt.Claims;
using Ndt.Claims.Ledger;

namespace Ndt.Figures.Reassessment;

/// <summary>The claims ledger in words and tables.</summary>
public static class LedgerText
{
    /// <summary>The answer, in one paragraph.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="timing">Of <see cref="NullTests.Timing"/>.</param>
    /// <param name="survey">What detectors find in our runs.</param>
    /// <param name="verdicts">Which of them can be believed.</param>
    public static string Answer(ClaimsLedger ledger, IReadOnlyList<NullResult> timing, IReadOnlyList<ChangeSurvey> survey, IReadOnlyList<DetectorVerdict> verdicts)
    {
        var counts = string.Join(", ", ledger.Counts.Where(count => count.Value > 0).Select(count => $"{count.Value} *{count.Key.Name()}*"));
        return $"""
            **Of {ledger.Rows.Count} published numbers, {ledger.Counts[Verdict.Stands]} stand and {ledger.Counts[Verdict.StandsSmaller]} stand with a smaller effect;** in full: {counts}. The field that all of phase 1 rests on was not the stable rank but a number that is one up to rounding (defect A), and its time axis ended at a fifth (defect B). With the stable rank that was meant, and the true axis, {Finding(ledger, "events_first_10", "of unusual changes fall into the first tenth of training")}. {Fading(timing[^1])} {Believed(survey, verdicts)} The loss falls in {Finding(ledger, "loss_correlation", "of critical intervals")}. Cross-layer coordination averages {Phrase.Number(ledger["coordination"].Corrected.Value)} % because its definition gives {Phrase.Number(ledger["coordination"].Corrected.Chance)} %, and {Finding(ledger, "strong_share", "of runs have “strong” critical periods")}. {PhaseTwo(ledger)} Intervals are 95 % BCa over {Words.Count(ledger["events"].Corrected.Cells, "cell")} (architecture × dataset) of the study, one unseeded run each, and {Words.Count(ledger["events"].Ours.Cells, "cell")} with {Words.Count(ledger["events"].Ours.Runs, "run")} of ours; {ledger.Replicates.ToString("#,0", CultureInfo.InvariantCulture)} resamples, seed {ledger.Seed}.
            """;
    }

    /// <summary>The findings that the numbers hold, and the verdicts on these.</summary>
    public static string Findings(ClaimsLedger ledger) => Phrase.Table(
        ["finding", "published numbers", "verdicts", "shown in"],
        ledger.Findings.Where(finding => finding.Any(row => row.Claim.IsStudyNumber)).Select(finding => (IReadOnlyList<string>)
        [
            finding.Key,
            Phrase.Number(finding.Count()),
            string.Join(", ", ClaimsLedger.CountsOf(finding).Where(count => count.Value > 0).Select(count => finding.Count() == count.Value ? $"**{count.Key.Name()}**" : $"{count.Value} **{count.Key.Name()}**")),
            string.Join(", ", finding.Select(row => $"`{row.Claim.Cell}`").Distinct()),
        ]));

    /// <summary>The rows of some cell of the notebook, with their numbers and verdicts.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cell">The cell's id, as data/claims.json names it.</param>
    public static string Rows(ClaimsLedger ledger, string cell) => Phrase.Table(
        ["claim", "published", "by chance then", "reproduced", "corrected [95 %]", "chance", "ours [95 %]", "chance", "verdict"],
        ledger.Rows.Where(row => row.Claim.Cell == cell).Select(row => (IReadOnlyList<string>)
        [
            $"{row.Claim.Text} ({row.Claim.Unit})",
            double.IsNaN(row.Claim.Published) ? "in words" : Phrase.Number(row.Claim, row.Claim.Published),
            Phrase.Number(row.Claim, row.PublishedChance, Finer(row)),
            Phrase.Number(row.Claim, row.Reproduced, row.Claim.Phase == 2 ? 1 : 0),
            Phrase.Number(row.Claim, row.Corrected.Value, row.Corrected.Interval, Finer(row)),
            Phrase.Number(row.Claim, row.Corrected.Chance, Finer(row)),
            Ours(row),
            Phrase.Number(row.Claim, row.Ours.Chance, Finer(row)),
            $"**{row.Verdict.Name()}**{(row.Verdict == Verdict.Stands && row.Claim.About.Length > 0 ? $" ({row.Claim.About})" : "")}",
        ]));

    /// <summary>What other choices give beside the verdicts of some cell: another matching of chance, null, start, metric, axis, or set of cells.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cell">The cell of the claims.</param>
    public static string Choices(ClaimsLedger ledger, string cell) => Phrase.Table(
        ["claim", "another choice", "figure [95 %]", "chance", "the verdict by it"],
        ledger.Rows.Where(row => row.Claim.Cell == cell).SelectMany(row => row.Choices.Select((choice, i) => (IReadOnlyList<string>)
        [
            i == 0 ? row.Claim.Text : "",
            choice.Choice,
            Phrase.Number(row.Claim, choice.Value, choice.Interval, 1),
            Phrase.Number(row.Claim, choice.Chance, 1),
            choice.Verdict is { } verdict ? verdict.Name() : "",
        ])));

    /// <summary>By which rules verdicts are reached.</summary>
    public static string Rules() => string.Join('\n', ClaimList.Rules().Select(rule => $"- **{rule.Key}.** {rule.Value}"));

    /// <summary>What was tried before a row said that its number does not reproduce.</summary>
    public static string Tried(ClaimsLedger ledger) => string.Join('\n', ledger.Rows.Where(row => row.Verdict == Verdict.DoesNotReproduce)
        .Select(row => $"- {row.Claim.Text}, {Phrase.Number(row.Claim, row.Claim.Published)}: tried were {string.Join("; ", row.Claim.Tried ?? [])}."));

    /// <summary>How the ledger was made, with every n, seed and rule.</summary>
    public static string Making(ClaimsLedger ledger)
    {
        var runs = ledger["events"];
        return $"""
            *Reproduced* is the study's own computation on what it recorded; *corrected* the same claim of the stable rank that was meant, on the true time axis, over all runs. Both come from the study's {Words.Count(runs.Corrected.Runs, "record")}, or from the sums of them that this project keeps. *Ours* is the corrected computation on {Words.Count(runs.Ours.Runs, "run")} of ours in {Words.Count(runs.Ours.Cells, "cell")}; totals are scaled to the study's number of runs. *Chance* is what independent noise, random moments, or the definition would give. Intervals: 95 % BCa, resampling cells, {ledger.Replicates.ToString("#,0", CultureInfo.InvariantCulture)} resamples, seed {ledger.Seed}; none over fewer than {LedgerFigure.FewestCells} cells and none for extremes. *By chance then* is the same on the published axis, of the recorded number. Verdicts follow from these numbers in code, by the rules below, which `data/claims.json` holds. The table with percentile intervals, between-seed spread, n and seeds is `results/claims.csv`.
            """;
    }

    /// <summary>What each number really is.</summary>
    public static string Meanings(ClaimsLedger ledger) => Phrase.Table(
        ["what the number really is", "claims", "defects"],
        ledger.Rows.GroupBy(row => row.Claim.Meaning).Select(group => (IReadOnlyList<string>)
        [
            group.Key,
            string.Join(", ", group.Select(row => $"`{row.Claim.Id}`")),
            string.Concat(group.SelectMany(row => row.Claim.Defects).Distinct().Order()),
        ]));

    /// <summary>Writes claims.csv and summary.json, and says so.</summary>
    public static string Write(ClaimsLedger ledger, ReassessmentSet set, string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, "claims.csv"), LedgerTable.Csv(ledger));
        AtomicFile.WriteText(Path.Combine(folder, "summary.json"), LedgerSummary.Of(ledger, set.Study, set.Tallies).Json());
        return $"{Words.Count(ledger.Rows.Count, "claim")} written to `results/claims.csv`, totals to `results/summary.json`.";
    }

    private static string Ours(LedgerRow row)
    {
        var value = Phrase.Number(row.Claim, row.Ours.Value, row.Ours.Interval, Finer(row));
        return row.Ours.Cells != 1 || double.IsNaN(row.Ours.Value) ? value
            : row.Ours.Runs == 1 ? $"{value} (one seed)"
            : $"{value} (spread {Phrase.Number(row.Ours.BetweenSeeds)} over {Words.Count(row.Ours.Runs, "seed")})";
    }

    /// <summary>A share published as a whole number of per cent hides what an interval shows.</summary>
    private static int Finer(LedgerRow row) => row.Claim is { Unit: "%", Digits: 0 } ? 1 : 0;

    private static string Finding(ClaimsLedger ledger, string claim, string what)
    {
        var row = ledger[claim];
        return $"{Share(row.Corrected)} {what} on the study's records, beside {Phrase.Number(row.Corrected.Chance)} % by chance, and {Share(row.Ours)} on ours, beside {Phrase.Number(row.Ours.Chance)} % (published {Phrase.Number(row.Claim.Published)} %: *{row.Verdict.Name()}*)";
    }

    private static string Fading(NullResult test)
    {
        var chance = $"{Words.Percent(test.Comparison.NullMean)} [{Phrase.Number(100 * test.Comparison.NullLow)}, {Phrase.Number(100 * test.Comparison.NullHigh)}]";
        return test.Comparison.Observed <= test.Comparison.NullHigh
            ? $"Noise that fades as the run's own does, and nothing else, puts {chance} there: the early share needs no jumps (one-sided p {Phrase.P(test.Comparison)}, {Words.Count(test.Comparison.Draws, "draw")})."
            : $"Noise that fades as the run's own does, and nothing else, puts {chance} there: less than observed (one-sided p {Phrase.P(test.Comparison)}, {Words.Count(test.Comparison.Draws, "draw")}).";
    }

    private static string Believed(IReadOnlyList<ChangeSurvey> survey, IReadOnlyList<DetectorVerdict> verdicts)
    {
        var valid = survey.Where(one => verdicts.Any(verdict => verdict.Valid && verdict.Detector == one.Detector)).ToArray();
        return $"Of {survey.Count} change detectors {valid.Length} {(valid.Length == 1 ? "is" : "are")} silent on smooth drift"
            + $"{string.Concat(valid.Select(one => $"; {one.Detector} finds {Phrase.Number(one.PerLayer.Estimate, one.PerLayer)} sudden changes a layer, any at all in {Words.Percent((double)one.LayersWithChanges / one.Layers)} of layers"))}.";
    }

    private static string Share(LedgerFigure figure) => figure.Interval is { } interval && !double.IsNaN(interval.Low)
        ? $"{Phrase.Number(figure.Value)} % [{Phrase.Number(interval.Low)}, {Phrase.Number(interval.High)}]"
        : $"{Phrase.Number(figure.Value)} %";

    private static string PhaseTwo(ClaimsLedger ledger)
    {
        var rows = ledger.Rows.Where(row => row.Claim.Phase == 2).ToArray();
        return $"Of phase 2's {rows.Length} numbers, {rows.Count(row => row.Verdict == Verdict.Stands)} stand as facts about single runs; that features are stable cannot be told from them.";
    }
}
