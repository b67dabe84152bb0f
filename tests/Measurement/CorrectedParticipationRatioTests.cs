using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Measurement;

namespace Ndt.Tests.Measurement;

public sealed class CorrectedParticipationRatioTests
{
    private static readonly double[] Small = [1, 2, 0, 0, 1, 3, 2, -1, 1, 1, 0, -2, 3, 1, 1];

    [Fact]
    public void The_small_matrix_has_the_ratios_of_the_definition_and_a_negative_one_among_them()
    {
        var ratios = CorrectedParticipationRatio.Of(Small, 5, 3);
        Assert.Equal(BruteForce(Small, 5, 3, centred: true, rows: false, columns: false), ratios.Naive, 1e-10);
        Assert.Equal(BruteForce(Small, 5, 3, centred: true, rows: true, columns: false), ratios.Row, 1e-10);
        Assert.Equal(BruteForce(Small, 5, 3, centred: true, rows: false, columns: true), ratios.Column, 1e-9);
        Assert.Equal(BruteForce(Small, 5, 3, centred: true, rows: true, columns: true), ratios.Both, 1e-10);
        Assert.True(ratios.Both < 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_closed_forms_equal_the_sums_over_all_index_sets(bool centred)
    {
        foreach (var (samples, features) in ((int, int)[])[(5, 3), (4, 6), (6, 2)])
        {
            var matrix = Gaussian(samples, features, samples);
            var ratios = CorrectedParticipationRatio.Of(matrix, samples, features, centred);
            Assert.Equal(BruteForce(matrix, samples, features, centred, rows: false, columns: false), ratios.Naive, 1e-9);
            Assert.Equal(BruteForce(matrix, samples, features, centred, rows: true, columns: false), ratios.Row, 1e-9);
            Assert.Equal(BruteForce(matrix, samples, features, centred, rows: false, columns: true), ratios.Column, 1e-9);
            Assert.Equal(BruteForce(matrix, samples, features, centred, rows: true, columns: true), ratios.Both, 1e-7);
        }
    }

    [Fact]
    public void The_naive_ratio_is_the_one_of_eigenvalues()
    {
        // Centred features (1,-1,0,0) and (0,0,2,-2) are orthogonal: eigenvalues 2 and 8.
        double[] matrix = [1, 0, -1, 0, 0, 2, 0, -2];
        var expected = Estimators.ParticipationRatioEigen(new Spectrum([Math.Sqrt(2), Math.Sqrt(8)]));
        Assert.Equal(expected, CorrectedParticipationRatio.Of(matrix, 4, 2).Naive, 1e-14);
        Assert.Equal(expected, CorrectedParticipationRatio.Of(matrix, 4, 2, centred: false).Naive, 1e-14);
    }

    [Fact]
    public void The_corrected_ratio_finds_the_dimension_that_the_naive_one_misses()
    {
        // Features are mixtures of 40 latent directions of equal strength, so infinitely many samples and features have ratio 40.
        const int Latent = 40, Samples = 60, Features = 80;
        double naive = 0, both = 0;
        for (var seed = 0; seed < 10; seed++)
        {
            var scores = Gaussian(Samples, Latent, seed);
            var loadings = Gaussian(Features, Latent, seed + 100);
            var matrix = new double[Samples * Features];
            for (var i = 0; i < matrix.Length; i++)
            {
                matrix[i] = MatrixShape.Dot(
                    scores.AsSpan(i / Features * Latent, Latent), loadings.AsSpan(i % Features * Latent, Latent));
            }

            var ratios = CorrectedParticipationRatio.Of(matrix, Samples, Features);
            naive += ratios.Naive / 10;
            both += ratios.Both / 10;
        }

        Assert.InRange(naive, 17, 20); // 1 / (1/60 + 1/80 + 1/40) = 18.5
        Assert.InRange(both, 37, 43);
    }

    [Fact]
    public void A_scale_does_not_matter_and_centred_neither_does_a_shift()
    {
        var ratios = CorrectedParticipationRatio.Of(Small, 5, 3);
        var moved = CorrectedParticipationRatio.Of(Array.ConvertAll(Small, value => (4 * value) + 16), 5, 3);
        Assert.Equal(ratios.Row, moved.Row, 1e-9);
        Assert.Equal(ratios.Both, moved.Both, 1e-9);
        Assert.Equal(ratios.Both, CorrectedParticipationRatio.Of(Array.ConvertAll(Small, value => (float)value), 5, 3).Both);
    }

    [Fact]
    public void Ratios_without_terms_are_NaN()
    {
        Assert.Equal(double.NaN, CorrectedParticipationRatio.Of(Small.AsSpan(0, 9), 3, 3).Row);
        Assert.Equal(double.NaN, CorrectedParticipationRatio.Of(Small, 15, 1).Column);
        Assert.Equal(double.NaN, CorrectedParticipationRatio.Of(Small, 15, 1).Both);
        Assert.Equal(double.NaN, CorrectedParticipationRatio.Of(new double[15], 5, 3).Naive);
        Assert.Equal(double.NaN, CorrectedParticipationRatio.Of(Array.Empty<double>(), 0, 0).Naive);
        Assert.Equal(double.NaN, CorrectedParticipationRatio.Of([1, 2, double.NaN, 4], 2, 2).Naive);
    }

    [Fact]
    public void Values_that_do_not_fill_the_matrix_are_refused() =>
        Assert.Throws<ArgumentException>(() => CorrectedParticipationRatio.Of(Small, 4, 4));

    private static double[] Gaussian(int rows, int columns, int seed)
    {
        var values = new double[rows * columns];
        Normal.Samples(new MersenneTwister(seed), values, 0, 1);
        return values;
    }

    /// <summary>The definition, index set by index set.</summary>
    private static double BruteForce(double[] x, int samples, int features, bool centred, bool rows, bool columns)
    {
        double numerator = 0, denominator = 0;
        double At(int i, int feature) => x[(i * features) + feature];
        foreach (var set in Tuples(samples, centred ? 4 : 2).Where(set => !rows || set.Distinct().Count() == set.Length))
        {
            for (var a = 0; a < features; a++)
            {
                for (var b = 0; b < features; b++)
                {
                    if (columns && a == b)
                    {
                        continue;
                    }

                    double First(int feature) => centred ? At(set[0], feature) - At(set[1], feature) : At(set[0], feature);
                    double Second(int feature) => centred ? At(set[2], feature) - At(set[3], feature) : At(set[1], feature);
                    numerator += First(a) * First(a) * Second(b) * Second(b);
                    denominator += First(a) * First(b) * Second(a) * Second(b);
                }
            }
        }

        return numerator / denominator;
    }

    private static IEnumerable<int[]> Tuples(int below, int length) =>
        length == 0 ? [[]] : from rest in Tuples(below, length - 1) from next in Enumerable.Range(0, below) select (int[])[.. rest, next];

    [Theory]
    [InlineData(20)]
    [InlineData(1000)]
    public void A_constant_layer_has_no_centred_ratio_whatever_rounding_leaves(int samples)
    {
        var random = new Random(5);
        var row = Enumerable.Range(0, 6).Select(_ => random.NextDouble()).ToArray();
        var ratio = CorrectedParticipationRatio.Of(Enumerable.Repeat(row, samples).SelectMany(x => x).ToArray(), samples, 6);
        Assert.All(new[] { ratio.Naive, ratio.Row, ratio.Column, ratio.Both }, value => Assert.Equal(double.NaN, value));
    }

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-170)]
    public void Scale_does_not_matter(double scale)
    {
        var random = new Random(6);
        var matrix = Enumerable.Range(0, 60).Select(_ => random.NextDouble()).ToArray();
        var (expected, scaled) = (CorrectedParticipationRatio.Of(matrix, 12, 5), CorrectedParticipationRatio.Of(Array.ConvertAll(matrix, value => value * scale), 12, 5));
        Assert.Equal(expected.Both, scaled.Both, 1e-9);
        Assert.Equal(expected.Naive, scaled.Naive, 1e-9);
    }
}
