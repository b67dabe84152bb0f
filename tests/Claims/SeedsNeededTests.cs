using Ndt.Claims;
using Ndt.Statistics;

namespace Ndt.Tests.Claims;

public sealed class SeedsNeededTests
{
    private static readonly PhaseTwoRule Rule = PhaseTwoRule.Read(Path.Combine(RepositoryPaths.Root, "data", "phase2_rule.json"));

    [Fact]
    public void The_number_of_seeds_is_the_one_that_SciPys_t_distribution_gives()
    {
        // scipy.stats.t.ppf: 5 seeds whose interval reaches 0.2 have a standard deviation of 0.161074; 13 of them reach less than 0.1.
        var needed = SeedsNeeded.Of(Quantity(0.6, 0.2, 5), Rule);
        Assert.Equal(0.1, needed.Distance, 1e-12);
        Assert.Equal(0.2, needed.Reach, 1e-12);
        Assert.Equal(13, needed.Seeds);
    }

    [Fact]
    public void Without_an_interval_or_a_distance_no_number_is_given()
    {
        Assert.Null(SeedsNeeded.Of(Quantity(0.6, double.NaN, 1), Rule).Seeds);
        Assert.Null(SeedsNeeded.Of(Quantity(0.5, 0.2, 5), Rule).Seeds);
    }

    private static RuleQuantity Quantity(double estimate, double reach, int seeds) =>
        new("mlp", "part", "r", "debiased_cka", 0.5, new JackknifeInterval(estimate, estimate - reach, estimate + reach, seeds), Decision.Open);
}
