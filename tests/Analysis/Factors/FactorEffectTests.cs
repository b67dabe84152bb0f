using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Analysis;
using Ndt.Analysis.Factors;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Analysis.Factors;

public sealed class FactorEffectTests
{
    private static readonly ControlFigure[] Figures = [ControlFigure.EarlyShare, ControlFigure.EarlyPath];

    [Fact]
    public void An_effect_is_the_mean_difference_of_pairs_with_its_t_interval()
    {
        var made = new ControlFigure("made", (record, _) => record.Metadata.Protocol == "study" ? record.Metadata.Seed!.Value : 3 * record.Metadata.Seed!.Value);
        var effect = Assert.Single(FactorEffect.Of(Runs("study", 20, 6), Runs("batch_8", 20, 5), Metric.StableRank, [made]));
        Assert.Equal(("mlp_made_noise", "batch_8", 5), (effect.Cell, effect.Factor, effect.Difference.Count));
        Assert.Equal((2.0, 6.0, 4.0), (effect.Study.Estimate, effect.Varied.Estimate, effect.Difference.Estimate));

        // Differences 0, 2, 4, 6, 8: standard error √(10/5), t of 4 degrees of freedom 2.776445.
        Assert.Equal(4 - (2.776445 * Math.Sqrt(2)), effect.Difference.Low, 1e-5);
        Assert.Equal(4 + (2.776445 * Math.Sqrt(2)), effect.Difference.High, 1e-5);
    }

    [Fact]
    public void Increments_that_fade_later_have_a_smaller_early_share_and_path()
    {
        var effects = FactorEffect.Of(Runs("study", 20, 5), [.. Runs("batch_8", 200, 5), .. Runs("adamw", 20, 5)], Metric.StableRank, Figures);
        Assert.Equal(["batch_8", "batch_8", "adamw", "adamw"], effects.Select(effect => effect.Factor));
        Assert.All(effects.Take(2), effect => Assert.True(effect.Difference.High < -0.2));
        Assert.All(effects.Skip(2), effect => Assert.Equal(0, effect.Difference.Estimate));
        Assert.All(effects, effect => Assert.Equal(0.9, effect.StudyAccuracy, 1e-12));
        Assert.All(effects, effect => Assert.Equal(0.9, effect.VariedAccuracy, 1e-12));
    }

    [Fact]
    public void One_seed_has_no_interval_another_cell_no_effect_and_another_length_is_refused()
    {
        var one = Assert.Single(FactorEffect.Of(Runs("study", 20, 1), Runs("batch_8", 20, 1), Metric.StableRank, [ControlFigure.EarlyPath]));
        Assert.Equal((0, double.NaN), (one.Difference.Estimate, one.Difference.Low));
        Assert.Empty(FactorEffect.Of(Runs("study", 20, 1), Runs("batch_8", 20, 1, "mlp_other"), Metric.StableRank, Figures));
        var longer = Runs("batch_8", 20, 1).Select(run => new RunRecord(run.Metadata with { Steps = 4000 }, run.Points, run.Layers)).ToArray();
        Assert.Contains("4000 steps", Assert.Throws<InputException>(() => FactorEffect.Of(Runs("study", 20, 1), longer, Metric.StableRank, Figures)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slope_is_per_doubling_and_over_seeds_that_have_every_value()
    {
        // The figure is 1 + seed·log₂(width): slopes 0, 1, 2; seed 3 lacks a width.
        var made = new ControlFigure("made", (record, _) => 1 + (record.Metadata.Seed!.Value * (record.Metadata.Protocol switch { "width_half" => -1, "width_x4" => 2, _ => 0 })));
        var slope = Assert.Single(FactorSlope.Of([.. Runs("study", 20, 4), .. Runs("width_half", 20, 4), .. Runs("width_x4", 20, 3)], protocol => protocol.Width, Metric.StableRank, [made]));
        Assert.Equal((1.0, 3), (slope.PerDoubling.Estimate, slope.PerDoubling.Count));
        Assert.Equal(1 - (4.302653 / Math.Sqrt(3)), slope.PerDoubling.Low, 1e-5);
        Assert.Equal([0.5, 1, 4], slope.Values);
        Assert.Empty(FactorSlope.Of(Runs("study", 20, 4), protocol => protocol.Width, Metric.StableRank, [made]));
    }

    [Fact]
    public void The_view_by_the_mean_over_tokens_is_a_factor_of_measuring_alone()
    {
        var run = Runs("study", 20, 1)[0];
        Assert.Null(TokenMeanRecord.Of(run));
        var layer = run.Layers[0];
        var other = new LayerSeries(layer.Name, LayerView.TokenMean, layer.Depth, 160, 64, new Dictionary<Metric, double[]> { [Metric.StableRank] = [.. layer[Metric.StableRank].Select(value => 2 * value)] });
        var seen = TokenMeanRecord.Of(new RunRecord(run.Metadata, run.Points, [layer, other, run.Layers[1]]))!;
        Assert.Equal((TokenMeanRecord.Factor, 2, 64), (seen.Metadata.Protocol, seen.Layers.Count, seen.Layers[0].Features));
        Assert.All(seen.Layers, one => Assert.Equal(LayerView.Study, one.View));
        Assert.Equal(2 * layer[Metric.StableRank][9], seen.Layers[0][Metric.StableRank][9]);
        Assert.Equal(run.Layers[1][Metric.StableRank], seen.Layers[1][Metric.StableRank]);
    }

    /// <summary>Two layers of normal increments that fade with a time constant, the same for one seed.</summary>
    private static RunRecord[] Runs(string protocol, double time, int seeds, string architecture = "mlp_made") =>
    [
        .. Enumerable.Range(0, seeds).Select(seed =>
        {
            var layers = Enumerable.Range(0, 2).Select(layer =>
            {
                var values = new double[MadeRun.Increments];
                Normal.Samples(new MersenneTwister((10 * seed) + layer), values, 0, 1);
                return values.Select((value, i) => value * Math.Exp(-i / time)).ToArray();
            });
            var made = MadeRun.Record(layers, null, architecture, seed);
            return new RunRecord(made.Metadata with { Protocol = protocol, FinalAccuracy = 0.9 }, made.Points, made.Layers);
        }),
    ];
}
