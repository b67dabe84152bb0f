using System.Globalization;
using Ndt.Claims;
using Ndt.PhaseTwo;
using Ndt.Similarity;

namespace Ndt.Figures.PhaseTwo;

/// <summary>Sentences and small tables, as Markdown, that notebook 05 prints in place of typed numbers.</summary>
public static class PhaseTwoText
{
    /// <summary>The verdict by part, where the change is, and what it rests on.</summary>
    public static string Answer(PhaseTwoVerdict verdict, IReadOnlyList<SavedRun> runs)
    {
        var told = verdict.Architectures.Where(architecture => architecture.Seeds > 1).ToArray();
        var single = verdict.Architectures.Where(architecture => architecture.Seeds == 1).Select(architecture => architecture.Architecture).ToArray();
        var parts = told.Select(a => $"in {a.Architecture} ({Words.Count(a.Seeds, "seed")}) {Part(a.EarlyDiffersFromLate, "early features differ from late ones", "early features are like late ones", "whether early features differ from late ones stays open")}, "
            + $"{Part(a.MiddleResemblesLate, "middle ones are like late ones", "middle ones are not yet like late ones", "whether middle ones are like late ones stays open")}, and {Boundary(verdict, a)}").ToArray();
        var unknown = single.Length == 0 ? "" : $"{(parts.Length == 0 ? "" : "; ")}of {string.Join(" and ", single)} one seed is here, which is too few to tell";
        var first = string.Join("; ", parts) + unknown;
        return $"**{char.ToUpperInvariant(first[0])}{first[1..]}.** {verdict.Sentence} The rule asks for all three parts at once. Runs: {runs.Count}.";
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

    // Where the change is, where that is not where the hypothesis puts it.
    private static string Boundary(PhaseTwoVerdict verdict, ArchitectureDecision architecture)
    {
        var refuted = verdict.Quantities
            .Where(quantity => quantity.Architecture == architecture.Architecture && quantity.Part == PhaseTwoVerdict.Boundary && quantity.Decision == Decision.Refuted)
            .Select(quantity => quantity.Quantity)
            .Distinct()
            .ToArray();
        return architecture.BoundaryBetweenEarlyAndMiddle switch
        {
            Decision.Supported => "the boundary lies between the early and the middle state",
            Decision.Refuted when refuted.Contains(PhaseTwoVerdict.EarlySide) => "most of the change comes before the early state: the early state is already nearer to the late one than to the initial one",
            Decision.Refuted => "most of the change comes after the middle state",
            _ => "where the boundary lies stays open",
        };
    }

    private static string Part(Decision decision, string supported, string refuted, string open) => decision switch
    {
        Decision.Supported => supported,
        Decision.Refuted => refuted,
        _ => open,
    };
}
