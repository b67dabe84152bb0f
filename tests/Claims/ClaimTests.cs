using Ndt.Analysis;
using Ndt.Claims;
using Ndt.Claims.Ledger;
using Ndt.Measurement;
using Ndt.Tests.Analysis;

namespace Ndt.Tests.Claims;

public sealed class ClaimTests
{
    [Theory]
    [InlineData(83.3, 1, 83.28318288197927, true)]
    [InlineData(83.3, 1, 83.35, false)]
    [InlineData(2991, 0, 2990.0, false)]
    [InlineData(0.012, 3, 0.0115, true)]
    public void A_number_agrees_when_it_rounds_to_the_published_one(double published, int digits, double value, bool agrees) =>
        Assert.Equal(agrees, new Claim("x", "x", published, "runs", digits).Agrees(value));

    [Theory]
    [InlineData(4.9e-11, true)]
    [InlineData(9.9e-12, false)]
    [InlineData(0, false)]
    public void An_order_of_magnitude_agrees_by_its_exponent(double value, bool agrees) =>
        Assert.Equal(agrees, new Claim("x", "x", 1e-11, "stable rank", Compare: ClaimComparison.Order).Agrees(value));

    [Fact]
    public void Claims_have_names_of_their_own() =>
        Assert.Equal(ClaimList.Load().Count, ClaimList.Load().DistinctBy(claim => claim.Id).Count());

    [Fact]
    public void A_run_whose_loss_was_not_recorded_is_left_out_of_claims_of_the_loss()
    {
        var with = Analysed("cnn_deep", i => -i);
        var without = Analysed("mlp_narrow", _ => double.NaN);
        string[] claims = ["strong_runs", "strong_share", "loss_correlation", "early_loss_improvement"];
        var both = Corrected([with, without]);
        Assert.Equal([1, 100, 100, 100], claims.Select(claim => both[claim]));
        var alone = Corrected([without]);
        Assert.All(claims, claim => Assert.Equal(double.NaN, alone[claim]));
        var tally = RunTally.Of([without])[0];
        Assert.All([RunCount.Strong, RunCount.LossDropShare, RunCount.LossDropShareByChance], count => Assert.Equal(double.NaN, tally[count]));
        Assert.Equal((0, 0, 0), (tally[RunCount.EarlyEventsWithLoss], tally[RunCount.EarlyEventsLossFallsByChance], tally[RunCount.PublishedLossFallRuns]));

        // Movement fades, so that events lie early.
        static ExperimentAnalysis Analysed(string architecture, Func<int, double> loss) =>
            StudiedRuns.Of(architecture, "mnist", null, loss, i => Math.Sin(i) * Math.Exp(-i / 10.0), i => Math.Cos(i) * Math.Exp(-i / 10.0))[Metric.StableRank];

        static Dictionary<string, double> Corrected(ExperimentAnalysis[] runs) =>
            PhaseOneClaims.Check(ClaimList.Load(), runs).ToDictionary(check => check.Claim.Id, check => check.Corrected);
    }

    [Fact]
    public void Without_analyses_nothing_can_be_computed_and_the_table_says_so()
    {
        var checks = PhaseOneClaims.Check(ClaimList.Load(), []);
        Assert.All(checks, check => Assert.Equal(ClaimCheck.NotComputable, check.Verdict));
        Assert.StartsWith(
            "claim,published,reproduced,corrected,corrected_low,corrected_high,verdict,note\nexperiments,55,,,,,not computable,",
            ClaimCheck.Table(checks).ToString(),
            StringComparison.Ordinal);
    }
}
