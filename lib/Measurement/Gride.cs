namespace Ndt.Measurement;

/// <summary>
/// Gride, the generalised ratios estimator of intrinsic dimension: where points lie evenly, the ratio μ of the distances to neighbours 2n and n has the density
/// d·(μᵈ − 1)ⁿ⁻¹ / (μ^((2n − 1)d + 1)·B(n, n)); d is the most likely one for all points together. n sets the scale.
/// </summary>
/// <remarks>
/// <para>
/// n = 1 looks at the two nearest neighbours, as <see cref="TwoNearestNeighbours"/> does, whose slope is another estimate from the same ratios; n = 2, 4, 8, … look ever
/// farther. The likelihood has one maximum, between n/(2n − 1) and 1 times the inverse of the mean of ln μ, and is found there by bisection.
/// </para>
/// <para><b>When to use.</b> To see whether a dimension depends on the scale: noise shows as a dimension that falls with n, and what does not change over several n is the set's own.</para>
/// <para><b>What fools it.</b> What fools <see cref="TwoNearestNeighbours"/>, each at its scale; the curvature and the boundary of the set where 2n neighbours reach far. Many dimensions: above about ten
/// it comes out too low, the more so the larger n. The standard error takes the ratios of neighbouring points for independent, which they are not: for n above 1 it is too small.</para>
/// <para><b>Reference.</b> Denti, Doimo, Laio and Mira, "The generalized ratios intrinsic dimension estimator", Scientific Reports 12, 20005, 2022,
/// doi:10.1038/s41598-022-20991-1.</para>
/// </remarks>
/// <param name="Dimension">The estimate, &gt; 0; NaN where there are not more than 2n distinct points, a value is not finite, or all ratios are 1.</param>
/// <param name="StandardError">By the curvature of the likelihood, &gt; 0; NaN as above.</param>
/// <param name="Points">Distinct points that it rests on; one that is there more than once counts once.</param>
public readonly record struct Gride(double Dimension, double StandardError, int Points)
{
    // The bracket's ends differ by less than a factor of two, so that this many halvings leave nothing but rounding.
    private const int Halvings = 60;

    // Below it x / (1 − e⁻ˣ) is 1 + x/2 to the last digit, and the difference loses digits.
    private const double Small = 1e-6;

    /// <summary>The estimate of a set of points. Takes samples² · features multiplications.</summary>
    /// <param name="matrix">[samples, features] in row order.</param>
    /// <param name="samples">Rows: the points.</param>
    /// <param name="features">Columns.</param>
    /// <param name="near">n, at least 1: the nearer of the two neighbours; the farther is 2n.</param>
    /// <exception cref="ArgumentException">The values are not so many rows and columns, or n is less than 1.</exception>
    public static Gride Of(ReadOnlySpan<double> matrix, int samples, int features, int near = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(near, 1);
        if (NearestNeighbours.Find(matrix, samples, features, 2 * near) is not { Distances: [{ Length: var found }, ..] distances } || found < 2 * near)
        {
            return new Gride(double.NaN, double.NaN, 0);
        }

        var logRatios = Array.ConvertAll(distances, own => Math.Log(own[^1] / own[near - 1]));
        var high = 1 / logRatios.Average();
        if (!double.IsFinite(high))
        {
            return new Gride(double.NaN, double.NaN, 0);
        }

        var low = high * near / ((2 * near) - 1);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = Slope(logRatios, middle, near) > 0 ? (middle, high) : (low, middle);
        }

        return new Gride(high, 1 / Math.Sqrt(Curvature(logRatios, high, near)), logRatios.Length);
    }

    /// <summary>As <see cref="Of(ReadOnlySpan{double}, int, int, int)"/>; computed in double precision.</summary>
    public static Gride Of(ReadOnlySpan<float> matrix, int samples, int features, int near = 1) => Of(MatrixShape.ToDouble(matrix), samples, features, near);

    // The log-likelihood's derivative, times d: N + (n − 1)·Σ x/(1 − e⁻ˣ) − (2n − 1)·Σ x with x = d·ln μ. It falls with d.
    private static double Slope(double[] logRatios, double d, int near)
    {
        double sum = 0;
        foreach (var logRatio in logRatios)
        {
            var x = d * logRatio;
            sum += 1 + ((near - 1) * (x < Small ? 1 + (0.5 * x) : x / (1 - Math.Exp(-x)))) - (((2 * near) - 1) * x);
        }

        return sum;
    }

    // Minus its second derivative: (N + (n − 1)·Σ (½x / sinh ½x)²) / d².
    private static double Curvature(double[] logRatios, double d, int near)
    {
        double sum = 0;
        foreach (var logRatio in logRatios)
        {
            var half = 0.5 * d * logRatio;
            var share = half < Small ? 1 : half / Math.Sinh(half);
            sum += 1 + ((near - 1) * share * share);
        }

        return sum / (d * d);
    }
}
