using Ndt.Similarity;

namespace Ndt.Tests.Similarity;

public sealed class RepresentationMeasureTests
{
    /// <summary>Each measure with what it is invariant to beyond permutation, positive scaling and shifts.</summary>
    public static TheoryData<string, bool, bool> Invariances() => new()
    {
        { "cka", true, false },
        { "cka_debiased", true, false },
        { "cca", true, true },
        { "svcca", true, false },
        { "pwcca_of_second", true, true },
        { "procrustes", true, false },
        { "rsa_euclidean", true, false },
    };

    [Fact]
    public void Every_measure_is_found_by_its_name_or_among_some_alone()
    {
        Assert.Equal(["debiased_cka", "procrustes", "rsa", "cka", "cca", "svcca", "pwcca"], SimilarityMeasure.All.Select(measure => measure.Name));
        Assert.All(SimilarityMeasure.All, measure => Assert.Same(measure, SimilarityMeasure.Find(measure.Name)));
        Assert.Throws<InputException>(() => SimilarityMeasure.Find("cka", SimilarityMeasure.AtAnySampleSize));
    }

    [Fact]
    public void Linear_CKA_equals_that_of_Gram_matrices()
    {
        var (x, y) = (SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y"));
        Assert.Equal(SimilarityFixture.Number("cka_biased"), LinearCka.Biased(x, y), 1e-12);
        Assert.Equal(SimilarityFixture.Number("cka_debiased"), LinearCka.Debiased(x, y), 1e-12);
    }

    [Fact]
    public void Biased_CKA_does_not_exceed_1_by_rounding() => Assert.All(Enumerable.Range(0, 100), seed =>
    {
        var x = Maps.Gaussian(12, 3, seed);
        Assert.InRange(LinearCka.Biased(x, x), 1 - 1e-14, 1);
        Assert.InRange(LinearCka.Biased(x, Maps.PermuteColumns(x, seed)), 1 - 1e-14, 1);
    });

    [Fact]
    public void Linear_CKA_of_more_features_than_samples_takes_the_other_way_to_the_same_number()
    {
        var (x, y) = (SimilarityFixture.Matrix("wide_x"), SimilarityFixture.Matrix("wide_y"));
        Assert.Equal(SimilarityFixture.Number("cka_biased_wide"), LinearCka.Biased(x, y), 1e-12);
        Assert.Equal(SimilarityFixture.Number("cka_debiased_wide"), LinearCka.Debiased(x, y), 1e-12);
    }

    [Fact]
    public void Canonical_correlations_equal_those_of_whitened_features()
    {
        var (x, y) = (SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y"));
        var expected = SimilarityFixture.Numbers("cca");
        Assert.Equal(expected, CanonicalCorrelation.All(x, y), (a, b) => Math.Abs(a - b) < 1e-10);
        Assert.Equal(expected.Average(), CanonicalCorrelation.Mean(x, y), 1e-10);
    }

    [Fact]
    public void SVCCA_equals_CCA_of_the_leading_directions()
    {
        Assert.Equal(SimilarityFixture.Number("svcca"), Svcca.Similarity(SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y")), 1e-10);
        Assert.Equal(SimilarityFixture.Number("svcca_wide_90"), Svcca.Similarity(SimilarityFixture.Matrix("wide_x"), SimilarityFixture.Matrix("wide_y"), 0.9), 1e-10);
    }

    [Fact]
    public void PWCCA_weighs_by_its_first_argument()
    {
        var (x, y) = (SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y"));
        Assert.Equal(SimilarityFixture.Number("pwcca"), Pwcca.Similarity(x, y), 1e-10);
        Assert.Equal(SimilarityFixture.Number("pwcca_reversed"), Pwcca.Similarity(y, x), 1e-10);
    }

    [Fact]
    public void Procrustes_is_the_nuclear_norm_of_the_cross_product()
    {
        Assert.Equal(SimilarityFixture.Number("procrustes"), Procrustes.Similarity(SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y")), 1e-12);
        var wide = SimilarityFixture.Number("procrustes_wide");
        Assert.Equal(wide, Procrustes.Similarity(SimilarityFixture.Matrix("wide_x"), SimilarityFixture.Matrix("wide_y")), 1e-12);
        Assert.Equal(2 - (2 * wide), Procrustes.SquaredDistance(SimilarityFixture.Matrix("wide_x"), SimilarityFixture.Matrix("wide_y")), 1e-12);
    }

    [Theory]
    [InlineData(Dissimilarity.Correlation, "rsa_correlation")]
    [InlineData(Dissimilarity.Euclidean, "rsa_euclidean")]
    [InlineData(Dissimilarity.Cosine, "rsa_cosine")]
    public void Representational_similarity_equals_SciPys_of_distances(Dissimilarity kind, string expected) =>
        Assert.Equal(SimilarityFixture.Number(expected), RepresentationalSimilarity.Similarity(SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y"), kind), 1e-12);

    [Theory]
    [MemberData(nameof(Invariances))]
    public void A_representation_is_wholly_similar_to_what_the_measure_does_not_tell_from_it(string measure, bool toRotation, bool toMixing)
    {
        var x = Maps.Gaussian(60, 8, 1);
        Assert.Equal(1, Measure(measure, x, x), 1e-9);
        Assert.Equal(1, Measure(measure, x, Maps.PermuteColumns(x, 2)), 1e-9);
        Assert.Equal(1, Measure(measure, x, Maps.ScaleAndShift(x)), 1e-9);
        AssertInvariance(toRotation, Measure(measure, x, Maps.Rotate(x, 3)), 1);


        // What SVCCA keeps of a mixed copy still lies within the original: it takes another representation to see the difference.
        AssertInvariance(toMixing || measure == "svcca", Measure(measure, x, Maps.Mix(x, 4)), 1);
    }

    [Theory]
    [MemberData(nameof(Invariances))]
    public void A_similarity_between_others_does_not_change_under_the_same_maps(string measure, bool toRotation, bool toMixing)
    {
        var (x, y) = (SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y"));
        var plain = Measure(measure, x, y);
        Assert.InRange(plain, 0.05, 0.99);
        Assert.Equal(plain, Measure(measure, x, Maps.ScaleAndShift(y)), 1e-9);
        AssertInvariance(toRotation, Measure(measure, x, Maps.Rotate(y, 5)), plain);
        AssertInvariance(toMixing, Measure(measure, x, Maps.Mix(y, 6)), plain);
    }

    [Fact]
    public void Correlation_distances_are_not_invariant_to_rotation() =>
        Assert.InRange(RepresentationalSimilarity.Similarity(Maps.Gaussian(60, 8, 1), Maps.Rotate(Maps.Gaussian(60, 8, 1), 3)), 0.1, 0.97);

    [Fact]
    public void PWCCA_depends_on_the_basis_of_its_first_argument()
    {
        var (x, y) = (SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y"));
        Assert.True(Math.Abs(Pwcca.Similarity(x, y) - Pwcca.Similarity(Maps.Rotate(x, 5), y)) > 1e-3);
        Assert.Equal(Pwcca.Similarity(x, y), Pwcca.Similarity(Maps.PermuteColumns(x, 5), y), 1e-10);
    }

    [Theory]
    [InlineData("cka")]
    [InlineData("cka_debiased")]
    [InlineData("cca")]
    [InlineData("svcca")]
    [InlineData("procrustes")]
    [InlineData("rsa_correlation")]
    public void A_measure_is_symmetric(string measure)
    {
        var (x, y) = (SimilarityFixture.Matrix("x"), SimilarityFixture.Matrix("y"));
        Assert.Equal(Measure(measure, x, y), Measure(measure, y, x), 1e-12);
    }

    [Fact]
    public void Biased_CKA_of_independent_features_is_far_from_zero_and_debiased_is_not()
    {
        // n = 50 samples, p = 200 features: the biased one is about p / (p + n).
        double biased = 0, debiased = 0;
        const int Pairs = 20;
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (x, y) = (Maps.Gaussian(50, 200, 100 + pair), Maps.Gaussian(50, 200, 200 + pair));
            biased += LinearCka.Biased(x, y) / Pairs;
            debiased += LinearCka.Debiased(x, y) / Pairs;
        }

        Assert.Equal(0.80, biased, 0.01);
        Assert.Equal(0.00, debiased, 0.03);
    }

    [Fact]
    public void As_many_features_as_samples_make_every_canonical_correlation_1() =>
        Assert.Equal(1, CanonicalCorrelation.Mean(Maps.Gaussian(20, 25, 1), Maps.Gaussian(20, 25, 2)), 1e-9);

    [Fact]
    public void Directions_of_rounding_do_not_count()
    {
        // The third feature is the sum of the others: rank 2.
        var x = Maps.Gaussian(30, 2, 1);
        var dependent = new Matrix(30, 3, Enumerable.Range(0, 30).SelectMany(i => new[] { x[i, 0], x[i, 1], x[i, 0] + x[i, 1] }).ToArray());
        Assert.Equal(2, CanonicalCorrelation.All(dependent, Maps.Gaussian(30, 5, 2)).Length);
        Assert.Equal(1, CanonicalCorrelation.Mean(dependent, x), 1e-10);
    }

    /// <summary>A network's activations are right to 24 bits: what is below is another number on another processor. numpy.linalg.matrix_rank gives 2 for these in float32, 3 in float64.</summary>
    [Fact]
    public void Directions_of_single_precisions_rounding_do_not_count_among_numbers_of_single_precision()
    {
        var (x, y) = (Single(Maps.Gaussian(30, 2, 1)), Single(Maps.Gaussian(30, 5, 2)));
        var mixed = new Matrix(30, 3, Enumerable.Range(0, 30).SelectMany(i => new[] { x[i, 0], x[i, 1], (0.3 * x[i, 0]) + (0.7 * x[i, 1]) }).ToArray());
        var stored = Single(mixed);
        Assert.Equal(CanonicalCorrelation.All(x, y), CanonicalCorrelation.All(stored, y), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(Pwcca.Similarity(y, x), Pwcca.Similarity(y, stored), 1e-6);
        Assert.Equal(2, CanonicalCorrelation.All(mixed, y).Length);

        // In double precision a direction of this size is one.
        var inDouble = new Matrix(30, 3, stored.Values.ToArray().Select(value => value * (1 + 1e-12)).ToArray());
        Assert.Equal(3, CanonicalCorrelation.All(inDouble, y).Length);

        static Matrix Single(Matrix of) => new(of.Rows, of.Columns, of.Values.ToArray().Select(value => (double)(float)value).ToArray());
    }

    [Theory]
    [InlineData("cka")]
    [InlineData("cka_debiased")]
    [InlineData("cca")]
    [InlineData("svcca")]
    [InlineData("pwcca_of_second")]
    [InlineData("procrustes")]
    [InlineData("rsa_correlation")]
    [InlineData("rsa_euclidean")]
    public void What_has_no_similarity_gives_NaN(string measure)
    {
        var x = Maps.Gaussian(10, 3, 1);
        Assert.Equal(double.NaN, Measure(measure, x, Maps.Map(x, (i, j) => i == 4 && j == 1 ? double.NaN : x[i, j])));
        Assert.Equal(double.NaN, Measure(measure, x, Maps.Map(x, (i, j) => i == 4 && j == 1 ? double.PositiveInfinity : x[i, j])));
        Assert.Equal(double.NaN, Measure(measure, x, Maps.Map(x, (_, _) => 0)));
        Assert.Equal(double.NaN, Measure(measure, x, Maps.Map(x, (_, _) => 0.1)));
        Assert.Equal(double.NaN, Measure(measure, x, new Matrix(10, 0, default)));
        Assert.Equal(double.NaN, Measure(measure, Maps.Gaussian(1, 3, 1), Maps.Gaussian(1, 3, 2)));
        Assert.Equal(double.NaN, Measure(measure, new Matrix(0, 3, default), new Matrix(0, 3, default)));
    }

    [Fact]
    public void Different_samples_are_not_compared() =>
        Assert.Throws<ArgumentException>(() => LinearCka.Biased(Maps.Gaussian(10, 3, 1), Maps.Gaussian(11, 3, 1)));

    private static void AssertInvariance(bool isInvariant, double value, double plain)
    {
        if (isInvariant)
        {
            Assert.Equal(plain, value, 1e-8);
        }
        else
        {
            Assert.True(Math.Abs(plain - value) > 0.01, $"{value} is as {plain}, though the measure is not invariant");
        }
    }

    private static double Measure(string name, Matrix x, Matrix y) => name switch
    {
        "cka" => LinearCka.Biased(x, y),
        "cka_debiased" => LinearCka.Debiased(x, y),
        "cca" => CanonicalCorrelation.Mean(x, y),
        "svcca" => Svcca.Similarity(x, y),
        "pwcca_of_second" => Pwcca.Similarity(x, y),
        "procrustes" => Procrustes.Similarity(x, y),
        "rsa_correlation" => RepresentationalSimilarity.Similarity(x, y),
        "rsa_euclidean" => RepresentationalSimilarity.Similarity(x, y, Dissimilarity.Euclidean),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
