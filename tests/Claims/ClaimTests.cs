using Ndt.Claims;

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
