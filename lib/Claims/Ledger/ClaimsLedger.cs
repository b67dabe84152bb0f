using System.Globalization;
using Ndt.Analysis;
using Ndt.Claims.Later;
using Ndt.Measurement;
using Ndt.PhaseTwo;

namespace Ndt.Claims.Ledger;

/// <summary>Every claim, reproduced, corrected, held against chance and judged.</summary>
/// <param name="Rows">One a claim, in the order of data/claims.json.</param>
/// <param name="Replicates">Resamples behind every interval.</param>
/// <param name="Seed">Of the resamples.</param>
public sealed record ClaimsLedger(IReadOnlyList<LedgerRow> Rows, int Replicates, int Seed)
{
    /// <summary>Builds it.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="study">What was kept of the study.</param>
    /// <param name="ours">Tallies of our runs, over all metrics; may be empty.</param>
    /// <param name="replicates">Resamples; 2,000 hold the ends of an interval still to about a twentieth of its width.</param>
    /// <param name="seed">Of the resamples.</param>
    /// <param name="evidence">What else there is: nulls, our saved networks, transitions; null for none.</param>
    public static ClaimsLedger Build(
        IReadOnlyList<Claim> claims, StudySummary study, IReadOnlyList<RunTally> ours, int replicates, int seed, LedgerEvidence? evidence = null)
    {
        evidence ??= LedgerEvidence.None;
        var recorded = study.Tallies.Where(run => run.Metric == Metric.RecordedStableRank).ToArray();
        var recovered = study.Tallies.Where(run => run.Metric == Metric.StableRank).ToArray();
        var ourRecovered = ours.Where(run => run.Metric == Metric.StableRank).ToArray();
        return new ClaimsLedger([.. claims.Select(Row)], replicates, seed);

        LedgerRow Row(Claim claim) => claim.Phase switch
        {
            1 => PhaseOne(claim),
            2 => PhaseTwo(claim),
            _ => SaidSince(claim),
        };

        LedgerRow PhaseOne(Claim claim)
        {
            var measure = LedgerMeasures.ById.GetValueOrDefault(claim.Id);
            var reproduced = claim.Id == AllArchitectures ? ShareOfArchitectures(recorded, RunCount.PublishedFirst10, RunCount.PublishedIncrementsFirst10) : measure?.Published.Value(recorded) ?? FixedNumber(claim);
            var corrected = FigureOf(claim, measure, recovered);
            var found = FigureOf(claim, measure, ourRecovered);
            if (measure?.Corrected is { IsTotal: true, IsExtreme: false, Of: not RunCount.Runs } && corrected.Runs > 0 && found.Runs > 0)
            {
                found = found.Scaled((double)corrected.Runs / found.Runs);
            }

            var publishedChance = (measure?.PublishedChance ?? measure?.Chance)?.Value(recorded) ?? double.NaN;
            var nulls = evidence.Nulls.GetValueOrDefault(claim.Id, []);
            var given = new VerdictCase(claim, reproduced)
            {
                Corrected = corrected.Interval,
                Excess = corrected.Excess,
                Chance = corrected.Chance,
                Published = measure is { IsPlace: true } ? claim.Published * corrected.Chance / publishedChance : claim.Published,
                PublishedChance = publishedChance,
                Null = nulls.FirstOrDefault(level => level.IsChosen),
            };
            return new LedgerRow(claim, reproduced, corrected, found, Verdicts.Of(given))
            {
                PublishedChance = publishedChance,
                Choices =
                [
                    .. ChoicesOf(measure, given), .. nulls.Select(level => AgainstNull(given, level)), .. OfCommonCells(claim, measure),
                    .. claim.Id == EarlyEvents ? OtherLengths.Of(evidence.LongRuns) : [],
                ],
            };
        }

        // Where a verdict rests on a null, random moments alone are another choice; so is every other matching of chance.
        IEnumerable<LedgerChoice> ChoicesOf(LedgerMeasure? measure, VerdictCase given)
        {
            if (given.Null is not null)
            {
                yield return new LedgerChoice("random moments alone, study's records", given.Corrected?.Estimate ?? double.NaN, given.Corrected, given.Chance, Verdicts.Of(given with { Null = null }));
            }

            foreach (var (choice, figure, chance) in measure?.Choices ?? [])
            {
                var other = LedgerFigure.Of(figure, chance, given.Claim.Phase == 2 ? ourRecovered : recovered, replicates, seed);
                yield return new LedgerChoice(
                    choice, other.Value, other.Interval, other.Chance,
                    given.Claim.Rule is VerdictRule.Chance or VerdictRule.Excess && chance is not null ? Verdicts.Of(given with { Corrected = other.Interval, Excess = other.Excess, Chance = other.Chance, PublishedChance = double.NaN }) : null);
            }
        }

        static LedgerChoice AgainstNull(VerdictCase given, NullLevel level) => new(
            string.Create(CultureInfo.InvariantCulture, $"{(level.IsChosen ? "the chosen null" : "another null")}: {level.Null} [{level.Low:0.###}, {level.High:0.###}], two-sided p {level.PValue:0.###}, {level.Runs} runs"),
            level.Observed, null, level.Mean, given.Claim.Rule is VerdictRule.Timing or VerdictRule.Words ? Verdicts.Of(given with { Null = level }) : null);

        // Like for like: the study and ours on the cells that both have.
        IEnumerable<LedgerChoice> OfCommonCells(Claim claim, LedgerMeasure? measure)
        {
            var common = recovered.Select(run => run.Cell).Intersect(ourRecovered.Select(run => run.Cell)).ToHashSet();
            if (measure?.Corrected is not { IsExtreme: false, IsTotal: false } || common.Count == 0)
            {
                yield break;
            }

            foreach (var (whose, runs) in new[] { ("study's records", recovered), ("our runs", ourRecovered) })
            {
                var figure = LedgerFigure.Of(measure.Corrected, measure.Chance, [.. runs.Where(run => common.Contains(run.Cell))], replicates, seed);
                if (figure.Runs > 0)
                {
                    yield return new LedgerChoice(string.Create(CultureInfo.InvariantCulture, $"{whose}, the {common.Count} cells that both have"), figure.Value, figure.Interval, figure.Chance);
                }
            }
        }

        // Phase 2 ran other networks under the same names, so that phase 1's records cannot correct it (defect H).
        LedgerRow PhaseTwo(Claim claim)
        {
            var measure = LedgerMeasures.ById.GetValueOrDefault(claim.Id);
            var reproduced = Kept("");
            var saved = evidence.PhaseTwo?.Figures.GetValueOrDefault(claim.Id);
            var given = new VerdictCase(claim, reproduced)
            {
                Starts = double.IsNaN(Kept(StudyPhaseTwo.Lowest)) ? null : (Kept(StudyPhaseTwo.Lowest), Kept(StudyPhaseTwo.Highest)),
                Inherited = evidence.PhaseTwo?.Inherited.GetValueOrDefault(claim.Id, double.NaN) ?? double.NaN,
            };
            var beside = new List<LedgerChoice>();
            if (given.Starts is not null)
            {
                beside.Add(new LedgerChoice(string.Create(
                    CultureInfo.InvariantCulture, $"95 % of {SilhouetteStarts.Starts} random starts lie in [{Kept(StudyPhaseTwo.Low):0.000}, {Kept(StudyPhaseTwo.High):0.000}], all in [{Kept(StudyPhaseTwo.Lowest):0.000}, {Kept(StudyPhaseTwo.Highest):0.000}]; the published number lies above {100 * Kept(StudyPhaseTwo.Place):0} % of them"), reproduced, null, Kept(StudyPhaseTwo.Gaussian)));
            }

            Beside(StudyPhaseTwo.WholeVector, "the study's, all parameters as one vector");
            Beside(StudyPhaseTwo.SingleBatches, "the study's, between single batches: the first, the middle and the last one");
            Beside(StudyPhaseTwo.Continued, "by the file of the continued run");
            return new LedgerRow(
                claim, reproduced, LedgerFigure.None with { Value = Kept(StudyPhaseTwo.WholeVector), Chance = Kept(StudyPhaseTwo.Gaussian) },
                saved ?? LedgerFigure.Of(measure?.Corrected, measure?.Chance, ourRecovered, replicates, seed), Verdicts.Of(given))
            {
                Choices = [.. beside, .. ChoicesOf(measure, given), .. evidence.PhaseTwo?.Choices.GetValueOrDefault(claim.Id, []) ?? []],
            };

            double Kept(string ending) => study.PhaseTwo.GetValueOrDefault(claim.Id + ending, double.NaN);

            void Beside(string ending, string choice)
            {
                if (!double.IsNaN(Kept(ending)))
                {
                    beside.Add(new LedgerChoice(choice, Kept(ending)));
                }
            }
        }

        LedgerRow SaidSince(Claim claim)
        {
            if (claim.Rule is VerdictRule.Article or VerdictRule.Bound)
            {
                var (figure, interval, choices) = ArticleClaims.Of(claim.Id, evidence.Article);
                return new LedgerRow(claim, double.NaN, LedgerFigure.None, figure, Verdicts.Of(new VerdictCase(claim, double.NaN) { Ours = interval }))
                {
                    Choices = interval is { } seeds && double.IsFinite(seeds.Low)
                        ? [new LedgerChoice(string.Create(CultureInfo.InvariantCulture, $"ours, 95 % over {seeds.Count} seeds [{seeds.Low:0.###}, {seeds.High:0.###}]"), seeds.Estimate), .. choices]
                        : choices,
                };
            }

            var since = TransitionClaims.Of(claim.Id, study.Transitions, evidence.Transitions, replicates, seed);
            var given = new VerdictCase(claim, since.Reproduced) { Corrected = since.Corrected.Interval, Excess = since.Corrected.Excess, Chance = since.Corrected.Chance };
            return new LedgerRow(claim, since.Reproduced, since.Corrected, since.Ours, Verdicts.Of(given)) { Choices = since.Choices };
        }

        LedgerFigure FigureOf(Claim claim, LedgerMeasure? measure, RunTally[] runs) => claim.Id == AllArchitectures
            ? LedgerFigure.Over(runs, run => run.Cell, run => run.Name, some => ShareOfArchitectures(some, RunCount.EventsFirst10, RunCount.IncrementsFirst10), _ => Half, replicates, seed)
            : LedgerFigure.Of(measure?.Corrected, measure?.Chance, runs, replicates, seed);
    }

    private const string EarlyEvents = "events_first_10";
    private const string AllArchitectures = "words_all_architectures";

    /// <summary>Random moments put every second architecture above their mean, in %.</summary>
    private const double Half = 50;

    /// <summary>The share of architectures whose events are denser early on than random moments, in %.</summary>
    private static double ShareOfArchitectures(IEnumerable<RunTally> runs, RunCount early, RunCount byChance) => 100 * runs
        .GroupBy(run => RunGroup.ArchitectureOf(run.Cell))
        .Average(architecture => architecture.Sum(run => run[early]) / architecture.Sum(run => run[RunCount.Events])
            > architecture.Sum(run => run[byChance]) / architecture.Sum(run => run[RunCount.Increments]) ? 1.0 : 0);

    /// <summary>How many of the study's published numbers (<see cref="Claim.IsStudyNumber"/>) have each verdict, in the order of <see cref="Verdict"/>.</summary>
    public IReadOnlyDictionary<Verdict, int> Counts { get; } = CountsOf(Rows.Where(row => row.Claim.IsStudyNumber));

    /// <summary>The same of any rows.</summary>
    public static IReadOnlyDictionary<Verdict, int> CountsOf(IEnumerable<LedgerRow> rows)
    {
        var all = rows.ToArray();
        return Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, verdict => all.Count(row => row.Verdict == verdict));
    }

    /// <summary>The rows by the finding that they are numbers of: several hold one.</summary>
    public IReadOnlyList<IGrouping<string, LedgerRow>> Findings { get; } = [.. Rows.GroupBy(row => row.Claim.Finding)];

    /// <summary>The line of a claim.</summary>
    public LedgerRow this[string claim] => Rows.First(row => row.Claim.Id == claim);

    /// <summary>k-means gives as many clusters as it is asked for.</summary>
    private static double FixedNumber(Claim claim) => claim.Id == "jump_types" ? PhaseOneMeasures.JumpTypes : double.NaN;
}
