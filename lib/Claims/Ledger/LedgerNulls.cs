using Ndt.Analysis;
using Ndt.Analysis.Nulls;
using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>The nulls that the ledger's verdicts on timing rest on, and those shown beside them.</summary>
public static class LedgerNulls
{
    private static readonly string[] EarlyShares = ["events_first_10", "early_share_week_7_8"];
    private static readonly string[] Families = ["transformer", "mlp", "cnn"];

    /// <summary>By claim: the chosen null first. That of the early share is on the study's own runs; the family's other members, and our runs, stand beside it.</summary>
    /// <param name="kept">What was kept of the study's runs.</param>
    /// <param name="ours">The family on our runs, as <see cref="NullFamily.Compare"/> gives it.</param>
    /// <param name="runs">Our runs, the same ones.</param>
    /// <param name="draws">Draws of the chosen null for the other claims.</param>
    /// <param name="seed">Of the draws.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<NullLevel>> Of(
        IReadOnlyList<NullFamilyTable> kept, IReadOnlyList<NullResult> ours, IReadOnlyList<RunSeries> runs, int draws, int seed)
    {
        var early = new List<NullLevel>();
        foreach (var (set, words) in new[] { (NullFamilyTable.AllCells, "the study's runs"), (NullFamilyTable.CommonCells, "the study's runs in the common cells") })
        {
            early.AddRange(kept.Where(row => row.Set == set).OrderBy(row => !NullFamily.IsChosen(row.Member))
                .Select(row => Level($"{row.Member.Name}, {words}", set == NullFamilyTable.AllCells && NullFamily.IsChosen(row.Member), row.Comparison, row.Runs, 100) with { Error = 100 * FadingNoiseNull.ChosenError }));
        }

        early.AddRange(ours.OrderBy(result => result.Null.Name != FadingNoiseNull.Chosen.Name).Select(result => Level($"{result.Null.Name}, our runs", false, result.Comparison, result.Runs, 100) with { Error = 100 * FadingNoiseNull.ChosenError }));
        var levels = EarlyShares.ToDictionary(claim => claim, _ => (IReadOnlyList<NullLevel>)early);
        if (early.FirstOrDefault(level => level.IsChosen) is { } pooled)
        {
            levels["words_all_architectures"] = [pooled with { Null = $"{pooled.Null}, share of early events in %" }];
        }

        foreach (var family in Families)
        {
            var members = runs.Where(run => run.Run.Family == family).ToArray();
            if (members.Length > 0)
            {
                levels[$"mean_phase_{family}"] = [Chosen(members, new MeanEventPhase())];
            }
        }

        levels["words_stronger_early"] = [Exponential(Chosen(runs, new EarlyOverLate()))];
        return levels;

        NullLevel Chosen(IReadOnlyList<RunSeries> some, RunStatistic statistic) =>
            Level($"{FadingNoiseNull.Chosen.Name}, our runs", true, NullTest.Compare(some, statistic, FadingNoiseNull.Chosen, draws, seed).Comparison, some.Count, 1);
    }

    private static NullLevel Level(string name, bool isChosen, NullComparison test, int runs, double scale) =>
        new(name, isChosen, scale * test.Observed, scale * test.NullMean, scale * test.NullLow, scale * test.NullHigh, test.PValue, runs);

    private static NullLevel Exponential(NullLevel level) =>
        level with { Observed = Math.Exp(level.Observed), Mean = Math.Exp(level.Mean), Low = Math.Exp(level.Low), High = Math.Exp(level.High) };
}
