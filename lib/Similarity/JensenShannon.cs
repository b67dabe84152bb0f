using System.Globalization;

namespace Ndt.Similarity;

/// <summary>
/// The Jensen–Shannon divergence H((p + q) / 2) − (H(p) + H(q)) / 2, with logarithms to base 2, between distributions, such as what a query attends to.
/// </summary>
/// <remarks>
/// <para>
/// Symmetric, 0 for equal distributions only, 1 where they share no key. Invariant to permuting the keys of both alike, and
/// so to nothing that treats the two differently. A dissimilarity: small is alike.
/// </para>
/// <para><b>When to use.</b> To compare attention maps of one input in two states of a network.</para>
/// <para><b>What fools it.</b> Heads have no common order across runs: they have to be matched before. Heads that attend to everything alike are near each other, whatever they
/// do with it. Keys have no distance: attending one token to the left is as far as attending anywhere else.</para>
/// <para><b>Reference.</b> Lin, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information Theory 37, 1991, doi:10.1109/18.61115.</para>
/// </remarks>
public static class JensenShannon
{
    // Attention is a softmax in single precision: rows sum to 1 within a few roundings of their length.
    private const double Tolerance = 1e-3;

    /// <summary>The mean divergence over rows of two attention maps <c>[queries, keys]</c>, in [0, 1]; NaN where there are no rows or an element is not finite.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or a row is not a distribution.</exception>
    public static double Mean(Matrix a, Matrix b)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns)
        {
            throw new ArgumentException($"Attention maps of {a.Rows} × {a.Columns} and {b.Rows} × {b.Columns} are not comparable; the same queries and keys are expected.");
        }

        double sum = 0;
        for (var i = 0; i < a.Rows; i++)
        {
            sum += Divergence(a.Row(i), b.Row(i));
        }

        return sum / a.Rows;
    }

    /// <summary>H((p + q) / 2) − (H(p) + H(q)) / 2 in bits, in [0, 1]; NaN where an element is not finite. Each side is scaled to sum to 1 exactly.</summary>
    /// <exception cref="ArgumentException">The lengths differ, an element is negative, or a sum is not 1 within 0.001.</exception>
    public static double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        if (p.Length != q.Length)
        {
            throw new ArgumentException($"Distributions over {p.Length} and {q.Length} keys are not comparable.");
        }

        var (sumP, sumQ) = (CheckedSum(p), CheckedSum(q));
        double divergence = 0;
        for (var i = 0; i < p.Length; i++)
        {
            var (a, b) = (p[i] / sumP, q[i] / sumQ);
            divergence += (Term(a, b) + Term(b, a)) / 2;
        }

        return Math.Clamp(divergence, 0, 1);
    }

    /// <summary>a log₂(a / m) with m the mean of both; 0 at a = 0.</summary>
    private static double Term(double a, double b) => a == 0 ? 0 : a * Math.Log2(2 * a / (a + b));

    private static double CheckedSum(ReadOnlySpan<double> distribution)
    {
        double sum = 0;
        foreach (var value in distribution)
        {
            sum += value >= 0 || double.IsNaN(value) ? value : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A distribution holds {value}; nothing negative is expected."));
        }

        return Math.Abs(sum - 1) > Tolerance && double.IsFinite(sum)
            ? throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A distribution sums to {sum}; 1 is expected."))
            : sum;
    }
}
