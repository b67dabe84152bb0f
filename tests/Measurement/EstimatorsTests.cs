using Ndt.Measurement;

namespace Ndt.Tests.Measurement;

public sealed class EstimatorsTests
{
    private static readonly Spectrum FourTwoOne = new([2.0, 4.0, 1.0]);

    [Fact]
    public void Estimates_of_a_known_spectrum_have_their_exact_values()
    {
        Assert.Equal(21, FourTwoOne.FrobeniusSquared, 1e-15);
        Assert.Equal(1.3125, Estimators.StableRank(FourTwoOne), 1e-15);
        Assert.Equal(7.0 / 3, Estimators.ParticipationRatio(FourTwoOne), 1e-15);
        Assert.Equal(21.0 * 21 / 273, Estimators.ParticipationRatioEigen(FourTwoOne), 1e-15);
        Assert.Equal(2, Estimators.EffectiveRank90(FourTwoOne));
        Assert.Equal(1.75, Estimators.NuclearNormRatio(FourTwoOne), 1e-15);
        Assert.Equal(2.60049, Estimators.EffectiveRank(FourTwoOne), 5e-6);
        Assert.Equal(21 / (21 + 1e-10), Estimators.RecordedStableRank(FourTwoOne));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void A_power_law_has_its_exponent_as_alpha_at_any_scale(double alpha)
    {
        Spectrum Law(double scale) => new(Enumerable.Range(1, 64).Select(i => scale * Math.Pow(i, -alpha / 2)));
        Assert.Equal(alpha, Estimators.AlphaReq(Law(1)), 1e-12);
        Assert.Equal(alpha, Estimators.AlphaReq(Law(1e-9)), 1e-12);
    }

    [Fact]
    public void Alpha_is_fitted_to_the_upper_half_of_the_rank_and_needs_three_eigenvalues_there()
    {
        // What lies below the upper half, and what is rounding, does not matter.
        Assert.Equal(1, Estimators.AlphaReq(new Spectrum([1, Math.Sqrt(1 / 2.0), Math.Sqrt(1 / 3.0), 0.4, 1e-4, 1e-6, 0])), 1e-12);
        Assert.Equal(0, Estimators.AlphaReq(new Spectrum([3, 3, 3, 3, 3])), 1e-15);
        Assert.True(double.IsNaN(Estimators.AlphaReq(new Spectrum([4, 3, 2, 1]))));
        Assert.True(double.IsNaN(Estimators.AlphaReq(new Spectrum([]))));
        Assert.True(double.IsNaN(Estimators.AlphaReq(new Spectrum([0, 0, 0, 0, 0]))));
        Assert.True(double.IsNaN(Estimators.AlphaReq(new Spectrum([1, 1, 1, 1, double.NaN]))));
        Assert.True(double.IsNaN(Estimators.AlphaReq(new Spectrum([1, 1, 1, 1, 1, double.NaN]))));
    }

    public static TheoryData<string> All => [.. Estimates.Keys];

    private static Dictionary<string, Func<Spectrum, double>> Estimates { get; } = new()
    {
        [nameof(Estimators.StableRank)] = Estimators.StableRank,
        [nameof(Estimators.ParticipationRatio)] = Estimators.ParticipationRatio,
        [nameof(Estimators.ParticipationRatioEigen)] = Estimators.ParticipationRatioEigen,
        [nameof(Estimators.NuclearNormRatio)] = Estimators.NuclearNormRatio,
        [nameof(Estimators.EffectiveRank)] = Estimators.EffectiveRank,
        [nameof(Estimators.EffectiveRank90)] = Estimators.EffectiveRank90,
    };

    [Theory]
    [MemberData(nameof(All))]
    public void An_estimate_ignores_scale_and_lies_between_1_and_the_rank(string name)
    {
        var estimate = Estimates[name](FourTwoOne);
        Assert.InRange(estimate, 1, 3);
        Assert.Equal(estimate, Estimates[name](new Spectrum([400, 200, 100])), 1e-12);
        Assert.Equal(1, Estimates[name](new Spectrum([5, 0, 0])), 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Equal_singular_values_count_each_direction_once(string name) =>
        Assert.Equal(name == nameof(Estimators.EffectiveRank90) ? 9 : 10, Estimates[name](new Spectrum(Enumerable.Repeat(2.0, 10))), 1e-12);

    [Theory]
    [MemberData(nameof(All))]
    public void Rank_0_empty_and_NaN_give_NaN(string name)
    {
        Assert.Equal(double.NaN, Estimates[name](new Spectrum([0, 0])));
        Assert.Equal(double.NaN, Estimates[name](new Spectrum([])));
        Assert.Equal(double.NaN, Estimates[name](default));
        Assert.Equal(double.NaN, Estimates[name](new Spectrum([1, double.NaN])));
    }

    [Fact]
    public void A_negative_singular_value_is_refused() => Assert.Throws<ArgumentException>(() => new Spectrum([1, -1]));
}
