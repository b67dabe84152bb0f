using System.Numerics.Tensors;

namespace Ndt.Similarity;

/// <summary>
/// The cosine between two layers' weights, <c>[units, weights per unit]</c>, as they stand and after matching their units. The
/// study's filter similarity is <see cref="MeanOverUnits"/>.
/// </summary>
/// <remarks>
/// <para>
/// ⟨a, b⟩ / (‖a‖ ‖b‖) of weights as vectors. All are invariant to scaling a layer by a positive number; <see cref="MeanOverUnits"/> to scaling each unit; <see cref="Match"/> also to
/// permuting a layer's units; none to orthogonal or general linear maps.
/// </para>
/// <para><b>When to use.</b> Between states of one run, to say how far weights have moved; <see cref="Match"/> between runs, whose units have no common order.</para>
/// <para><b>What fools it.</b> A high cosine says that weights hardly moved, which they need not to change what the network computes: between a layer and its own later state it mostly
/// measures inheritance from the initialisation. In few dimensions (the 9 weights of a small filter) random vectors are far from orthogonal. The best of n! matchings is well above
/// 0 for unrelated layers.</para>
/// <para><b>Reference.</b> The study's phase 2 for the mean over units; matching after Li, Yosinski, Clune, Lipson and Hopcroft, "Convergent learning: do different neural networks learn
/// the same representations?", ICLR 2016, arXiv:1511.07543.</para>
/// </remarks>
public static class CosineSimilarity
{
    /// <summary>⟨a, b⟩ / (‖a‖ ‖b‖), in [−1, 1]; NaN for a zero vector, no elements, or an element that is not finite.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Flattened(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"Vectors of {a.Length} and {b.Length} elements have no cosine.");
        }

        if (a.IsEmpty)
        {
            return double.NaN;
        }

        var (normA, normB) = (TensorPrimitives.Norm(a), TensorPrimitives.Norm(b));
        if (IsOrdinary(normA) && IsOrdinary(normB))
        {
            return Ratio(a, b, normA * normB);
        }

        // Products of such sizes lose their digits or leave the range of doubles; a cosine has no scale.
        var (x, y) = (new Matrix(1, a.Length, a.ToArray()), new Matrix(1, b.Length, b.ToArray()));
        if (!x.IsFinite || !y.IsFinite)
        {
            return double.NaN;
        }

        (x, y) = (x.AtOrdinaryScale(), y.AtOrdinaryScale());
        return Ratio(x.Values, y.Values, TensorPrimitives.Norm(x.Values) * TensorPrimitives.Norm(y.Values));
    }

    /// <summary>The cosine of two layers as flat vectors, unit for unit.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Flattened(Matrix a, Matrix b)
    {
        RefuseOtherShapes(a, b);
        return Flattened(a.Values, b.Values);
    }

    /// <summary>The mean over units of each one's cosine with the unit in its place, in [−1, 1]; a unit without weights counts as 0. NaN where there are no units or an element is not finite.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double MeanOverUnits(Matrix a, Matrix b)
    {
        RefuseOtherShapes(a, b);
        if (a.Values.IsEmpty || !a.IsFinite || !b.IsFinite)
        {
            return double.NaN;
        }

        double sum = 0;
        for (var i = 0; i < a.Rows; i++)
        {
            sum += OfUnits(a.Row(i), b.Row(i));
        }

        return sum / a.Rows;
    }

    /// <summary>
    /// The mean cosine of two layers' units, in [−1, 1], matched one to one so that it is largest (<see cref="LinearAssignment"/>),
    /// as Li et al. match units by correlation; a unit without weights counts as 0. The best of n! matchings is well above 0
    /// for unrelated layers too: compare with other seeds. NaN where there are no units or an element is not finite.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Match(Matrix a, Matrix b)
    {
        RefuseOtherShapes(a, b);
        if (a.Values.IsEmpty || !a.IsFinite || !b.IsFinite)
        {
            return double.NaN;
        }

        var costs = new double[a.Rows * b.Rows];
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < b.Rows; j++)
            {
                costs[(i * b.Rows) + j] = -OfUnits(a.Row(i), b.Row(j));
            }
        }

        var partner = LinearAssignment.Minimise(new Matrix(a.Rows, b.Rows, costs));
        double sum = 0;
        for (var i = 0; i < a.Rows; i++)
        {
            sum -= costs[(i * b.Rows) + partner[i]];
        }

        return sum / a.Rows;
    }

    /// <summary>Whether squares of a vector of this norm, and products with another such vector, are far from both ends of the range of doubles.</summary>
    private static bool IsOrdinary(double norm) => norm is >= 1e-100 and <= 1e100;

    private static double Ratio(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double norms) => Math.Clamp(TensorPrimitives.Dot(a, b) / norms, -1, 1);

    /// <summary>The cosine, 0 for a unit without weights: it points nowhere.</summary>
    private static double OfUnits(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var cosine = Flattened(a, b);
        return double.IsNaN(cosine) ? 0 : cosine;
    }

    private static void RefuseOtherShapes(Matrix a, Matrix b)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns)
        {
            throw new ArgumentException($"Layers of {a.Rows} × {a.Columns} and {b.Rows} × {b.Columns} weights are not compared unit by unit; the same shape is expected.");
        }
    }
}
