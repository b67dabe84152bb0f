using MathNet.Numerics.Random;

namespace Ndt.Analysis.Horizon;

/// <summary>
/// How well the curves of several runs fall on each other when they are drawn against a clock (data collapse; for physics see Bhattacharjee and Seno, J. Phys. A 34 (2001) 6375,
/// doi:10.1088/0305-4470/34/33/302, whose residual is taken here as a share of variance).
/// </summary>
/// <param name="Explained">
/// 1 − Σ(y − mean at that reading)² / Σ(y − mean of all)², over curves and readings: the share of the variance that the clock's reading explains (η² of one-way analysis of variance),
/// in [0, 1]. 1: the curves are one curve. NaN without two curves, without readings that all curves have, or where nothing varies.
/// </param>
/// <param name="Coverage">Share of the curves' moments whose reading lies within the range that all curves reach, in [0, 1].</param>
public readonly record struct CurveCollapse(double Explained, double Coverage)
{
    private const int Moments = 50;

    /// <summary>
    /// Of curves. Readings are those of <see cref="Moments"/> moments of each curve, evenly spaced in the logarithm of the measurement's number (most change is early), as far as all curves have them.
    /// </summary>
    /// <param name="curves">Two or more curves of two values or more.</param>
    public static CurveCollapse Of(IReadOnlyList<ClockedCurve> curves)
    {
        if (curves.Count < 2)
        {
            return new CurveCollapse(double.NaN, double.NaN);
        }

        var (from, to) = (curves.Max(curve => curve.Readings[0]), curves.Min(curve => curve.Readings[^1]));
        var moments = curves.SelectMany(LogarithmicMoments).ToArray();
        var common = moments.Where(reading => reading >= from && reading <= to).ToArray();
        double within = 0, sum = 0, squares = 0;
        // Squares of the values themselves would cancel: of curves that stand still at 3.7, rounding alone would be left to explain.
        var origin = curves[0].Values[0];
        foreach (var reading in common)
        {
            var values = curves.Select(curve => curve.At(reading) - origin).ToArray();
            var mean = values.Average();
            within += values.Sum(value => (value - mean) * (value - mean));
            sum += values.Sum();
            squares += values.Sum(value => value * value);
        }

        var all = squares - (sum * sum / (common.Length * curves.Count));
        return new CurveCollapse(all > 0 ? 1 - (within / all) : double.NaN, (double)common.Length / moments.Length);
    }

    /// <summary>
    /// The level of chance: the mean of <see cref="Explained"/> over draws in which every curve's clock runs faster or slower by a random factor, log-uniform between 1/√ratio and √ratio.
    /// Curves that all fall early agree in part under any clock; this is that part.
    /// </summary>
    /// <param name="curves">The curves.</param>
    /// <param name="ratio">The ratio between the fastest and the slowest clock, above 1: that of what was varied.</param>
    /// <param name="draws">Draws.</param>
    /// <param name="seed">Of the draws.</param>
    public static double Chance(IReadOnlyList<ClockedCurve> curves, double ratio, int draws, int seed)
    {
        var random = new MersenneTwister(seed, threadSafe: false);
        var explained = Enumerable.Range(0, draws)
            .Select(_ => Of([.. curves.Select(curve => Stretched(curve, Math.Pow(ratio, random.NextDouble() - 0.5)))]).Explained)
            .Where(double.IsFinite)
            .ToArray();
        return explained.Length == 0 ? double.NaN : explained.Average();
    }

    private static ClockedCurve Stretched(ClockedCurve curve, double factor) => curve with { Readings = Array.ConvertAll(curve.Readings, reading => factor * reading) };

    private static IEnumerable<double> LogarithmicMoments(ClockedCurve curve) => Enumerable.Range(0, Moments)
        .Select(i => (int)Math.Round(Math.Pow(curve.Readings.Length, (double)i / (Moments - 1))) - 1)
        .Distinct()
        .Select(i => curve.Readings[i]);
}
