using Ndt.Analysis.Nulls;

namespace Ndt.Tests.Analysis.Nulls;

public sealed class RunStatisticTests
{
    [Fact]
    public void The_mean_phase_of_events_is_that_of_their_starts_over_all_layers()
    {
        var run = MadeRun.Of([With((10, 2), (300, -1)), With((100, 1))]);
        var taken = new MeanEventPhase().Take(run);
        Assert.Equal(3, taken.Denominator);
        Assert.Equal(run.Phase(10) + run.Phase(300) + run.Phase(100), taken.Numerator, 1e-12);
        Assert.InRange(run.Phase(300), 0.7475, 0.7525);
    }

    [Fact]
    public void Early_over_late_is_the_mean_logarithm_over_the_layers_that_have_both()
    {
        var run = MadeRun.Of([With((10, 2), (20, -4), (300, 1)), With((5, 1), (350, -2)), With((10, 1)), With((100, 1), (300, 1))]);
        var taken = new EarlyOverLate().Take(run);
        Assert.Equal(2, taken.Denominator);
        Assert.Equal(Math.Log(3) + Math.Log(0.5), taken.Numerator, 1e-9);
    }

    [Fact]
    public void Runs_without_events_add_nothing()
    {
        var run = MadeRun.Of([With()]);
        Assert.Equal((0, 0), (new MeanEventPhase().Take(run).Numerator, new MeanEventPhase().Take(run).Denominator));
        Assert.Equal((0, 0), (new EarlyOverLate().Take(run).Numerator, new EarlyOverLate().Take(run).Denominator));
    }

    private static double[] With(params (int Index, double Size)[] events)
    {
        var increments = new double[MadeRun.Increments];
        foreach (var (index, size) in events)
        {
            increments[index] = size;
        }

        return increments;
    }
}
