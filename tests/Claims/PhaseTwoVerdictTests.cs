using Ndt.Claims;
using Ndt.PhaseTwo;

namespace Ndt.Tests.Claims;

public sealed class PhaseTwoVerdictTests
{
    private static readonly string RulePath = Path.Combine(RepositoryPaths.Root, "data", "phase2_rule.json");
    private static readonly PhaseTwoRule Rule = PhaseTwoRule.Read(RulePath);

    [Fact]
    public void A_run_whose_kind_of_features_changes_once_between_early_and_middle_supports_the_hypothesis()
    {
        var verdict = PhaseTwoVerdict.Of(Rule, World(early: 0.4, middle: 0.9, initialEarly: 0.8, earlyMiddle: 0.45, floor: 0.3));
        Assert.Equal(Decision.Supported, verdict.Overall);
        Assert.All(verdict.Architectures, a => Assert.Equal(Decision.Supported, a.Decision));
    }

    [Fact]
    public void A_run_that_changes_early_only_refutes_it()
    {
        var verdict = PhaseTwoVerdict.Of(Rule, World(early: 0.9, middle: 0.95, initialEarly: 0.2, earlyMiddle: 0.93, floor: 0.3));
        Assert.Equal(Decision.Refuted, verdict.Overall);
        Assert.All(verdict.Architectures, a => Assert.Equal((Decision.Refuted, Decision.Supported, Decision.Refuted), (a.EarlyDiffersFromLate, a.MiddleResemblesLate, a.BoundaryBetweenEarlyAndMiddle)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_too_few_seeds_the_question_stays_open(int seeds)
    {
        var verdict = PhaseTwoVerdict.Of(Rule, World(0.4, 0.9, 0.8, 0.45, 0.3, seeds));
        Assert.Equal(Decision.Open, verdict.Overall);
        Assert.All(verdict.Architectures, a => Assert.Equal((seeds, Decision.Open), (a.Seeds, a.Decision)));
    }

    [Fact]
    public void As_many_seeds_as_the_rule_asks_for_decide_and_one_less_does_not()
    {
        // Clear enough for intervals of three seeds, which are wide, and of two.
        var clear = World(early: 0.35, middle: 0.97, initialEarly: 0.9, earlyMiddle: 0.4, floor: 0.3, Rule.MinimumSeeds);
        Assert.Equal(Decision.Supported, PhaseTwoVerdict.Of(Rule, clear).Overall);
        Assert.Equal(Decision.Open, PhaseTwoVerdict.Of(Rule with { MinimumSeeds = Rule.MinimumSeeds + 1 }, clear).Overall);
        Assert.All(PhaseTwoVerdict.Of(Rule with { MinimumSeeds = Rule.MinimumSeeds + 1 }, clear).Quantities, quantity => Assert.Equal(Decision.Open, quantity.Decision));
    }

    [Fact]
    public void An_interval_that_holds_both_answers_leaves_the_question_open() =>
        Assert.Equal(Decision.Open, PhaseTwoVerdict.Of(Rule, World(early: 0.65, middle: 0.9, initialEarly: 0.8, earlyMiddle: 0.45, floor: 0.3)).Overall);

    [Fact]
    public void Measures_that_disagree_leave_the_question_open()
    {
        var values = World(0.4, 0.9, 0.8, 0.45, 0.3).Select(value => value is { Measure: "procrustes", From: 100, To: 2000 } ? value with { Similarity = 0.88 } : value);
        Assert.Equal(Decision.Open, PhaseTwoVerdict.Of(Rule, values).Architectures[0].EarlyDiffersFromLate);
    }

    [Fact]
    public void Without_comparisons_there_is_nothing_to_decide_on() => Assert.Throws<InputException>(() => PhaseTwoVerdict.Of(Rule, []));

    [Theory]
    [InlineData("\"halfway\": 0.5", "\"halfway\": 1.5", "halfway is 1.5")]
    [InlineData("\"minimum_seeds\": 3", "\"minimum_seeds\": 1", "minimum_seeds is 1")]
    [InlineData("\"early\": 100", "\"early\": 1000", "ascending")]
    [InlineData("\"debiased_cka\"", "\"cka\"", "unknown measure 'cka'")]
    [InlineData("\"debiased_cka\"", "null", "unknown measure 'null'")]
    [InlineData("\"halfway\": 0.5,", "", "halfway")]
    [InlineData("\"halfway\"", "\"half\"", "half")]
    [InlineData("{", "", "not a readable rule")]
    public void A_bad_rule_is_refused_in_one_line_that_names_the_file(string found, string replacement, string part)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("rule.json", File.ReadAllText(RulePath).Replace(found, replacement, StringComparison.Ordinal));
        var message = Assert.Throws<InputException>(() => PhaseTwoRule.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    // Similarities that differ a little from seed to seed; what the rule does not name is left out.
    private static List<SimilarityValue> World(double early, double middle, double initialEarly, double earlyMiddle, double floor, int seeds = 5)
    {
        var values = new List<SimilarityValue>();
        foreach (var architecture in new[] { "mlp", "cnn" })
        {
            foreach (var measure in Rule.Measures)
            {
                for (var seed = 0; seed < seeds; seed++)
                {
                    Add(100, 2000, early);
                    Add(1000, 2000, middle);
                    Add(0, 100, initialEarly);
                    Add(100, 1000, earlyMiddle);
                    for (var other = seed + 1; other < seeds; other++)
                    {
                        values.Add(new SimilarityValue(
                            ComparisonKind.OtherSeed, architecture, "study", SimilarityValue.HiddenLayers, -1, measure, 2000, 2000, seed, other, floor + (0.01 * (seed - other))));
                    }

                    void Add(int from, int to, double similarity) => values.Add(new SimilarityValue(
                        ComparisonKind.OverTime, architecture, "study", SimilarityValue.HiddenLayers, -1, measure, from, to, seed, seed, similarity + (0.01 * (seed - 2))));
                }
            }
        }

        return values;
    }
}
