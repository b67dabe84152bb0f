using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace Ndt.Measurement;

/// <summary>How well an activation matrix [samples, features] separates the classes of its samples.</summary>
/// <remarks>
/// <para>
/// <b>When to use.</b> Beside the dimensionality of the same matrix, to see whether a change of dimension comes with a change of what the layer separates.
/// <see cref="Nc1"/> falls where the samples of a class draw together compared with the distances between classes, up to collapse;
/// <see cref="NearestClassMeanAccuracy"/> rises where the classes come apart.
/// </para>
/// <para>
/// <b>What fools it.</b> With about as many features as samples within-class scatter is underestimated in the directions that matter; both depend on the size of
/// the probe set, and only figures of one probe set can be compared. <see cref="Nc1"/> divides by the weakest direction between classes too: two classes
/// that nearly coincide make it huge. Of labels without relation to the samples the accuracy is somewhat below one over the number of classes, since the mean of a
/// class without one of its samples lies a little farther from that sample than those of the others.
/// </para>
/// <para>
/// <b>Reference.</b> Papyan, Han and Donoho, "Prevalence of neural collapse during the terminal phase of deep learning training", PNAS 117(40), 2020,
/// doi:10.1073/pnas.2015509117 (NC1, and NC4's nearest class centre; theirs are of all training samples, with the sample itself in its class's mean).
/// </para>
/// </remarks>
/// <param name="Nc1">
/// tr(Σ_W·Σ_B⁺) / C, ≥ 0: within-class over between-class scatter, C the number of classes that occur, Σ_B = Σ_c (n_c/n)(m_c − m)(m_c − m)ᵀ and Σ_B⁺ its
/// pseudo-inverse over the directions that hold more than 1e-12 of the largest. NaN where there are fewer than two classes, where all class means agree,
/// and where a value is not finite.
/// </param>
/// <param name="NearestClassMeanAccuracy">
/// Share of samples, 0 to 1, whose class mean, computed without the sample, is nearer than the mean of every other class. A sample alone in its class counts as
/// wrong, one that lies equally near to another class too. NaN where there are fewer than two classes, where all samples are equal, and where a value is not finite.
/// </param>
public readonly record struct ClassGeometry(double Nc1, double NearestClassMeanAccuracy)
{
    // Directions between classes with less than this share of the largest one's scatter are rounding.
    private const double SmallestShare = 1e-12;

    /// <summary>Of a matrix [samples, features] in row order and the classes [samples] of its rows, any whole numbers.</summary>
    /// <exception cref="ArgumentException">The values are not so many rows and columns, or there is not one label for each row.</exception>
    public static ClassGeometry Of(ReadOnlySpan<float> matrix, int samples, int features, ReadOnlySpan<long> labels)
    {
        if (labels.Length != samples)
        {
            throw new ArgumentException($"{labels.Length} labels for {samples} samples");
        }

        var classes = ProbeClasses.Of(labels);
        return Of(ClassMoments.Of(matrix, samples, features, classes), classes);
    }

    /// <summary>From the products that both figures need.</summary>
    internal static ClassGeometry Of(ClassMoments moments, ProbeClasses classes)
    {
        var norm = moments.SquaredNorms.Sum();
        if (classes.Count < 2 || norm == 0 || !double.IsFinite(norm))
        {
            return new ClassGeometry(double.NaN, double.NaN);
        }

        var means = ProductsOfMeans(moments.Products, classes);
        return new ClassGeometry(WithinOverBetween(moments.Products, means, classes), NearestMean(moments, means, classes));
    }

    // [classes, classes]: the products of class means, each the mean over a class of its samples' products.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] ProductsOfMeans(double[] products, ProbeClasses classes)
    {
        var count = classes.Count;
        var means = new double[count * count];
        for (var i = 0; i < classes.Index.Length; i++)
        {
            var own = classes.Index[i];
            for (var c = 0; c < count; c++)
            {
                means[(own * count) + c] += products[(i * count) + c] / classes.Counts[own];
            }
        }

        return means;
    }

    /// <summary>
    /// With D the class means weighted by √(n_c/n), Σ_B = DᵀD, and tr(Σ_W·(DᵀD)⁺) = Σₖ uₖᵀ(D·Σ_W·Dᵀ)uₖ / λₖ² over the eigenpairs of DDᵀ, which is only
    /// [classes, classes].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double WithinOverBetween(double[] products, double[] means, ProbeClasses classes)
    {
        var (count, samples) = (classes.Count, classes.Index.Length);
        var weights = Array.ConvertAll(classes.Counts, n => Math.Sqrt((double)n / samples));
        var between = new double[count * count];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                between[(a * count) + b] = weights[a] * weights[b] * (means[(a * count) + b] + means[(b * count) + a]) / 2;
            }
        }

        var within = new double[count * count];
        var deviation = new double[count];
        for (var i = 0; i < samples; i++)
        {
            for (var c = 0; c < count; c++)
            {
                deviation[c] = weights[c] * (products[(i * count) + c] - means[(classes.Index[i] * count) + c]);
            }

            for (var a = 0; a < count; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    within[(a * count) + b] += deviation[a] * deviation[b] / samples;
                }
            }
        }

        return Quotient(between, within, count) / count;
    }

    // Σₖ uₖᵀ·within·uₖ / λₖ²; of `within` the lower triangle.
    private static double Quotient(double[] between, double[] within, int count)
    {
        var pairs = Matrix<double>.Build.Dense(count, count, between).Evd(Symmetricity.Symmetric);
        var eigenvalues = pairs.EigenValues;
        var vectors = pairs.EigenVectors;
        var largest = eigenvalues[count - 1].Real;
        if (!(largest > 0))
        {
            return double.NaN;
        }

        double sum = 0;
        for (var k = 0; k < count; k++)
        {
            var value = eigenvalues[k].Real;
            if (value <= SmallestShare * largest)
            {
                continue;
            }

            double form = 0;
            for (var a = 0; a < count; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    form += (a == b ? 1 : 2) * vectors[a, k] * vectors[b, k] * within[(a * count) + b];
                }
            }

            sum += form / (value * value);
        }

        return sum;
    }

    // ‖x − m‖² = ‖x‖² − 2x·m + ‖m‖²; leaving x out of its own class's mean lengthens its distance by n/(n − 1).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double NearestMean(ClassMoments moments, double[] means, ProbeClasses classes)
    {
        var count = classes.Count;
        var right = 0;
        for (var i = 0; i < classes.Index.Length; i++)
        {
            var own = classes.Index[i];
            if (classes.Counts[own] == 1)
            {
                continue;
            }

            var stretch = classes.Counts[own] / (classes.Counts[own] - 1.0);
            var toOwn = stretch * stretch * (moments.SquaredNorms[i] - (2 * moments.Products[(i * count) + own]) + means[(own * count) + own]);
            var nearest = true;
            for (var c = 0; c < count && nearest; c++)
            {
                nearest = c == own || toOwn < moments.SquaredNorms[i] - (2 * moments.Products[(i * count) + c]) + means[(c * count) + c];
            }

            right += nearest ? 1 : 0;
        }

        return (double)right / classes.Index.Length;
    }
}
