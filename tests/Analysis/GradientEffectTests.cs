using Ndt.Analysis;
using Ndt.Records;

namespace Ndt.Tests.Analysis;

public sealed class GradientEffectTests
{
    private const int Increments = 160;
    private static readonly RunMetadata Run = new() { Architecture = "mlp_made", Dataset = "noise", Protocol = "study", Steps = 800, MeasureEvery = 5 };

    [Fact]
    public void Its_parts_are_those_of_scipy()
    {
        // tests/fixtures/make_gradient_effect.py
        var effect = GradientEffect.Of(Run, [Made(i => Math.Sin(1.7 * i) * (1 + (10 / (1 + i)))), Made(i => Math.Cos(0.37 * i * i) * (2 - (i / Increments)) * (i % 9 == 0 ? 2 : 1))], Made(Gradient));
        Assert.Equal(0.1512993671627798, effect.Rho, 1e-12);
        Assert.Equal(-0.0275, effect.RhoWithin, 1e-12);
        Assert.Equal(0.9529510092111222, effect.AtEvents, 1e-9);
    }

    [Fact]
    public void A_change_as_large_as_the_gradient_goes_with_it_and_one_that_never_stands_out_has_no_events()
    {
        var effect = GradientEffect.Of(Run, [Made(Gradient)], Made(Gradient));
        Assert.Equal((1.0, 1.0), (Math.Round(effect.Rho, 12), Math.Round(effect.RhoWithin, 12)));
        Assert.Equal(double.NaN, GradientEffect.Of(Run, [Made(i => i % 2 == 0 ? 1 : -1)], Made(Gradient)).AtEvents);
    }

    [Fact]
    public void A_record_without_a_gradient_norm_does_not_have_it()
    {
        var record = MadeRun.Record([new double[MadeRun.Increments]]);
        Assert.True(GradientEffect.IsIn(record));
        var without = new RunRecord(record.Metadata, [.. record.Points.Select(point => point with { GradientNorm = double.NaN })], record.Layers);
        Assert.False(GradientEffect.IsIn(without));
        var effect = GradientEffect.Of(without);
        Assert.Equal((double.NaN, double.NaN, double.NaN), (effect.Rho, effect.RhoWithin, effect.AtEvents));
    }

    [Fact]
    public void Its_stretches_are_the_blocks_of_the_shuffle_within_which_chance_is_matched()
    {
        // Of 399 increments the second block begins at 9. One event there, at a gradient of 3 among the block's ten of 1: 3 / 1.2.
        const int Place = 9;
        double[] changes = [.. Enumerable.Range(0, 399).Select(i => i == Place ? 10.0 : 0)], gradients = [.. Enumerable.Range(0, 399).Select(i => i == Place ? 3.0 : 1)];
        Assert.Equal(3 / 1.2, GradientEffect.Of(Run, [changes], gradients).AtEvents, 1e-12);
        for (var block = 0; block < LossCoincidence.Stretches; block++)
        {
            Assert.Equal(block, LossCoincidence.StretchOf(block * 399 / LossCoincidence.Stretches, 399));
            Assert.Equal(block, LossCoincidence.StretchOf(((block + 1) * 399 / LossCoincidence.Stretches) - 1, 399));
        }
    }

    private static double Gradient(double i) => 1 + (1 / (1 + (0.1 * i))) + (0.3 * Math.Sin(0.9 * i));

    private static double[] Made(Func<double, double> at) => [.. Enumerable.Range(0, Increments).Select(i => at(i))];
}
