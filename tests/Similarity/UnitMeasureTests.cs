using System.Globalization;
using MathNet.Numerics.Random;
using Ndt.Checkpoints;
using Ndt.Similarity;
using Ndt.Tests.Checkpoints;

namespace Ndt.Tests.Similarity;

public sealed class UnitMeasureTests
{
    [Fact]
    public void An_assignment_costs_what_SciPys_does()
    {
        foreach (var element in SimilarityFixture.Element("costs").EnumerateArray())
        {
            var costs = SimilarityFixture.Matrix(element);
            var columns = LinearAssignment.Minimise(costs);
            Assert.Equal(costs.Rows, columns.Distinct().Count());
            Assert.Equal(element.GetProperty("optimum").GetDouble(), columns.Select((column, row) => costs[row, column]).Sum(), 1e-12);
        }
    }

    [Fact]
    public void An_assignment_is_the_best_of_all_permutations()
    {
        var random = new MersenneTwister(3);
        for (var example = 0; example < 50; example++)
        {
            var costs = new Matrix(5, 5, Enumerable.Range(0, 25).Select(_ => (double)random.Next(10)).ToArray());
            var best = Permutations([0, 1, 2, 3, 4]).Min(columns => columns.Select((column, row) => costs[row, column]).Sum());
            Assert.Equal(best, LinearAssignment.Minimise(costs).Select((column, row) => costs[row, column]).Sum());
        }
    }

    [Fact]
    public void No_rows_need_no_columns() => Assert.Empty(LinearAssignment.Minimise(new Matrix(0, 3, default)));

    [Fact]
    public void What_cannot_be_assigned_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LinearAssignment.Minimise(Maps.Gaussian(3, 2, 1)));
        Assert.Throws<ArgumentException>(() => LinearAssignment.Minimise(new Matrix(1, 1, new[] { double.NaN })));
    }

    [Fact]
    public void A_permuted_copy_of_a_layer_has_matched_cosine_1()
    {
        var layer = Maps.Gaussian(24, 9, 1);
        var copy = Maps.PermuteRows(Maps.Map(layer, (i, j) => 2 * layer[i, j]), 2);
        Assert.InRange(CosineSimilarity.Flattened(layer, copy), -0.5, 0.5);
        Assert.Equal(1, CosineSimilarity.Match(layer, copy), 1e-12);
    }

    [Fact]
    public void Cosines_scale_with_nothing_and_change_sign_with_the_layer()
    {
        var (a, b) = (Maps.Gaussian(6, 4, 1), Maps.Gaussian(6, 4, 2));
        var cosine = CosineSimilarity.Flattened(a, b);
        Assert.Equal(cosine, CosineSimilarity.Flattened(Maps.Map(a, (i, j) => 1e-6 * a[i, j]), b), 1e-14);
        Assert.Equal(CosineSimilarity.MeanOverUnits(a, b), CosineSimilarity.MeanOverUnits(Maps.Map(a, (i, j) => (i + 1) * a[i, j]), b), 1e-14);
        Assert.Equal(-cosine, CosineSimilarity.Flattened(Maps.Map(a, (i, j) => -a[i, j]), b), 1e-14);
    }

    [Theory]
    [InlineData(1e-200, 1e300)]
    [InlineData(1e-160, 1e150)]
    [InlineData(5e-324, double.MaxValue)]
    public void A_tiny_vector_and_a_huge_one_have_a_cosine(double tiny, double huge)
    {
        Assert.Equal(1, CosineSimilarity.Flattened([tiny], [huge]));
        Assert.Equal(-Math.Sqrt(0.5), CosineSimilarity.Flattened([-tiny, 0], [huge, huge]), 1e-15);
    }

    [Fact]
    public void Unrelated_layers_match_well_above_zero() =>
        Assert.InRange(CosineSimilarity.Match(Maps.Gaussian(32, 9, 1), Maps.Gaussian(32, 9, 2)), 0.4, 0.8);

    [Fact]
    public void A_unit_without_weights_counts_as_zero()
    {
        var layer = new Matrix(2, 2, new double[] { 1, 0, 0, 0 });
        Assert.Equal(0.5, CosineSimilarity.Match(layer, layer));
        Assert.Equal(0.5, CosineSimilarity.MeanOverUnits(layer, layer));
    }

    [Fact]
    public void What_has_no_cosine_gives_NaN()
    {
        Assert.Equal(double.NaN, CosineSimilarity.Flattened([0, 0], [1, 0]));
        Assert.Equal(double.NaN, CosineSimilarity.Flattened([0, 0], [1e300, 0]));
        Assert.Equal(double.NaN, CosineSimilarity.Flattened([], []));
        Assert.Equal(double.NaN, CosineSimilarity.Flattened([double.PositiveInfinity, 1], [1, 1]));
        Assert.Equal(double.NaN, CosineSimilarity.Flattened([1e-200, 1], [double.NaN, 1]));
        Assert.Equal(double.NaN, CosineSimilarity.Match(new Matrix(0, 3, default), new Matrix(0, 3, default)));
        Assert.Equal(double.NaN, CosineSimilarity.Match(new Matrix(1, 1, new[] { double.NaN }), new Matrix(1, 1, new[] { 1.0 })));
        Assert.Throws<ArgumentException>(() => CosineSimilarity.Flattened([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => CosineSimilarity.Match(Maps.Gaussian(2, 3, 1), Maps.Gaussian(3, 2, 1)));
    }

    [Theory]
    [InlineData(100, 1000, 0.9851)]
    [InlineData(1000, 2000, 0.9962)]
    public void The_studys_filter_cosines_come_out_of_its_checkpoints(int from, int to, double published)
    {
        var (a, b) = (Load(from), Load(to));
        Assert.Equal(published, CosineSimilarity.MeanOverUnits(a, b), 5e-5);

        static Matrix Load(int step) => Matrix.FromUnits(PyTorchFile.Read(CheckpointFixtures.Archive($"cnn_deep_mnist2/checkpoint_step_{step:D5}.pt")).Tensor("conv_layers.0.weight"));
    }

    [Fact]
    public void A_message_has_its_numbers_with_a_point_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Contains("1.5", Assert.Throws<ArgumentException>(() => Svcca.Similarity(Maps.Gaussian(3, 2, 1), Maps.Gaussian(3, 2, 2), 1.5)).Message, StringComparison.Ordinal);
            Assert.Contains("0.75", Assert.Throws<ArgumentException>(() => JensenShannon.Divergence([0.5, 0.25], [0.5, 0.5])).Message, StringComparison.Ordinal);
            Assert.Contains("-0.5", Assert.Throws<ArgumentException>(() => JensenShannon.Divergence([-0.5, 1.5], [0.5, 0.5])).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Divergences_between_attention_maps_equal_SciPys()
    {
        var (p, q) = (SimilarityFixture.Matrix("attention_p"), SimilarityFixture.Matrix("attention_q"));
        var expected = SimilarityFixture.Numbers("jensen_shannon");
        for (var i = 0; i < p.Rows; i++)
        {
            Assert.Equal(expected[i], JensenShannon.Divergence(p.Row(i), q.Row(i)), 1e-14);
        }

        Assert.Equal(expected.Average(), JensenShannon.Mean(p, q), 1e-14);
        Assert.Equal(JensenShannon.Mean(p, q), JensenShannon.Mean(q, p), 1e-15);
        Assert.Equal(JensenShannon.Mean(p, q), JensenShannon.Mean(Maps.PermuteColumns(p, 1), Maps.PermuteColumns(q, 1)), 1e-15);
    }

    [Fact]
    public void A_divergence_is_0_for_equals_and_1_for_disjoint_ones()
    {
        Assert.Equal(0, JensenShannon.Divergence([0.25, 0.75], [0.25, 0.75]));
        Assert.Equal(1, JensenShannon.Divergence([0.5, 0.5, 0, 0], [0, 0, 0.1, 0.9]), 1e-15);
    }

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        Assert.Throws<ArgumentException>(() => JensenShannon.Divergence([0.5, 0.6], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => JensenShannon.Divergence([1.5, -0.5], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => JensenShannon.Divergence([], []));
        Assert.Throws<ArgumentException>(() => JensenShannon.Divergence([1], [0.5, 0.5]));
        Assert.Equal(double.NaN, JensenShannon.Divergence([double.NaN, 1], [0.5, 0.5]));
        Assert.Equal(double.NaN, JensenShannon.Mean(new Matrix(0, 2, default), new Matrix(0, 2, default)));
    }

    [Theory]
    [InlineData(Dissimilarity.Euclidean, "silhouette_euclidean")]
    [InlineData(Dissimilarity.Cosine, "silhouette_cosine")]
    public void A_silhouette_is_Rousseeuws(Dissimilarity kind, string expected)
    {
        int[] labels = [.. SimilarityFixture.Element("labels").EnumerateArray().Select(label => label.GetInt32())];
        var points = SimilarityFixture.Matrix("points");
        Assert.Equal(SimilarityFixture.Number(expected), Silhouette.Mean(points, labels, kind), 1e-13);
        Assert.Equal(SimilarityFixture.Number(expected), Silhouette.Mean(Maps.Rotate(points, 1), labels, kind), 1e-12);
    }

    [Fact]
    public void A_silhouette_needs_two_clusters_and_a_pair()
    {
        var points = Maps.Gaussian(3, 2, 1);
        Assert.Equal(double.NaN, Silhouette.Mean(points, [0, 0, 0], Dissimilarity.Euclidean));
        Assert.Equal(double.NaN, Silhouette.Mean(points, [0, 1, 2], Dissimilarity.Euclidean));
        Assert.Equal(0, Silhouette.Mean(new Matrix(3, 1, new double[] { 1, 1, 1 }), [0, 0, 1], Dissimilarity.Euclidean));
        Assert.Throws<ArgumentException>(() => Silhouette.Mean(points, [0, 1], Dissimilarity.Euclidean));
    }

    [Theory]
    [InlineData(Dissimilarity.Euclidean)]
    [InlineData(Dissimilarity.Cosine)]
    public void Gaussian_filters_are_as_diverse_as_Gaussian_filters(Dissimilarity kind)
    {
        var diversity = FilterDiversity.Measure(Maps.Gaussian(32, 9, 5), 4, kind, seed: 1);
        Assert.InRange(diversity.Silhouette, diversity.GaussianLow, diversity.GaussianHigh);
        Assert.InRange(diversity.GaussianMean, diversity.GaussianLow, diversity.GaussianHigh);
        Assert.Equal(diversity, FilterDiversity.Measure(Maps.Gaussian(32, 9, 5), 4, kind, seed: 1));
    }

    [Fact]
    public void Clustered_filters_stand_out_of_Gaussian_ones()
    {
        var noise = Maps.Gaussian(32, 9, 5);
        var clustered = Maps.Map(noise, (i, j) => (0.2 * noise[i, j]) + (i % 4 == j % 4 ? 3 : 0));
        var diversity = FilterDiversity.Measure(clustered, 4, Dissimilarity.Euclidean, seed: 1);
        Assert.True(diversity.Silhouette > 0.8 && diversity.Silhouette > diversity.GaussianHigh);
        Assert.Throws<ArgumentException>(() => FilterDiversity.Measure(clustered, 32, Dissimilarity.Euclidean, seed: 1));
    }

    private static IEnumerable<int[]> Permutations(int[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
