using Ndt.Analysis;

namespace Ndt.Tests.Analysis;

public sealed class JumpsTests
{
    // Multiples of 1/64 below 64: shifts by whole numbers and scalings by powers of two are exact in double, so that nothing but the
    // definition decides.
    private static readonly double[] Series = [.. Enumerable.Range(0, 200).Select(i => ((i * i * 37) % 257 / 64.0) + (i is > 60 and < 64 ? 40 : 0))];

    [Fact]
    public void One_step_in_a_flat_series_is_one_jump_with_its_size_speed_and_sign()
    {
        var series = Enumerable.Range(0, 100).Select(i => i < 50 ? 8.0 : 3.0).ToArray();
        var jump = Assert.Single(Jumps.Find(series));
        Assert.Equal(new Jump(49, Magnitude: 5, Speed: 1, Direction: -1), jump);
    }

    [Fact]
    public void A_ramp_is_not_a_jump() => Assert.Empty(Jumps.Find([.. Enumerable.Range(0, 100).Select(i => 0.5 * i)]));

    [Fact]
    public void Even_ripples_on_a_steep_ramp_are_not_jumps_for_increments_are_held_against_their_mean() =>
        Assert.Empty(Jumps.Find([.. Enumerable.Range(0, 100).Select(i => (11.0 * i) + (i % 2))]));

    [Fact]
    public void A_constant_layer_gives_none() => Assert.Empty(Jumps.Find(Enumerable.Repeat(0.1, 400).ToArray()));

    [Fact]
    public void Speed_at_the_ends_looks_at_what_there_is()
    {
        double[] series = [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
        var jumps = Jumps.Find(series);
        Assert.Equal([0, 18], jumps.Select(jump => jump.Index));
        Assert.Equal(9.0 / 3, jumps[0].Speed);
        Assert.Equal(9.0 / 4, jumps[1].Speed);
    }

    [Theory]
    [InlineData(1024.0, 1.0)]
    [InlineData(-7.0, 1.0)]
    [InlineData(0.0, 1024.0)]
    [InlineData(0.0, 0.0009765625)]
    [InlineData(16.0, -2.0)]
    public void Shifting_or_scaling_a_series_changes_no_event(double shift, double scale)
    {
        var changed = Array.ConvertAll(Series, value => (value * scale) + shift);
        Assert.NotEmpty(Jumps.Find(Series));
        Assert.Equal(Jumps.Find(Series).Select(jump => jump.Index), Jumps.Find(changed).Select(jump => jump.Index));
        Assert.Equal(
            Jumps.Find(Series).Select(jump => jump.Magnitude * Math.Abs(scale)), Jumps.Find(changed).Select(jump => jump.Magnitude));
        Assert.Equal(CriticalPeriods.CriticalSteps(Series), CriticalPeriods.CriticalSteps(changed));
        Assert.Equal(CriticalPeriods.Transitions(Series), CriticalPeriods.Transitions(changed));
    }

    [Fact]
    public void The_threshold_is_strict_and_can_be_moved()
    {
        // Increments 1, −1, 1, −1, … have mean 0 and deviation 1: every z is exactly 1.
        var series = Enumerable.Range(0, 101).Select(i => (double)(i % 2)).ToArray();
        Assert.Empty(Jumps.Find(series, threshold: 1));
        Assert.Equal(100, Jumps.Find(series, threshold: 0.999).Count);
    }

    [Fact]
    public void Series_too_short_to_change_have_no_jumps()
    {
        Assert.Empty(Jumps.Find([]));
        Assert.Empty(Jumps.Find([1]));
        Assert.Empty(Jumps.Find([1, 5]));
    }
}
