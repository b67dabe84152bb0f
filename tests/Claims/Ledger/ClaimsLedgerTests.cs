using System.Globalization;
using System.Text.Json;
using Ndt.Analysis;
using Ndt.Charts;
using Ndt.Claims;
using Ndt.Claims.Ledger;
using Ndt.Claims.Later;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;
using Ndt.Tests.Analysis;

namespace Ndt.Tests.Claims.Ledger;

public sealed class ClaimsLedgerTests
{
    private const int Columns = 35;
    private static readonly string Data = Path.Combine(RepositoryPaths.Root, "data");

    /// <summary>The numbers of study.md §3 in its order, each as often as it stands there.</summary>
    private static readonly double[] PublishedInTheStudy =
    [
        55, 2991, 83.3, 16.7, 0, 1598, 1096, 297, 0.063, 0.012, 0.012, 51, 66.2, 56.8, 0.556, 0.561, 0.612, 6.5, 0.095, 0.047, 0.080,
        49, 89.1, 203.5, 210.2, 5, 2104, 437, 431, 13, 6, 1e-9, 1e-13, 1e-11, 55, 55,
        98.51, 99.62, 20.9, 9.6, .102, .140, .190, .017, .049, .060, .004, .006, .019, 90.4, 96.47, 98.12, 95.23,
    ];

    [Fact]
    public void Every_published_number_of_the_study_is_a_claim_of_its_own()
    {
        // Two more are told in words there: every layer stable from step 0, and the share that weeks 7 and 8 gave beside the headline.
        var inWords = (string[])["stable_from_start", "early_share_week_7_8"];
        Assert.Equal(PublishedInTheStudy.Order(), ClaimList.Load().Where(claim => claim.IsStudyNumber && !inWords.Contains(claim.Id)).Select(claim => claim.Published).Order());
    }

    [Fact]
    public void Every_claim_says_what_it_really_is_and_where_that_is_shown() =>
        Assert.All(ClaimList.Load(), claim => Assert.True(claim.Meaning.Length > 0 && claim.Cell.Length > 0, claim.Id));

    [Fact]
    public void Every_number_of_the_ledger_stands_in_the_stored_output_of_the_cell_that_its_row_names()
    {
        using var notebook = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "notebooks", "04_honest_reassessment.ipynb")));
        var outputs = notebook.RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.TryGetProperty("outputs", out _)).ToDictionary(
            cell => cell.GetProperty("id").GetString()!,
            cell => string.Concat(cell.GetProperty("outputs").EnumerateArray().Where(output => output.TryGetProperty("data", out var data) && data.TryGetProperty("text/markdown", out _)).Select(Markdown)));
        var claims = ClaimList.Load().ToDictionary(claim => claim.Id);
        var table = Path.Combine(RepositoryPaths.Root, "results", "claims.csv");
        var rows = CsvReader.Read(File.ReadAllText(table), table, Columns).ToArray();
        Assert.Equal(claims.Keys, rows.Skip(1).Select(row => row.Fields[0]));
        foreach (var fields in rows.Skip(1).Select(row => rows[0].Fields.Zip(row.Fields).ToDictionary(pair => pair.First, pair => pair.Second)))
        {
            var claim = claims[fields["claim"]];
            var line = Assert.Single(outputs[fields["cell"]].Split('\n'), line => line.StartsWith($"| {claim.Text} (", StringComparison.Ordinal));
            Assert.Contains($"**{fields["verdict"]}**", line, StringComparison.Ordinal);
            foreach (var (column, more) in new[] { ("published", 0), ("reproduced", claim.Phase == 2 ? 1 : 0), ("corrected", Finer(claim)), ("ours", Finer(claim)) })
            {
                if (fields[column].Length > 0)
                {
                    Assert.Contains(Phrase.Number(claim, double.Parse(fields[column], CultureInfo.InvariantCulture), more), line, StringComparison.Ordinal);
                }
            }
        }

        static int Finer(Claim claim) => claim is { Unit: "%", Digits: 0 } ? 1 : 0;

        static string Markdown(JsonElement output)
        {
            var text = output.GetProperty("data").GetProperty("text/markdown");
            return text.ValueKind == JsonValueKind.Array ? string.Concat(text.EnumerateArray().Select(line => line.GetString())) : text.GetString()!;
        }
    }

    [Fact]
    public void Only_a_number_whose_ways_were_tried_may_be_said_not_to_reproduce()
    {
        var untried = new Claim("x", "x", 5, "runs");
        Assert.Equal(Verdict.CannotBeTold, VerdictOf(untried, 6, null, null, double.NaN));
        Assert.Equal(Verdict.DoesNotReproduce, VerdictOf(untried with { Tried = ["the only way"] }, 6, null, null, double.NaN));
        Assert.All(Build().Rows.Where(row => row.Verdict == Verdict.DoesNotReproduce), row => Assert.NotEmpty(row.Claim.Tried!));
        Assert.Contains("does not reproduce", ClaimList.Rules().Keys);
    }

    [Fact]
    public void Every_claim_belongs_to_a_finding_and_the_published_numbers_hold_fewer_findings_than_numbers()
    {
        var ledger = Build();
        Assert.All(ledger.Rows, row => Assert.NotEqual("", row.Claim.Finding));
        Assert.Equal(55, ledger.Counts.Values.Sum());
        Assert.Equal(16, ledger.Findings.Count(finding => finding.Any(row => row.Claim.IsStudyNumber)));
    }

    [Fact]
    public void A_claim_about_timing_has_to_hold_beyond_the_chosen_null_as_well()
    {
        var claim = new Claim("x", "x", 83, "%", Rule: VerdictRule.Timing);
        var interval = new ConfidenceInterval(32, 27, 37, 0.95, IntervalMethod.Bca, 100, 1, 10, 10);
        var given = new VerdictCase(claim, 83) { Corrected = interval, Excess = interval with { Estimate = 22, Low = 17, High = 27 }, Chance = 10 };
        var level = new NullLevel("fading noise", IsChosen: true, Observed: 32, Mean: 20, Low: 19, High: 21, PValue: 0.01, Runs: 10, Error: 4);
        Assert.Equal(Verdict.StandsSmaller, Verdicts.Of(given));
        Assert.Equal(Verdict.StandsSmaller, Verdicts.Of(given with { Null = level }));
        Assert.Equal(Verdict.MeansSomethingElse, Verdicts.Of(given with { Null = level with { Mean = 29, Low = 28, High = 30 } }));
        Assert.Equal(Verdict.MeansSomethingElse, Verdicts.Of(given with { Null = level with { Mean = 38, Low = 37, High = 39 } }));
    }

    [Fact]
    public void A_number_from_a_random_start_comes_out_where_the_starts_reach_it()
    {
        var claim = new Claim("x", "x", 0.190, "silhouette", Digits: 3, Rule: VerdictRule.Start, Tried: ["200 starts"]);
        Assert.Equal(Verdict.MeansSomethingElse, Verdicts.Of(new VerdictCase(claim, 0.16) { Starts = (0.12, 0.1896) }));
        Assert.Equal(Verdict.DoesNotReproduce, Verdicts.Of(new VerdictCase(claim, 0.16) { Starts = (0.12, 0.18) }));
    }

    [Fact]
    public void A_share_that_was_given_without_its_chance_level_stands_smaller_at_best()
    {
        var interval = new ConfidenceInterval(57, 55, 59, 0.95, IntervalMethod.Bca, 100, 1, 10, 10);
        var excess = interval with { Estimate = 4, Low = 2, High = 6 };
        Assert.Equal(Verdict.Stands, VerdictOf(new Claim("x", "x", 57, "%", Rule: VerdictRule.Chance), 57, interval, excess, 53));
        Assert.Equal(Verdict.StandsSmaller, VerdictOf(new Claim("x", "x", 57, "%", Rule: VerdictRule.Excess), 57, interval, excess, 53));
    }

    [Fact]
    public void The_table_begins_with_the_contracts_columns_and_has_a_row_for_every_claim()
    {
        var rows = CsvReader.Read(LedgerTable.Csv(Build()), "claims.csv", Columns).ToArray();
        Assert.Equal(["claim", "published", "reproduced", "corrected", "corrected_low", "corrected_high", "verdict", "note"], rows[0].Fields.Take(8));
        Assert.Equal(ClaimList.Load().Select(claim => claim.Id), rows.Skip(1).Select(row => row.Fields[0]));
        Assert.Subset(
            new HashSet<string> { "stands", "stands, smaller", "means something else", "fixed by the definition", "cannot be told", "does not reproduce" },
            rows.Skip(1).Select(row => row.Fields[6]).ToHashSet());
    }

    [Fact]
    public void The_same_seed_gives_the_same_table() => Assert.Equal(LedgerTable.Csv(Build()), LedgerTable.Csv(Build()));

    [Fact]
    public void Headlines_get_the_verdicts_that_the_defects_imply()
    {
        var ledger = Build();
        Assert.Equal(Verdict.Stands, ledger["experiments"].Verdict);
        Assert.Equal(Verdict.FixedByTheDefinition, ledger["events_last_50"].Verdict);
        Assert.Equal(Verdict.FixedByTheDefinition, ledger["coordination"].Verdict);
        Assert.Equal(Verdict.MeansSomethingElse, ledger["events"].Verdict);
        Assert.Equal(Verdict.DoesNotReproduce, ledger["simultaneous"].Verdict);
        Assert.Equal(Verdict.CannotBeTold, ledger["phase2_conv1_cosine_100_1000"].Verdict);
        Assert.Equal(Verdict.MeansSomethingElse, ledger["phase2_norm_growth_100_1000"].Verdict);
        Assert.Equal(Verdict.MeansSomethingElse, ledger["phase2_silhouette_conv1_2000"].Verdict);
        Assert.Equal(90.36, ledger["phase2_loss_first_half"].Reproduced, 0.005);
        Assert.Equal(Verdict.MeansSomethingElse, ledger["phase2_loss_first_half"].Verdict);
        Assert.Equal((25_513, 1_608), (ledger["since_transitions_2"].Reproduced, ledger["since_transitions_100"].Reproduced));
        Assert.Equal(Verdict.DoesNotReproduce, ledger["phase2_accuracy_cnn"].Verdict);
    }

    [Fact]
    public void The_kept_sums_are_those_of_the_studys_files()
    {
        var batch = BatchAnalysis.Run(RecordFile.Find([RepositoryPaths.ArchiveRecordsOrSkip()]), [Metric.RecordedStableRank, Metric.StableRank]);
        var fresh = RunTally.Of(batch.Analyses);
        var kept = StudySummary.Read(Data).Tallies;
        Assert.Equal(fresh.Count, kept.Count);
        foreach (var (one, other) in fresh.Zip(kept))
        {
            Assert.Equal((one.Metric, one.Name, one.Cell), (other.Metric, other.Name, other.Cell));
            Assert.All(Enum.GetValues<RunCount>(), count => Assert.Equal(one[count], other[count], 1e-12));
        }

        var checks = PhaseOneClaims.Check(ClaimList.Load(), batch.Analyses).ToDictionary(check => check.Claim.Id);
        foreach (var row in Build().Rows.Where(row => row.Claim is { Phase: 1, IsStudyNumber: true }))
        {
            var check = checks[row.Claim.Id];
            Assert.Equal(check.Reproduced, row.Reproduced, 1e-9 * Math.Abs(check.Reproduced));
            if (row.Corrected.Runs > 0)
            {
                Assert.Equal(check.Corrected, row.Corrected.Value, 1e-9 * Math.Abs(check.Corrected));
            }
        }
    }

    [Fact]
    public void Phase_twos_kept_numbers_are_those_of_the_studys_checkpoints()
    {
        var kept = StudySummary.Read(Data).PhaseTwo;
        var fresh = StudyPhaseTwo.Compute(RepositoryPaths.SharedOrSkip("archive"), ClaimList.Load());
        Assert.Equal(fresh.Keys.Order(StringComparer.Ordinal), kept.Keys.Order(StringComparer.Ordinal));
        Assert.All(fresh, pair => Assert.Equal(pair.Value, kept[pair.Key], 1e-9));
    }

    [Fact]
    public void The_kept_transitions_are_those_of_the_studys_records()
    {
        var fresh = TransitionFile.Compute(RepositoryPaths.ArchiveRecordsOrSkip());
        var kept = StudySummary.Read(Data).Transitions;
        Assert.Equal(fresh.Select(row => (row.Metric, row.Run, row.Layer)), kept.Select(row => (row.Metric, row.Run, row.Layer)));
        Assert.All(fresh.Zip(kept), pair => Assert.Equal(pair.First.Counts, pair.Second.Counts));
    }

    [Theory]
    [InlineData(80, 30, 35, 20, 25, Verdict.StandsSmaller)]
    [InlineData(80, 75, 85, 65, 75, Verdict.Stands)]
    [InlineData(80, 70, 82, 60, 72, Verdict.Stands)]
    [InlineData(80, 78, 90, 68, 80, Verdict.Stands)]
    [InlineData(80, 70, 79, 60, 69, Verdict.StandsSmaller)]
    [InlineData(2, 1, 6, -9, -4, Verdict.Stands)]
    [InlineData(80, 8, 14, -2, 4, Verdict.MeansSomethingElse)]
    [InlineData(80, 2, 6, -8, -4, Verdict.MeansSomethingElse)]
    [InlineData(0, 2, 6, -8, -4, Verdict.StandsSmaller)]
    [InlineData(80, double.NaN, double.NaN, double.NaN, double.NaN, Verdict.CannotBeTold)]
    public void A_claim_of_more_or_less_than_chance_is_judged_by_intervals(double published, double low, double high, double excessLow, double excessHigh, Verdict expected)
    {
        var claim = new Claim("x", "x", published, "%", Rule: VerdictRule.Chance);
        Assert.Equal(expected, VerdictOf(claim, published, Interval(low, high), Interval(excessLow, excessHigh), 10));

        static ConfidenceInterval Interval(double low, double high) => new((low + high) / 2, low, high, 0.95, IntervalMethod.Bca, 100, 1, 10, 10);
    }

    [Fact]
    public void What_is_not_at_hand_cannot_be_told_and_what_comes_out_otherwise_does_not_reproduce()
    {
        var claim = new Claim("x", "x", 5, "runs", Tried: ["the only way"]);
        Assert.Equal(Verdict.CannotBeTold, VerdictOf(claim, double.NaN, null, null, double.NaN));
        Assert.Equal(Verdict.DoesNotReproduce, VerdictOf(claim, 6, null, null, double.NaN));
        Assert.Equal(Verdict.Stands, VerdictOf(claim, 5, null, null, double.NaN));
    }

    [Fact]
    public void A_damaged_sum_names_file_and_line()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Data, StudySummary.TalliesFile), folder.PathOf(StudySummary.TalliesFile));
        File.Copy(Path.Combine(Data, TransitionFile.Name), folder.PathOf(TransitionFile.Name));
        folder.Write(StudySummary.PhaseTwoFile, "claim,value\nx,many\n");
        Assert.Contains("study_phase2.csv: line 2: 'many' is no number", Assert.Throws<InputException>(() => StudySummary.Read(folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_events_there_is_neither_a_smallest_nor_a_largest()
    {
        var still = RunTally.Of([StudiedRuns.Of("mlp_a", "mnist", 0, i => -i, _ => 1)[Metric.StableRank]]);
        Assert.Equal(double.NaN, new Ratio(RunCount.SmallestMagnitude).Value(still));
        Assert.Equal(double.NaN, new Ratio(RunCount.LargestMagnitude).Value(still));
    }

    [Fact]
    public void Architectures_are_counted_once_whatever_their_datasets_are_called()
    {
        // Events cluster early in three of the architecture's datasets and late in one, in all together early; the other architecture's cluster late.
        RunTally[] ours = [.. new[] { ("wide", "mnist", true), ("wide", "fashion_mnist", true), ("wide", "ag_news", true), ("wide", "ag_news_words", false), ("deep", "mnist", false) }.SelectMany(Tally)];
        var ledger = ClaimsLedger.Build(ClaimList.Load(), StudySummary.Read(Data), ours, replicates: 20, seed: 1);
        Assert.Equal(50, ledger["words_all_architectures"].Ours.Value);

        static IReadOnlyList<RunTally> Tally((string Architecture, string Dataset, bool IsEarly) cell) => RunTally.Of(
            [StudiedRuns.Of($"mlp_{cell.Architecture}", cell.Dataset, 0, i => -i, i => Math.Sin(i) * Math.Exp(-(cell.IsEarly ? i : 400 - i) / 20.0))[Metric.StableRank]]);
    }

    private static Verdict VerdictOf(Claim claim, double reproduced, ConfidenceInterval? corrected, ConfidenceInterval? excess, double chance) =>
        Verdicts.Of(new VerdictCase(claim, reproduced) { Corrected = corrected, Excess = excess, Chance = chance });

    private static ClaimsLedger Build() => ClaimsLedger.Build(ClaimList.Load(), StudySummary.Read(Data), [], replicates: 100, seed: 1);
}
