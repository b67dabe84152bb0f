using Ndt.Analysis;

namespace Ndt.Tests.Analysis;

public sealed class LossClockTests
{
    [Fact]
    public void A_loss_that_falls_steadily_is_a_clock_in_step_with_training()
    {
        double[] loss = [.. Enumerable.Range(0, 101).Select(i => 100.0 - i)];
        var clock = LossClock.Of(loss);
        Assert.All(Enumerable.Range(0, 101), i => Assert.Equal(i / 100.0, clock[i], 1e-12));
        Assert.Equal(50, LossClock.Reaches(loss, 0.5));
        Assert.Equal(100, LossClock.Reaches(loss, 1));
    }

    [Fact]
    public void A_loss_that_rises_again_does_not_turn_the_clock_back()
    {
        double[] loss = [.. Enumerable.Range(0, 200).Select(i => i < 100 ? 100.0 - i : i - 100.0)];
        var clock = LossClock.Of(loss);
        Assert.Equal(clock.Order(), clock);
        Assert.Equal(1, clock[^1]);
    }

    [Fact]
    public void A_loss_that_never_falls_has_no_clock_and_an_empty_one_is_empty()
    {
        Assert.All(LossClock.Of([1, 2, 3]), value => Assert.True(double.IsNaN(value)));
        Assert.Equal(-1, LossClock.Reaches([1, 1, 1], 0.5));
        Assert.Empty(LossClock.Of([]));
    }
}
