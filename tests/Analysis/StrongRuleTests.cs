using Ndt.Analysis;

namespace Ndt.Tests.Analysis;

public sealed class StrongRuleTests
{
    [Theory]
    [InlineData(1, 1, 0.1)]
    [InlineData(3, 1, 0.271)] // one of three layers is enough: 1 − 0.9³
    [InlineData(4, 1, 0.0523)] // two of four are needed: 1 − 0.9⁴ − 4·0.1·0.9³
    [InlineData(10, 1, 0.0127951984)] // four of ten: three are not more than 0.3
    [InlineData(4, 2, 1 - (0.9477 * 0.9477))]
    public void The_chance_of_coordination_is_the_binomials(int layers, int increments, double chance) =>
        Assert.Equal(chance, StrongRule.ChanceOfCoordination(layers, increments), 1e-10);

    [Fact]
    public void Over_a_whole_run_independent_layers_hardly_ever_fail_the_rule() =>
        Assert.All(Enumerable.Range(3, 12), layers => Assert.True(StrongRule.ChanceOfCoordination(layers, 399) > 0.95));

    [Fact]
    public void Mean_coordination_is_fixed_at_forty_increments_over_four_hundred_measurements() => Assert.Equal(0.1, StrongRule.FixedCoordination(StudiedRuns.Some()));
}
