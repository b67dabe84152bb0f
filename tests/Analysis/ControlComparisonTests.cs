using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Analysis;

public sealed class ControlComparisonTests
{
    private static readonly IReadOnlyList<ControlComparison> Compared = ControlComparison.Of(
        [.. Enumerable.Range(0, 6).Select(seed => Run(seed, "study", 20)), Run(0, "study", 20, "mlp_other")],
        [.. Enumerable.Range(0, 5).Select(seed => Run(seed, "shuffled_labels", 1e9))],
        [Metric.StableRank],
        ControlFigure.All);

    [Fact]
    public void Only_cells_and_seeds_that_both_have_are_compared_and_every_figure_once()
    {
        Assert.Equal(ControlFigure.All, Compared.Select(one => one.Figure));
        Assert.All(Compared, one => Assert.Equal(("mlp_made_noise", "shuffled_labels"), (one.Cell, one.Control)));
        Assert.Equal(5, Compared[0].Difference.Units);
    }

    [Fact]
    public void Fading_increments_are_early_and_steady_ones_are_not_and_the_difference_is_theirs()
    {
        var early = Compared.Single(one => one.Figure == ControlFigure.EarlyShare);
        Assert.InRange(early.Study.Estimate, 0.8, 1);
        Assert.InRange(early.Controlled.Estimate, 0.05, 0.15);
        Assert.Equal(early.Study.Estimate - early.Controlled.Estimate, early.Difference.Estimate, 1e-12);
        Assert.True(early.Difference.Low > 0.5);
        Assert.Equal(0.25, early.ControlLoss);
    }

    [Fact]
    public void With_fewer_than_three_seeds_there_is_an_estimate_without_an_interval()
    {
        var two = ControlComparison.Of([Run(0, "study", 20), Run(1, "study", 20)], [Run(0, "fresh_probe", 20), Run(1, "fresh_probe", 20)], [Metric.StableRank], [ControlFigure.Path]);
        Assert.Equal(0, two[0].Difference.Estimate);
        Assert.True(double.IsNaN(two[0].Difference.Low));
    }

    /// <summary>Two layers of normal increments that fade with a time constant.</summary>
    private static RunRecord Run(int seed, string protocol, double time, string architecture = "mlp_made")
    {
        var layers = Enumerable.Range(0, 2).Select(layer =>
        {
            var values = new double[MadeRun.Increments];
            Normal.Samples(new MersenneTwister((10 * seed) + layer), values, 0, 1);
            return values.Select((value, i) => value * Math.Exp(-i / time)).ToArray();
        });
        var made = MadeRun.Record(layers, [.. Enumerable.Repeat(0.25, MadeRun.Increments + 1)], architecture, seed);
        return new RunRecord(made.Metadata with { Protocol = protocol }, made.Points, made.Layers);
    }
}
