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
/// of a network, and only the samples are few. It needs the activations: a record holds figures, of which it cannot be taken.
/// </para>
/// <para>
/// <b>What fools it.</b> A corrected denominator estimates Σλ² without bias and may therefore come out small, 0 or negative: on tiny or noisy matrices
/// a corrected ratio can be huge or negative. That says that the matrix is too small for an estimate, not that a dimension is negative. Samples that depend on
/// each other (frames of one film) are fewer than they look.
/// </para>
/// <para>
/// <b>Reference.</b> Chun, Canatar, Chung and Lee, "Estimating dimensionality of neural representations from finite samples", ICLR 2026, arXiv:2509.26560.
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
        var (sums, ofFeatures) = Moments.Of(matrix, samples, features, centred);
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

    private static double Ratio((double Numerator, double Denominator) sums, double diagonal) =>
        sums.Numerator - diagonal is var numerator && sums.Denominator - diagonal is var denominator && denominator != 0
            ? numerator / denominator
            : double.NaN;

    /// <summary>
    /// The means over four different samples, up to one factor common to both, from moments of the centred matrix (Himeno and Yamada, "Estimations
    /// for some functions of covariance matrix in high dimension under non-normality", J. Multivar. Anal. 130, 2014,
    /// doi:10.1016/j.jmva.2014.04.020): sums over quadruples without walking through them. With B the centred matrix and n samples,
    /// numerator 2‖BBᵀ‖² + (n² − 3n + 1)·(tr BBᵀ)² − n(n − 1)·Σ(BBᵀ)ᵢᵢ² and denominator (n − 1)(n − 2)·‖BBᵀ‖² + (tr BBᵀ)² − n(n − 1)·Σ(BBᵀ)ᵢᵢ².
    /// </summary>
    private static (double Numerator, double Denominator) Distinct(Moments sums, double n)
    {
        var trace = sums.Trace * sums.Trace;
        var fourth = n * (n - 1) * sums.Fourth;
        return ((2 * sums.Squares) + (((n * n) - (3 * n) + 1) * trace) - fourth, ((n - 1) * (n - 2) * sums.Squares) + trace - fourth);
    }

    /// <summary>Of a Gram matrix K = BBᵀ: its trace, its squared Frobenius norm, and the sum of its squared diagonal.</summary>
    private readonly record struct Moments(double Trace, double Squares, double Fourth)
    {
        /// <summary>Those of the whole matrix, and of each feature alone.</summary>
        public static (Moments Whole, Moments[] OfFeatures) Of(ReadOnlySpan<double> matrix, int samples, int features, bool centred)
        {
            var (values, _) = MatrixShape.AtUnitScale(matrix);
            var b = centred ? MatrixShape.Centred(values, samples, features) : values;
            var ofFeatures = new Moments[features];
            double trace = 0, fourth = 0;
            for (var i = 0; i < samples; i++)
            {
                double norm = 0;
                for (var feature = 0; feature < features; feature++)
                {
                    var square = b[(i * features) + feature] * b[(i * features) + feature];
                    norm += square;
                    var one = ofFeatures[feature];
                    ofFeatures[feature] = new Moments(one.Trace + square, 0, one.Fourth + (square * square));
                }

                trace += norm;
                fourth += norm * norm;
            }

            for (var feature = 0; feature < features; feature++)
            {
                // Of one feature K has rank one: ‖K‖² = (tr K)².
                ofFeatures[feature] = ofFeatures[feature] with { Squares = ofFeatures[feature].Trace * ofFeatures[feature].Trace };
            }

            // ‖BBᵀ‖ = ‖BᵀB‖: the smaller product will do.
            var squares = samples <= features
                ? SquaredNormOfProduct(b, samples, features)
                : SquaredNormOfProduct(MatrixShape.Transposed(b, samples, features), features, samples);
            return (new Moments(trace, squares, fourth), ofFeatures);
        }

        private static double SquaredNormOfProduct(ReadOnlySpan<double> b, int rows, int columns)
        {
            double sum = 0;
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var dot = MatrixShape.Dot(b.Slice(i * columns, columns), b.Slice(j * columns, columns));
                    sum += (i == j ? 1 : 2) * dot * dot;
                }
            }

            return sum;
        }
    }
}
