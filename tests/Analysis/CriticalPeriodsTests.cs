using Ndt.Analysis;

namespace Ndt.Tests.Analysis;

public sealed class CriticalPeriodsTests
{
    [Fact]
    public void Of_399_different_increments_40_are_critical()
    {
        var series = Enumerable.Range(0, 400).Select(i => 0.5 * i * i).ToArray();
        Assert.Equal(Enumerable.Range(359, 40), CriticalPeriods.CriticalSteps(series));
    }

    [Fact]
    public void A_constant_layer_has_no_critical_steps_no_transitions_and_a_loss_drop_share_of_0()
    {
        var series = Enumerable.Repeat(2.5, 400).ToArray();
        Assert.Empty(CriticalPeriods.CriticalSteps(series));
        Assert.Empty(CriticalPeriods.Transitions(series));
        Assert.Equal(0, CriticalPeriods.LossDropShare([], new double[400]));
    }

    [Fact]
    public void A_loss_that_was_not_recorded_has_no_share_in_which_it_falls()
    {
        double[] none = [.. Enumerable.Repeat(double.NaN, 400)];
        Assert.Equal(double.NaN, CriticalPeriods.LossDropShare([3, 7], none));
        Assert.Equal(double.NaN, CriticalPeriods.LossDropShare([], none));
    }

    [Fact]
    public void Ties_at_the_quantile_take_critical_steps_away()
    {
        // Half of the increments are equally large: none is above the 90th percentile, which is that size.
        var series = Enumerable.Range(0, 400).Select(i => (double)(i / 2)).ToArray();
        Assert.Empty(CriticalPeriods.CriticalSteps(series));
    }

    [Fact]
    public void Coordination_is_the_share_of_layers_on_an_array_as_long_as_the_measurements()
    {
        var coordination = CriticalPeriods.Coordination([[0, 2], [2], [2], []], measurements: 5);
        Assert.Equal([0.25, 0, 0.75, 0, 0], coordination);
    }

    [Fact]
    public void Only_a_strict_fall_of_the_loss_counts_as_a_drop() =>
        Assert.Equal(0.25, CriticalPeriods.LossDropShare([0, 1, 2, 3], [5, 4, 4, 6, 7]));
}
