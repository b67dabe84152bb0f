using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Similarity;

namespace Ndt.Tests.Similarity;

public sealed class ExtremeScaleTests
{
    private static readonly (string Name, Func<Matrix, Matrix, double> Of)[] Measures =
    [
        ("biased CKA", LinearCka.Biased), ("debiased CKA", LinearCka.Debiased), ("CKA of both", LinearCka.Both), ("CCA", CanonicalCorrelation.Mean), ("SVCCA", (x, y) => Svcca.Similarity(x, y)),
        ("PWCCA", Pwcca.Similarity), ("Procrustes", Procrustes.Similarity), ("RSA", (x, y) => RepresentationalSimilarity.Similarity(x, y)),
        ("RSA of distances", (x, y) => RepresentationalSimilarity.Similarity(x, y, Dissimilarity.Euclidean)), ("cosine", CosineSimilarity.Flattened), ("mean cosine", CosineSimilarity.MeanOverUnits),
    ];

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-170)]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void No_measure_depends_on_the_scale(double scale)
    {
        var random = new MersenneTwister(1);
        Matrix Draw() => new(30, 4, Normal.Samples(random, 0, 1).Take(120).ToArray());
        var (x, y) = (Draw(), Draw());
        var large = new Matrix(30, 4, x.Values.ToArray().Select(value => value * scale).ToArray());
        Assert.All(Measures, measure =>
        {
            Assert.Equal(measure.Of(x, y), measure.Of(large, y), 1e-9);
            Assert.Equal(measure.Of(y, x), measure.Of(y, large), 1e-9);
            Assert.Equal(measure.Of(x, x), measure.Of(large, large), 1e-9);
        });
    }

    [Fact]
    public void CKA_of_both_estimates_that_of_all_units_from_a_few_of_them()
    {
        // Units are random mixtures of latent variables; X has 5, Y the same first 3 and 2 of its own. Of infinitely many units CKA follows from the latents' kernels:
        // ⟨K, L⟩ / (‖K‖ ‖L‖) with 3 shared of 5 and 5 directions of one variance each: 3 / 5.
        const int Samples = 60, Units = 20, Draws = 200;
        var random = new MersenneTwister(7);
        double[] sums = [0, 0];
        for (var draw = 0; draw < Draws; draw++)
        {
            var latents = Normal.Samples(random, 0, 1).Take(Samples * 7).ToArray();
            Matrix Mix(int[] own)
            {
                var weights = Normal.Samples(random, 0, 1).Take(Units * own.Length).ToArray();
                return new Matrix(Samples, Units, Enumerable.Range(0, Samples * Units).Select(at => own.Select((latent, k) => latents[(at / Units * 7) + latent] * weights[(at % Units * own.Length) + k]).Sum()).ToArray());
            }

            var (x, y) = (Mix([0, 1, 2, 3, 4]), Mix([0, 1, 2, 5, 6]));
            sums[0] += LinearCka.Both(x, y) / Draws;
            sums[1] += LinearCka.Debiased(x, y) / Draws;
        }

        Assert.Equal(0.6, sums[0], 0.05);
        Assert.True(sums[1] < 0.52, $"debiased for samples alone: {sums[1]}");
    }

    [Fact]
    public void The_Procrustes_distance_is_a_metric_and_its_square_is_none()
    {
        var random = new MersenneTwister(4);
        var broken = 0;
        for (var draw = 0; draw < 200; draw++)
        {
            var a = new Matrix(12, 3, Normal.Samples(random, 0, 1).Take(36).ToArray());
            var c = new Matrix(12, 3, Normal.Samples(random, 0, 1).Take(36).ToArray());
            var b = new Matrix(12, 3, a.Values.ToArray().Zip(c.Values.ToArray(), (one, other) => one + other).ToArray());
            Assert.True(Procrustes.Distance(a, c) <= Procrustes.Distance(a, b) + Procrustes.Distance(b, c) + 1e-12);
            broken += Procrustes.SquaredDistance(a, c) > Procrustes.SquaredDistance(a, b) + Procrustes.SquaredDistance(b, c) ? 1 : 0;
        }

        Assert.True(broken > 0);
    }
}
