namespace Ndt.Similarity;

/// <summary>What all measures of two representations ask of their arguments.</summary>
internal static class Samples
{
    /// <summary>
    /// Whether a similarity of the two is defined at all: finite, with features, of at least <paramref name="minimum"/> samples. Sides of extreme size are brought to
    /// unit scale, which no measure depends on: their fourth powers would overflow or vanish.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static bool AreComparable(ref Matrix x, ref Matrix y, int minimum)
    {
        if (x.Rows != y.Rows)
        {
            throw new ArgumentException($"{x.Rows} samples cannot be compared with {y.Rows}: both have to be activations of the same samples.");
        }

        if (x.Rows < minimum || x.Columns == 0 || y.Columns == 0 || !x.IsFinite || !y.IsFinite)
        {
            return false;
        }

        (x, y) = (x.AtOrdinaryScale(), y.AtOrdinaryScale());
        return true;
    }
}
