using System.Globalization;
using Ndt.Claims;
using Ndt.PhaseTwo;
using Ndt.Similarity;

namespace Ndt.Figures.PhaseTwo;

/// <summary>Sentences and small tables, as Markdown, that notebook 05 prints in place of typed numbers.</summary>
public static class PhaseTwoText
{
    /// <summary>The verdict and what it rests on.</summary>
    public static string Answer(PhaseTwoVerdict verdict, IReadOnlyList<SavedRun> runs)
    {
        var single = verdict.Architectures.Where(architecture => architecture.Seeds == 1).Select(architecture => architecture.Architecture).ToArray();
        var limits = single.Length == 0 ? "" : $" Of {string.Join(" and ", single)} only one seed's states are here: there is no floor and no interval for them, and by the rule no decision.";
        var parts = string.Join("; ", verdict.Architectures.Where(architecture => architecture.Seeds > 1).Select(a =>
            $"{a.Architecture}: early ≠ late {Word(a.EarlyDiffersFromLate)}, middle ≈ late {Word(a.MiddleResemblesLate)}, a boundary between them {Word(a.BoundaryBetweenEarlyAndMiddle)}{Side(verdict, a)}"));
        return $"**{verdict.Sentence}** {(parts.Length == 0 ? "" : $"By part: {parts}.")}{limits} Runs: {runs.Count}.";
    }

    /// <summary>The rule in its own words.</summary>
    public static string Rule(PhaseTwoRule rule)
    {
        (string Name, string Text)[] lines =
        [
            ("Hypothesis", rule.Hypothesis),
            ("States", string.Create(CultureInfo.InvariantCulture, $"initial {rule.Initial}, early {rule.Early}, middle {rule.Middle}, late {rule.Late} updates.")),
            ("Measures", string.Join(", ", rule.Measures.Select(name => SimilarityMeasure.Find(name).Title)) + "; all have to agree."),
            ("Layers", rule.Layers),
            ("Relative similarity", rule.RelativeSimilarity),
            ("Change", rule.Change),
            ("Intervals", string.Create(CultureInfo.InvariantCulture, $"{rule.Intervals} Confidence {rule.Confidence}; at least {rule.MinimumSeeds} seeds; halfway is {rule.Halfway}.")),
            ("Early ≠ late", rule.EarlyDiffersFromLate),
            ("Middle ≈ late", rule.MiddleResemblesLate),
            ("Boundary near 10 %", rule.BoundaryBetweenEarlyAndMiddle),
            ("An architecture", rule.OfAnArchitecture),
            ("Overall", rule.Overall),
        ];
        return string.Join('\n', lines.Select(line => $"- **{line.Name}.** {line.Text}"));
    }

    /// <summary>What the archive holds, or that it is not there.</summary>
    public static string Study(StudyStates? study, string archive) => study is null
        ? $"The study's archive is not in `{archive}`; its own numbers are not reproduced in this run of the notebook. `ndt fetch archive` brings it."
        : $"The MLP's optimiser had done {string.Join(", ", study.MlpUpdates())} updates at the steps named 100, 1000 and 2000: the last one comes from a resumed run.";

    /// <summary>Which runs are here, by protocol and architecture.</summary>
    public static string Runs(IReadOnlyList<SavedRun> runs)
    {
        var lines = runs.GroupBy(run => (run.Protocol, run.Architecture))
            .Select(group => $"| {group.Key.Protocol} | {group.Key.Architecture} | {string.Join(", ", group.Select(run => run.Seed))} | {string.Join(", ", group.First().Files.Keys)} |");
        return $"| protocol | architecture | seeds | updates |\n| --- | --- | --- | --- |\n{string.Join('\n', lines)}";
    }

    // Why there is no boundary where the hypothesis puts it.
    private static string Side(PhaseTwoVerdict verdict, ArchitectureDecision architecture)
    {
        var refuted = verdict.Quantities
            .Where(quantity => quantity.Architecture == architecture.Architecture && quantity.Part == PhaseTwoVerdict.Boundary && quantity.Decision == Decision.Refuted)
            .Select(quantity => quantity.Quantity)
            .Distinct()
            .ToArray();
        return architecture.BoundaryBetweenEarlyAndMiddle != Decision.Refuted ? ""
            : " (" + string.Join(", and ", refuted.Select(quantity => quantity == PhaseTwoVerdict.EarlySide
                ? "the early state is already nearer to the late one than to the initial one"
                : "the middle state is still nearer to the early one than to the late one")) + ")";
    }

    private static string Word(Decision decision) => decision switch
    {
        Decision.Supported => "is supported",
        Decision.Refuted => "is refuted",
        _ => "stays open",
    };
}
