using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Ndt.Statistics;

namespace Ndt.Analysis.Nulls;

/// <summary>
/// Noise that dies down as the run's own increments do, and nothing else: every increment is the series' mean plus the spread at its place
/// (<see cref="VarianceEnvelope"/>) times a draw that knows no time.
/// </summary>
/// <remarks>
/// <para>
/// It is a family, by the envelope's window, by the estimator of spread and by the shape of the noise, and its members differ by more than 15 points in the share of
/// early events that they give. <see cref="Chosen"/> was chosen by series whose truth is known, before any member had been held against the runs:
/// of 27 envelopes (constant, exponential with a floor, power law, sigmoid) and three shapes of noise (normal, Laplace, Student's t with 4 degrees), a member's share must
/// agree with the share that the same noise really has (docs/nulls.md; tests/fixtures/make_null_family.py).
/// </para>
/// <para>Two things decided. With normal draws the members are off by up to 24 points where the noise has heavier tails than normal noise. And a window
/// as wide as the tested bin (±20 of 40) smears what falls at once over the whole bin.</para>
/// </remarks>
/// <param name="coupling">Whether layers are drawn together, so that what they share at the same moment stays.</param>
/// <param name="reach">Increments on either side that the envelope is taken over.</param>
/// <param name="estimator">How the spread in a window is estimated.</param>
/// <param name="shape">What the envelope is filled with.</param>
public sealed class FadingNoiseNull(
    LayerCoupling coupling,
    int reach = FadingNoiseNull.ChosenReach,
    SpreadEstimator estimator = SpreadEstimator.MeanSquare,
    NoiseShape shape = NoiseShape.OwnIncrements) : NullModel
{
    /// <summary>Half the window of <see cref="Chosen"/>: 21 increments, half of the first tenth of 399.</summary>
    public const int ChosenReach = 10;

    /// <summary>
    /// How far, as a share, <see cref="Chosen"/> was off on the worst of the made series: an excess smaller than this is not told from the method's own error,
    /// however small its p.
    /// </summary>
    public const double ChosenError = 0.04;

    // Layers may repeat each other exactly; their correlation matrix then has no Cholesky factor without a little more on its diagonal.
    private const double Ridge = 1e-9;

    /// <summary>The member that speaks for the family in questions of timing.</summary>
    public static FadingNoiseNull Chosen { get; } = new(LayerCoupling.Together);

    /// <summary>The windows of the family, as increments on either side.</summary>
    public static IReadOnlyList<int> Reaches { get; } = [5, 10, 20, 40];

    /// <summary>Increments on either side that the envelope is taken over.</summary>
    public int Reach => reach;

    /// <summary>How the spread in a window is estimated.</summary>
    public SpreadEstimator Estimator => estimator;

    /// <summary>What the envelope is filled with.</summary>
    public NoiseShape Shape => shape;

    /// <inheritdoc/>
    public override string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"fading noise{(coupling == LayerCoupling.Together ? "" : " per layer")} (±{reach}, {(estimator == SpreadEstimator.MeanSquare ? "mean square" : "median")}, {(shape == NoiseShape.OwnIncrements ? "own increments" : "normal")})");

    /// <inheritdoc/>
    public override string Keeps =>
        $"mean of every layer's increments, their spread as it changes over time{(shape == NoiseShape.OwnIncrements ? ", their tails" : "")}"
        + (coupling == LayerCoupling.Together ? ", correlation between layers at the same moment" : "");

    /// <inheritdoc/>
    public override string Destroys =>
        $"single increments that stand out from those around them, {(shape == NoiseShape.Normal ? "heavy tails, " : "")}autocorrelation, drift"
        + (coupling == LayerCoupling.Apart ? ", whether layers move together" : "");

    internal override NullSampler Fit(IReadOnlyList<double[]> increments)
    {
        var fit = new Envelopes(increments, reach, estimator);
        return shape == NoiseShape.OwnIncrements ? new OwnSampler(fit, coupling) : new NormalSampler(fit, coupling);
    }

    private sealed class Envelopes(IReadOnlyList<double[]> increments, int reach, SpreadEstimator estimator)
    {
        public double[] Means { get; } = [.. increments.Select(layer => Descriptive.Mean(layer))];

        public double[][] Spreads { get; } = [.. increments.Select(layer => VarianceEnvelope.Of(layer, reach, estimator))];

        /// <summary>Increments less their mean, in units of the envelope; 0 where the envelope is.</summary>
        public double[][] Standardised() =>
        [
            .. increments.Select((layer, l) => layer.Select((value, i) => Spreads[l][i] == 0 ? 0 : (value - Means[l]) / Spreads[l][i]).ToArray()),
        ];
    }

    private sealed class OwnSampler(Envelopes fit, LayerCoupling coupling) : NullSampler
    {
        private readonly double[][] standardised = fit.Standardised();
        private readonly int[] order = new int[fit.Spreads.Length == 0 ? 0 : fit.Spreads[0].Length];

        public override void Draw(Random random, IReadOnlyList<double[]> target)
        {
            for (var layer = 0; layer < standardised.Length; layer++)
            {
                if (layer == 0 || coupling == LayerCoupling.Apart)
                {
                    Permutations.Shuffle(order, random);
                }

                var (own, spreads, mean, drawn) = (standardised[layer], fit.Spreads[layer], fit.Means[layer], target[layer]);
                for (var i = 0; i < order.Length; i++)
                {
                    drawn[i] = mean + (spreads[i] * own[order[i]]);
                }
            }
        }
    }

    private sealed class NormalSampler : NullSampler
    {
        private readonly Envelopes fit;
        private readonly double[,]? factor;
        private readonly double[] normal;

        public NormalSampler(Envelopes fit, LayerCoupling coupling)
        {
            this.fit = fit;
            factor = coupling == LayerCoupling.Together ? CorrelationFactor(fit.Standardised()) : null;
            normal = new double[fit.Means.Length];
        }

        public override void Draw(Random random, IReadOnlyList<double[]> target)
        {
            for (var i = 0; i < fit.Spreads[0].Length; i++)
            {
                Normal.Samples(random, normal, 0, 1);
                for (var layer = 0; layer < normal.Length; layer++)
                {
                    target[layer][i] = fit.Means[layer] + (fit.Spreads[layer][i] * Correlated(layer));
                }
            }
        }

        private double Correlated(int layer)
        {
            if (factor is null)
            {
                return normal[layer];
            }

            double sum = 0;
            for (var k = 0; k <= layer; k++)
            {
                sum += factor[layer, k] * normal[k];
            }

            return sum;
        }

        private static double[,] CorrelationFactor(double[][] standardised)
        {
            var layers = standardised.Length;
            var correlation = Matrix<double>.Build.Dense(layers, layers);
            for (var a = 0; a < layers; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    correlation[a, b] = correlation[b, a] = a == b ? 1 + Ridge : Correlation(standardised[a], standardised[b]);
                }
            }

            return correlation.Cholesky().Factor.ToArray();
        }

        private static double Correlation(double[] x, double[] y)
        {
            double xy = 0, xx = 0, yy = 0;
            for (var i = 0; i < x.Length; i++)
            {
                xy += x[i] * y[i];
                xx += x[i] * x[i];
                yy += y[i] * y[i];
            }

            // A layer that does not move goes with nothing.
            return xx == 0 || yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
        }
    }
}
