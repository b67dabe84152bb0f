namespace Ndt.Measurement;

/// <summary>
/// The participation ratio (Σλ)² / Σλ² = (tr C)² / tr C² of a matrix [samples, features], as it stands and corrected for a finite number of
/// samples, of features, and of both. The naive ratio grows with either number: its inverse is near 1/samples + 1/features + 1/true.
/// </summary>
/// <remarks>
/// <para>
/// Numerator and denominator are means over pairs of features α, β and, centred, over quadruples of samples i, j, k, l of
/// ¼·(xᵢα − xⱼα)²·(xₖβ − xₗβ)² and of ¼·(xᵢα − xⱼα)(xᵢβ − xⱼβ)(xₖα − xₗα)(xₖβ − xₗβ); uncentred, over pairs of samples i, k of xᵢα²·xₖβ² and of
/// xᵢα·xᵢβ·xₖα·xₖβ. <see cref="Naive"/> takes all index sets; <see cref="Row"/> only those whose samples all differ; <see cref="Column"/> only
/// α ≠ β; <see cref="Both"/> both. Each mean over differing indices is free of bias, their ratio is so in the limit.
/// </para>
/// <para>
/// <b>When to use.</b> Wherever participation ratios of different numbers of samples or of units are compared. <see cref="Both"/> where the units are
/// themselves a sample of more (recorded neurons, a narrow layer standing for a wide one); <see cref="Row"/> where they are all there are, as in a layer
/// of a network, and only the samples are few. <see cref="OfPart(ReadOnlySpan{double}, int, int, double, double, bool)"/> where samples and features are drawn, without replacement,
/// from a matrix that is itself finite and whose own naive ratio is wanted: of an endless one it is <see cref="Both"/>, of all of the matrix <see cref="Naive"/>. Around single points
/// <see cref="LocalParticipationRatio"/> takes it. It needs the activations: a record holds figures, of which it cannot be taken.
/// </para>
/// <para>
/// <b>What fools it.</b> A corrected denominator estimates Σλ² without bias and may therefore come out small, 0 or negative: on tiny or noisy matrices
/// a corrected ratio can be huge or negative. That says that the matrix is too small for an estimate, not that a dimension is negative. Samples that depend on
/// each other (frames of one film) are fewer than they look.
/// </para>
/// <para>
/// <b>Reference.</b> Chun, Canatar, Chung and Lee, "Estimating dimensionality of neural representations from finite samples", ICLR 2026, arXiv:2509.26560;
/// a part of a finite matrix: section 4.2.4 and appendix A.6.
/// </para>
/// </remarks>
/// <param name="Naive">All terms; in [1, rank]. The λ form of <see cref="Estimators.ParticipationRatioEigen"/>.</param>
/// <param name="Row">Corrected for the number of samples.</param>
/// <param name="Column">Corrected for the number of features.</param>
/// <param name="Both">Corrected for both.</param>
public readonly record struct CorrectedParticipationRatio(double Naive, double Row, double Column, double Both)
{
    /// <summary>Samples that four different ones can be taken from.</summary>
    private const int FewestCentredSamples = 4;

    /// <summary>
    /// Of a matrix in row order. NaN are ratios that have no terms: <see cref="Row"/> and <see cref="Both"/> of fewer than four samples (two
    /// where uncentred), <see cref="Column"/> and <see cref="Both"/> of one feature; all of a matrix that is empty, zero (once
    /// centred, where asked for) or holds NaN.
    /// </summary>
    /// <param name="matrix">[samples, features] in row order.</param>
    /// <param name="samples">Rows.</param>
    /// <param name="features">Columns.</param>
    /// <param name="centred">Whether each feature's mean is taken off, as in the paper.</param>
    /// <exception cref="ArgumentException">The values are not so many rows and columns.</exception>
    public static CorrectedParticipationRatio Of(ReadOnlySpan<double> matrix, int samples, int features, bool centred = true)
    {
        MatrixShape.Require(matrix.Length, samples, features);
        var (sums, ofFeatures) = GramMoments.Of(matrix, samples, features, centred);
        var naive = (Numerator: sums.Trace * sums.Trace, Denominator: sums.Squares);
        var row = centred ? Distinct(sums, samples) : (naive.Numerator - sums.Fourth, naive.Denominator - sums.Fourth);

        // The terms α = β are, feature by feature, the same in numerator and denominator.
        var naiveDiagonal = ofFeatures.Sum(one => one.Trace * one.Trace);
        var rowDiagonal = ofFeatures.Sum(one => centred ? Distinct(one, samples).Numerator : (one.Trace * one.Trace) - one.Fourth);
        var hasRows = samples >= (centred ? FewestCentredSamples : 2);
        var hasColumns = features > 1;
        return new CorrectedParticipationRatio(
            Ratio(naive, 0),
            hasRows ? Ratio(row, 0) : double.NaN,
            hasColumns ? Ratio(naive, naiveDiagonal) : double.NaN,
            hasRows && hasColumns ? Ratio(row, rowDiagonal) : double.NaN);
    }

    /// <summary>As <see cref="Of(ReadOnlySpan{double}, int, int, bool)"/>; computed in double precision.</summary>
    public static CorrectedParticipationRatio Of(ReadOnlySpan<float> matrix, int samples, int features, bool centred = true) =>
        Of(MatrixShape.ToDouble(matrix), samples, features, centred);

    /// <summary>
    /// An estimate of the naive ratio of a finite matrix, of which <paramref name="matrix"/> is a part drawn without replacement: numerator and denominator are free of bias over the draws.
    /// NaN where the part lacks terms that the whole has: fewer than four samples of more (two where uncentred), one feature of more; and as with
    /// <see cref="Of(ReadOnlySpan{double}, int, int, bool)"/>.
    /// </summary>
    /// <param name="matrix">[samples, features] in row order.</param>
    /// <param name="samples">Rows.</param>
    /// <param name="features">Columns.</param>
    /// <param name="allSamples">Rows of the whole, at least <paramref name="samples"/>; +∞ for an endless one.</param>
    /// <param name="allFeatures">Columns of the whole, at least <paramref name="features"/>; +∞ for an endless one.</param>
    /// <param name="centred">Whether each feature's mean is taken off.</param>
    /// <exception cref="ArgumentException">The values are not so many rows and columns, or the whole is smaller than its part.</exception>
    public static double OfPart(ReadOnlySpan<double> matrix, int samples, int features, double allSamples, double allFeatures, bool centred = true)
    {
        MatrixShape.Require(matrix.Length, samples, features);
        RequireWhole(nameof(allSamples), allSamples, samples);
        RequireWhole(nameof(allFeatures), allFeatures, features);
        var (sums, ofFeatures) = GramMoments.Of(matrix, samples, features, centred);
        var all = InWhole(sums, samples, allSamples, centred);

        // Of one feature numerator and denominator are equal.
        var same = ofFeatures.Sum(one => InWhole(one, samples, allSamples, centred).Numerator);
        var apart = features == 1 && allFeatures == 1 ? 0 : (1 - (1 / allFeatures)) / (features * (features - 1.0));
        var together = 1 / (allFeatures * features);
        var numerator = (apart * (all.Numerator - same)) + (together * same);
        var denominator = (apart * (all.Denominator - same)) + (together * same);
        return denominator == 0 ? double.NaN : numerator / denominator;
    }

    /// <summary>As <see cref="OfPart(ReadOnlySpan{double}, int, int, double, double, bool)"/>; computed in double precision.</summary>
    public static double OfPart(ReadOnlySpan<float> matrix, int samples, int features, double allSamples, double allFeatures, bool centred = true) =>
        OfPart(MatrixShape.ToDouble(matrix), samples, features, allSamples, allFeatures, centred);

    private static void RequireWhole(string name, double whole, int part)
    {
        if (!(whole >= part && (double.IsInteger(whole) || double.IsPositiveInfinity(whole))))
        {
            throw new ArgumentOutOfRangeException(name, whole, $"a whole number of at least {part} is expected, or +∞");
        }
    }

    /// <summary>
    /// Sums over the whole's index sets, up to a factor common to all, from those of the part. Centred, with (i, j) and (k, l) the two pairs of samples: sets of four different samples, of three (the pairs
    /// share one: four ways) and of two (the pairs are the same: two ways) stand in the whole each in their own proportion. The sums over all sets are, but for the factor ¼, with moments of
    /// the centred matrix: of four 4n²·(tr K)² and 4n²·‖K‖², of three n²·ΣKᵢᵢ² + 3n·(tr K)² and n²·ΣKᵢᵢ² + 3n·‖K‖², of two 2n·ΣKᵢᵢ² + 2·(tr K)² + 4·‖K‖².
    /// </summary>
    private static (double Numerator, double Denominator) InWhole(GramMoments sums, int samples, double whole, bool centred)
    {
        double n = samples;
        var trace = sums.Trace * sums.Trace;
        if (!centred)
        {
            var (apart, same) = (Proportion(2, 2), Proportion(1, 2) * sums.Fourth);
            return ((apart * (trace - sums.Fourth)) + same, (apart * (sums.Squares - sums.Fourth)) + same);
        }

        var pairs = (2 * n * sums.Fourth) + (2 * trace) + (4 * sums.Squares);
        var (four, three, two) = (Proportion(4, 4), 4 * Proportion(3, 4), 2 * Proportion(2, 4));
        return (Combine(trace), Combine(sums.Squares));

        double Combine(double square)
        {
            var all = 4 * n * n * square;
            var sharing = (n * n * sums.Fourth) + (3 * n * square);
            return (four * (all - (4 * sharing) + (2 * pairs))) + (three * (sharing - pairs)) + (two * pairs);
        }

        // Ordered sets of so many different samples in the whole over those in the part, in units of whole^places.
        double Proportion(int count, int places)
        {
            double proportion = Math.Pow(whole, count - places);
            for (var i = 0; i < count; i++)
            {
                proportion *= 1 - (i / whole);
            }

            for (var i = 0; i < count && proportion != 0; i++)
            {
                proportion /= n - i;
            }

            return proportion;
        }
    }

    private static double Ratio((double Numerator, double Denominator) sums, double diagonal)
    {
        var denominator = sums.Denominator - diagonal;
        return denominator != 0 ? (sums.Numerator - diagonal) / denominator : double.NaN;
    }

    /// <summary>
    /// The means over four different samples, up to one factor common to both, from moments of the centred matrix (Himeno and Yamada, "Estimations
    /// for some functions of covariance matrix in high dimension under non-normality", J. Multivar. Anal. 130, 2014,
    /// doi:10.1016/j.jmva.2014.04.020): sums over quadruples without walking through them. With B the centred matrix and n samples,
    /// numerator 2‖BBᵀ‖² + (n² − 3n + 1)·(tr BBᵀ)² − n(n − 1)·Σ(BBᵀ)ᵢᵢ² and denominator (n − 1)(n − 2)·‖BBᵀ‖² + (tr BBᵀ)² − n(n − 1)·Σ(BBᵀ)ᵢᵢ².
    /// </summary>
    private static (double Numerator, double Denominator) Distinct(GramMoments sums, double n)
    {
        var trace = sums.Trace * sums.Trace;
        var fourth = n * (n - 1) * sums.Fourth;
        return ((2 * sums.Squares) + (((n * n) - (3 * n) + 1) * trace) - fourth, ((n - 1) * (n - 2) * sums.Squares) + trace - fourth);
    }
}
