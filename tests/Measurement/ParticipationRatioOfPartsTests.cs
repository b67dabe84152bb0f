using System.Text.Json;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Measurement;

namespace Ndt.Tests.Measurement;

/// <summary>Parts of a finite matrix and neighbourhoods, beside sums over index sets in numpy and the authors' package (tests/fixtures/make_participation_ratio.py).</summary>
public sealed class ParticipationRatioOfPartsTests
{
    private static readonly JsonElement Fixture = JsonDocument.Parse(File.ReadAllText(RepositoryPaths.Fixture("participation_ratio.json"))).RootElement;

    [Fact]
    public void Parts_have_the_ratios_that_the_sums_over_index_sets_give()
    {
        foreach (var one in Fixture.GetProperty("parts").EnumerateArray())
        {
            var (samples, features) = Shape(one);
            var expected = one.GetProperty("ratio").GetDouble();
            var found = CorrectedParticipationRatio.OfPart(Matrix(samples, features), samples, features, Size(one, "all_samples"), Size(one, "all_features"));
            Assert.Equal(expected, found, Math.Abs(expected) * 1e-9);
        }
    }

    [Fact]
    public void All_of_a_matrix_has_its_own_ratio()
    {
        var whole = Fixture.GetProperty("whole");
        var (samples, features) = Shape(whole);
        Assert.Equal(whole.GetProperty("ratio").GetDouble(), CorrectedParticipationRatio.OfPart(Matrix(samples, features), samples, features, samples, features), 1e-12);
    }

    [Fact]
    public void The_authors_package_agrees()
    {
        var package = Fixture.GetProperty("package");
        var (samples, features) = Shape(package);
        var ratios = CorrectedParticipationRatio.Of(Matrix(samples, features), samples, features);
        Assert.Equal(package.GetProperty("naive").GetDouble(), ratios.Naive, 1e-10);
        Assert.Equal(package.GetProperty("row").GetDouble(), ratios.Row, 1e-9);
        Assert.Equal(package.GetProperty("col").GetDouble(), ratios.Column, 1e-9);
        Assert.Equal(package.GetProperty("both").GetDouble(), ratios.Both, 1e-6);
        var finite = package.GetProperty("finite");
        var expected = finite.GetProperty("ratio").GetDouble();
        Assert.Equal(expected, CorrectedParticipationRatio.OfPart(Matrix(samples, features), samples, features, Size(finite, "all_samples"), Size(finite, "all_features")), expected * 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Endless_and_whole_are_the_four_ratios(bool centred)
    {
        var matrix = Matrix(8, 5);
        var ratios = CorrectedParticipationRatio.Of(matrix, 8, 5, centred);
        const double Endless = double.PositiveInfinity;
        Assert.Equal(ratios.Naive, CorrectedParticipationRatio.OfPart(matrix, 8, 5, 8, 5, centred), 1e-10);
        Assert.Equal(ratios.Row, CorrectedParticipationRatio.OfPart(matrix, 8, 5, Endless, 5, centred), 1e-9);
        Assert.Equal(ratios.Column, CorrectedParticipationRatio.OfPart(matrix, 8, 5, 8, Endless, centred), 1e-9);
        Assert.Equal(ratios.Both, CorrectedParticipationRatio.OfPart(matrix, 8, 5, Endless, Endless, centred), Math.Abs(ratios.Both) * 1e-9);
    }

    [Fact]
    public void Parts_find_the_ratio_of_their_matrix()
    {
        // 60 rows and 40 columns of a matrix of 150 by 100 and rank 20: between its own ratio and the naive one of the part lies a third of it.
        const int Rows = 150, Columns = 100, Rank = 20;
        var scores = Gaussian(Rows * Rank, 1);
        var loadings = Gaussian(Columns * Rank, 2);
        double At(int row, int column) => MatrixShape.Dot(scores.AsSpan(row * Rank, Rank), loadings.AsSpan(column * Rank, Rank));
        var whole = Enumerable.Range(0, Rows * Columns).Select(i => At(i / Columns, i % Columns)).ToArray();
        var own = CorrectedParticipationRatio.Of(whole, Rows, Columns).Naive;
        double naive = 0, found = 0;
        var random = new MersenneTwister(3);
        for (var draw = 0; draw < 40; draw++)
        {
            var rows = Enumerable.Range(0, Rows).OrderBy(_ => random.NextDouble()).Take(60).ToArray();
            var columns = Enumerable.Range(0, Columns).OrderBy(_ => random.NextDouble()).Take(40).ToArray();
            var part = rows.SelectMany(row => columns.Select(column => At(row, column))).ToArray();
            naive += CorrectedParticipationRatio.Of(part, 60, 40).Naive / 40;
            found += CorrectedParticipationRatio.OfPart(part, 60, 40, Rows, Columns) / 40;
        }

        Assert.True(naive < 0.85 * own);
        Assert.InRange(found, 0.96 * own, 1.04 * own);
    }

    [Fact]
    public void A_whole_smaller_than_its_part_is_refused_and_too_small_a_part_has_no_ratio()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CorrectedParticipationRatio.OfPart(Matrix(8, 5), 8, 5, 7, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => CorrectedParticipationRatio.OfPart(Matrix(8, 5), 8, 5, 8, 5.5));
        Assert.Equal(double.NaN, CorrectedParticipationRatio.OfPart(Matrix(3, 5), 3, 5, 10, 5));
        Assert.Equal(double.NaN, CorrectedParticipationRatio.OfPart(Matrix(8, 1), 8, 1, 8, 2));
        Assert.Equal(1, CorrectedParticipationRatio.OfPart(Matrix(8, 1), 8, 1, 20, 1), 1e-12);
        Assert.Equal(CorrectedParticipationRatio.Of(Matrix(3, 5), 3, 5).Naive, CorrectedParticipationRatio.OfPart(Matrix(3, 5), 3, 5, 3, 5), 1e-12);
    }

    [Fact]
    public void Neighbourhoods_have_the_ratios_that_numpy_gives()
    {
        var local = Fixture.GetProperty("local");
        var (samples, features) = Shape(local);
        var expected = local.GetProperty("naive_row_both").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var found = LocalParticipationRatio.Of(Matrix(samples, features), samples, features, local.GetProperty("neighbours").GetInt32());
        Assert.Equal(expected[0], found.Naive, 1e-10);
        Assert.Equal(expected[1], found.Row, 1e-9);
        Assert.Equal(expected[2], found.Both, 1e-7);
        Assert.Equal((6, 14), (found.Neighbours, found.Points));
    }

    [Fact]
    public void A_sheet_that_bends_through_many_dimensions_is_locally_flat()
    {
        // Two angles, each bent through six directions by its first three harmonics.
        var random = new MersenneTwister(4);
        var points = Enumerable.Range(0, 1500).SelectMany(_ =>
        {
            var (a, b) = (random.NextDouble() * 2 * Math.PI, random.NextDouble() * 2 * Math.PI);
            return new[] { 1, 2, 3 }.SelectMany(h => new[] { Math.Cos(h * a), Math.Sin(h * a), Math.Cos(h * b), Math.Sin(h * b) });
        }).ToArray();
        var local = LocalParticipationRatio.Of(points, 1500, 12, 12);
        Assert.InRange(CorrectedParticipationRatio.Of(points, 1500, 12).Row, 11.5, 12.5);
        Assert.InRange(local.Row, 1.85, 2.5);
        Assert.True(local.Naive < local.Row);
    }

    [Fact]
    public void Too_few_points_and_values_that_are_not_finite_have_no_local_ratio()
    {
        Assert.Equal(double.NaN, LocalParticipationRatio.Of([1.0, 2.0, 3.0, 4.0], 2, 2).Naive);
        Assert.Equal(double.NaN, LocalParticipationRatio.Of([1, 2, double.NaN, 4, 5, 6], 3, 2).Naive);
        Assert.Equal(double.NaN, LocalParticipationRatio.Of([1.0, 2, 3, 5, 5, 6.5, 0, 1], 4, 2).Row);
        Assert.Throws<ArgumentOutOfRangeException>(() => LocalParticipationRatio.Of([1.0, 2.0, 3.0, 4.0], 2, 2, 1));
    }

    private static (int Samples, int Features) Shape(JsonElement one) => (one.GetProperty("samples").GetInt32(), one.GetProperty("features").GetInt32());

    private static double Size(JsonElement one, string name) => one.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.PositiveInfinity;

    private static double[] Matrix(int samples, int features) =>
    [
        .. from i in Enumerable.Range(0, samples)
           from j in Enumerable.Range(0, features)
           select (((i * 7919) + (j * 104729) + (i * j * 31) + (i * i * 17)) % 1009 / 1009.0) + (i * (j + 3) % 7 / 7.0),
    ];

    private static double[] Gaussian(int count, int seed)
    {
        var values = new double[count];
        Normal.Samples(new MersenneTwister(seed), values, 0, 1);
        return values;
    }
}
