using System.Globalization;
using Ndt.Analysis;
using Ndt.Claims;
using Ndt.Claims.Ledger;

namespace Ndt.Figures.Reassessment;

/// <summary>The claims ledger in words and tables.</summary>
public static class LedgerText
{
    /// <summary>The answer, finding first.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="evidence">Holds the nulls.</param>
    /// <param name="controls">The early share under the controls.</param>
    public static string Answer(ClaimsLedger ledger, LedgerEvidence evidence, IReadOnlyList<ControlComparison> controls)
    {
        var counts = string.Join(", ", ledger.Counts.Where(count => count.Value > 0).Select(count => $"{count.Value} *{count.Key.Name()}*"));
        var findings = ledger.Findings.Count(finding => finding.Any(row => row.Claim.IsStudyNumber));
        return $"""
            **Of {ledger.Counts.Values.Sum()} published numbers, which hold {findings} findings, {ledger.Counts[Verdict.Stands]} stand and {ledger.Counts[Verdict.StandsSmaller]} stand with a smaller effect.** In full: {counts}.

            - **What was measured.** Phase 1 followed a number that is 1 up to rounding, not the stable rank (defect {Defect('A')}), on a time axis that ended at a fifth of training (defect {Defect('B')}).
            - **When changes fall.** {Finding(ledger, "events_first_10", "of unusual changes fall into the first tenth of training")}. {Fading(evidence)}
            - **With nothing to learn.** {Controls(controls)}
            - **The loss.** It falls in {Finding(ledger, "loss_correlation", "of critical intervals")}, matched on fortieths of training.
            - **Layers together.** Cross-layer coordination averages {Phrase.Number(ledger["coordination"].Corrected.Value)} % because its definition gives {Phrase.Number(ledger["coordination"].Corrected.Chance)} %. {Finding(ledger, "strong_share", "of runs have “strong” critical periods")}.
            - **Phase 2.** {PhaseTwo(ledger)}
            - **What its author says since.** {Since(ledger)}

            Brackets are 95 % BCa intervals over {Words.Count(ledger["events"].Corrected.Cells, "cell")} (architecture × dataset) of the study, one unseeded run each, and over {Words.Count(ledger["events"].Ours.Cells, "cell")} with {Words.Count(ledger["events"].Ours.Runs, "run")} of ours; {ledger.Replicates.ToString("#,0", CultureInfo.InvariantCulture)} resamples, seed {ledger.Seed}.
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
            string.Join(", ", group.SelectMany(row => row.Claim.Defects).Distinct().Order().Select(Defect)),
        ]));

    /// <summary>Writes claims.csv and summary.json, and says so.</summary>
    public static string Write(ClaimsLedger ledger, ReassessmentSet set, LedgerEvidence evidence, IReadOnlyList<ControlComparison> controls, string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, "claims.csv"), LedgerTable.Csv(ledger));
        AtomicFile.WriteText(Path.Combine(folder, "summary.json"), LedgerSummary.Of(ledger, set.Study, set.Tallies, evidence, controls).Json());
        return $"{Words.Count(ledger.Rows.Count, "claim")} written to `results/claims.csv`, totals to `results/summary.json`.";
    }

    /// <summary>A defect's letter as a link to what it is.</summary>
    private static string Defect(char letter) => $"[{letter}](../docs/defects.md#defect-{char.ToLowerInvariant(letter)})";

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

    private static string Fading(LedgerEvidence evidence)
    {
        var levels = evidence.Nulls.GetValueOrDefault("events_first_10", []);
        if (levels.FirstOrDefault(level => level.IsChosen) is not { } chosen)
        {
            return "No null of fading noise was at hand.";
        }

        var same = levels.Where(level => level.Runs == chosen.Runs).ToArray();
        var finding = chosen.IsExceeded ? "changes fall early more often than that, by more than the method's own error"
            : chosen.IsUndercut ? "changes fall early less often than that"
            : "the difference is no larger than the method's own error, so that the early share needs no jumps";
        return $"Noise that fades as the same {Words.Count(chosen.Runs, "run")} do puts {Phrase.Number(chosen.Mean)} % [{Phrase.Number(chosen.Low)}, {Phrase.Number(chosen.High)}] there, observed are {Phrase.Number(chosen.Observed)} %: {finding} (two-sided p {Phrase.Number(chosen.PValue)}; error up to {Phrase.Number(chosen.Error)} points). Other windows, estimators and shapes of the noise give {Phrase.Number(same.Min(level => level.Mean))} to {Phrase.Number(same.Max(level => level.Mean))} %{(same.Min(level => level.Mean) < chosen.Observed && chosen.Observed < same.Max(level => level.Mean) ? ", to both sides of what is observed: more or less than fading noise depends on that choice" : "")}.";
    }

    private static string Controls(IReadOnlyList<ControlComparison> controls)
    {
        var shown = controls.Where(one => one.Control == ControlRuns.ShuffledLabels).ToArray();
        return shown.Length == 0
            ? "The controls are not at hand."
            : $"Trained on shuffled labels, from the same initial states: {string.Join("; ", shown.Select(one => $"{one.Cell} {Words.Percent(one.Controlled)} of changes early, with true labels {Words.Percent(one.Study)}"))}. Intervals over {Words.Count(shown[0].Difference.Units, "seed")}.";
    }

    private static string Share(LedgerFigure figure) => figure.Interval is { } interval && !double.IsNaN(interval.Low)
        ? $"{Phrase.Number(figure.Value)} % [{Phrase.Number(interval.Low)}, {Phrase.Number(interval.High)}]"
        : $"{Phrase.Number(figure.Value)} %";

    private static string PhaseTwo(ClaimsLedger ledger)
    {
        var rows = ledger.Rows.Where(row => row.Claim.Phase == 2).ToArray();
        var counts = ClaimsLedger.CountsOf(rows).Where(count => count.Value > 0).Select(count => $"{count.Value} *{count.Key.Name()}*");
        return $"Of its {rows.Length} numbers {string.Join(", ", counts)}. The untrained filters of the first layer already share {Phrase.Number(ledger["phase2_conv1_cosine_1000_2000"].Choices.Select(choice => choice.Value).DefaultIfEmpty(double.NaN).First())} % of their direction with the late ones.";
    }

    private static string Since(ClaimsLedger ledger)
    {
        var two = ledger["since_transitions_2"];
        var hundred = ledger["since_transitions_100"];
        return $"His counts at 2σ and 100σ, {Phrase.Number(two.Claim.Published)} and {Phrase.Number(hundred.Claim.Published)}, come out as {Phrase.Number(two.Reproduced)} and {Phrase.Number(hundred.Reproduced)} of the participation ratio, where σ is that of the changes after half of training.";
    }
}
