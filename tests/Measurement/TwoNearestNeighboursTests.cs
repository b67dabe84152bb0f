using MathNet.Numerics.Random;
using Ndt.Measurement;

namespace Ndt.Tests.Measurement;

public sealed class TwoNearestNeighboursTests
{
    // A cube's edge lowers the estimate, since points there have no neighbours beyond it. No table from outside says by how much: 1.99 and 4.69 are this estimator's own
    // means and hold it where it is. What holds the definition is the test with points in geometric progression.
    [Fact]
    public void A_square_has_dimension_2() => Assert.Equal(1.99, MeanOverSeeds(points: 2000, dimensions: 2, embedding: 2), 0.05);

    [Fact]
    public void A_5_cube_in_20_dimensions_has_dimension_near_5_and_somewhat_less() =>
        Assert.Equal(4.69, MeanOverSeeds(points: 2000, dimensions: 5, embedding: 20), 0.12);

    [Fact]
    public void Points_in_geometric_progression_have_the_slope_of_the_definition()
    {
        // On a line at 0, 1, 3: ratios 3, 2, 1.5; only the lowest two of three are fitted (90 % of 3, rounded down).
        double[] x = [Math.Log(1.5), Math.Log(2)];
        double[] y = [-Math.Log(2.0 / 3), -Math.Log(1.0 / 3)];
        var expected = ((x[0] * y[0]) + (x[1] * y[1])) / ((x[0] * x[0]) + (x[1] * x[1]));
        var estimate = TwoNearestNeighbours.Of((double[])[0, 1, 3], 3, 1);
        Assert.Equal(expected, estimate.Dimension, 1e-14);
        Assert.Equal(2, estimate.Points);
    }

    [Fact]
    public void Duplicates_and_too_few_points_tell_nothing()
    {
        Assert.Equal(double.NaN, TwoNearestNeighbours.Of(new double[20], 10, 2).Dimension);
        Assert.Equal(double.NaN, TwoNearestNeighbours.Of([1.0, 2.0], 2, 1).Dimension);
        Assert.Equal(double.NaN, TwoNearestNeighbours.Of(Array.Empty<double>(), 0, 3).Dimension);
        Assert.Equal(double.NaN, TwoNearestNeighbours.Of([0, 1, double.NaN, 3.0], 4, 1).Dimension);
    }

    private static double MeanOverSeeds(int points, int dimensions, int embedding)
    {
        const int Seeds = 10;
        double sum = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new MersenneTwister(seed);
            var cloud = new double[points * embedding];
            for (var i = 0; i < points; i++)
            {
                for (var d = 0; d < dimensions; d++)
                {
                    cloud[(i * embedding) + d] = random.NextDouble();
                }
            }

            sum += TwoNearestNeighbours.Of(cloud, points, embedding).Dimension;
        }

        return sum / Seeds;
    }
}
