namespace Ndt.Measurement;

/// <summary>
/// Estimators of dimensionality: pure functions of one spectrum s₁ ≥ s₂ ≥ … of a matrix [samples, features]. All but the recorded
/// stable rank ignore the matrix's scale. An empty spectrum, one of rank 0 and one that holds NaN give NaN.
/// </summary>
/// <remarks>
/// <para>
/// A <see cref="Spectrum"/> is of the matrix as it stands or with every feature's mean taken off; <see cref="ActivationSpectra"/> gives both.
/// As it stands, the mean activation is one direction more, often by far the largest, and estimators that follow the largest one then mostly measure
/// how large the mean is. The rank is at most the number of features and that of samples, or of samples less one where centred.
/// </para>
/// <para>
/// All of these are plug-in figures: with few samples they come out too low, and two layers of different width, or one layer on probe sets of different
/// size, cannot be compared by them alone. <see cref="CorrectedParticipationRatio"/> corrects for that.
/// </para>
/// </remarks>
public static class Estimators
{
    /// <summary>
    /// Stable rank ‖A‖²_F / s₁² = Σs² / s₁², in [1, rank]: how many directions as strong as the strongest would hold the same squared norm.
    /// </summary>
    /// <remarks>
    /// <para><b>When to use.</b> For how far one direction dominates. It changes continuously with the matrix and needs no threshold, so that it
    /// can be followed over training.</para>
    /// <para><b>What fools it.</b> It follows the largest singular value: one dominant direction holds it near 1 however many small ones there are, and
    /// uncentred that direction is often just the mean activation. A change of s₁ alone looks like a change of the whole spectrum.</para>
    /// <para><b>Reference.</b> Rudelson and Vershynin, "Sampling from large matrices: an approach through geometric functional analysis",
    /// Journal of the ACM 54(4), 2007, §1, doi:10.1145/1255443.1255449 (there "numerical rank").</para>
    /// </remarks>
    public static double StableRank(Spectrum spectrum)
    {
        var largest = Largest(spectrum);
        return spectrum.FrobeniusSquared / (largest * largest);
    }

    /// <summary>
    /// The participation ratio as the study computes it, on singular values: (Σs)² / Σs², in [1, rank]. Never smaller than
    /// <see cref="ParticipationRatioEigen"/>, which is the usual one.
    /// </summary>
    /// <remarks>
    /// <para><b>When to use.</b> To compare with the study, whose field <c>participation_ratio</c> this is, or where weak directions should count for more
    /// than in the usual form.</para>
    /// <para><b>What fools it.</b> Its name: figures of other work are of the eigenvalue form, and smaller. A long tail of small singular values, which
    /// noise gives to any matrix, raises it more than that one.</para>
    /// <para><b>Reference.</b> The study, §1; the usual form is that of Gao et al., see <see cref="ParticipationRatioEigen"/>.</para>
    /// </remarks>
    public static double ParticipationRatio(Spectrum spectrum)
    {
        var sum = Sum(spectrum);
        return sum * sum / NonZero(spectrum.FrobeniusSquared);
    }

    /// <summary>The usual participation ratio, on eigenvalues λ = s²: (Σλ)² / Σλ², in [1, rank]. Of k equal eigenvalues and no others it is k.</summary>
    /// <remarks>
    /// <para><b>When to use.</b> As the first choice for a soft count of dimensions that others can compare with; of the centred matrix, where the
    /// λ are variances.</para>
    /// <para><b>What fools it.</b> Few samples or few features: its inverse is near 1/samples + 1/features + 1/true, so that it rises with either number
    /// (<see cref="CorrectedParticipationRatio"/>). A few strong directions hide many weak ones. Uncentred, the mean is one of them. It counts
    /// linear directions: a bent curve has several (<see cref="TwoNearestNeighbours"/> gives 1).</para>
    /// <para><b>Reference.</b> Gao, Trautmann, Yu, Santhanam, Ryu, Shenoy and Ganguli, "A theory of multineuronal dimensionality, dynamics and
    /// measurement", bioRxiv, 2017, eq. 5, doi:10.1101/214262.</para>
    /// </remarks>
    public static double ParticipationRatioEigen(Spectrum spectrum)
    {
        double fourth = 0;
        foreach (var s in spectrum.SingularValues)
        {
            fourth += s * s * s * s;
        }

        var squares = spectrum.FrobeniusSquared;
        return squares * squares / NonZero(fourth);
    }

    /// <summary>The number of components, from the largest on, until Σs² reaches 90 % of the whole: the least k with s₁² + … + s_k² ≥ 0.9·Σs²; a whole number in [1, rank].</summary>
    /// <remarks>
    /// <para><b>When to use.</b> For a plain statement: so many principal components hold 90 % (of the variance, where centred).</para>
    /// <para><b>What fools it.</b> It moves in whole steps, so that nothing happens for long and then a "jump" does, by crossing the threshold; its
    /// increments tie, and whatever ranks them sees the ties. The 90 % is a choice. Uncentred, the mean alone may hold 90 %.</para>
    /// <para><b>Reference.</b> The study, §1; cumulative variance of principal components is older than any one source.</para>
    /// </remarks>
    public static double EffectiveRank90(Spectrum spectrum)
    {
        var target = 0.9 * NonZero(spectrum.FrobeniusSquared);
        double sum = 0;
        for (var i = 0; i < spectrum.SingularValues.Length; i++)
        {
            var s = spectrum.SingularValues[i];
            sum += s * s;
            if (sum >= target)
            {
                return i + 1;
            }
        }

        return double.NaN;
    }

    /// <summary>Nuclear norm over spectral norm, Σs / s₁, in [1, rank]. Never smaller than <see cref="StableRank"/>; its square over <see cref="ParticipationRatio"/> is the stable rank.</summary>
    /// <remarks>
    /// <para><b>When to use.</b> Beside the stable rank, to see whether a change is one of the largest direction or of the many small ones, which count here
    /// by s and not by s².</para>
    /// <para><b>What fools it.</b> The largest singular value, as with the stable rank; and a long tail of noise, which adds up.</para>
    /// <para><b>Reference.</b> The study, §1.</para>
    /// </remarks>
    public static double NuclearNormRatio(Spectrum spectrum) => Sum(spectrum) / Largest(spectrum);

    /// <summary>Effective rank exp(−Σ pᵢ ln pᵢ) with p = s / Σs, in [1, rank]: the exponential of the entropy of the normalised singular values. Of k equal ones and no others it is k.</summary>
    /// <remarks>
    /// <para><b>When to use.</b> Where weak directions matter and no threshold is wanted. Of the smooth estimators here it weighs the tail of the spectrum most.</para>
    /// <para><b>What fools it.</b> Noise: a floor of small singular values over many features raises it far, and it grows with the number of samples for the
    /// same reason. Some papers take p = s² / Σs²; their figures are smaller.</para>
    /// <para><b>Reference.</b> Roy and Vetterli, "The effective rank: a measure of effective dimensionality", EUSIPCO 2007, definition 1.</para>
    /// </remarks>
    public static double EffectiveRank(Spectrum spectrum)
    {
        var sum = NonZero(Sum(spectrum));
        double entropy = 0;
        foreach (var s in spectrum.SingularValues)
        {
            var p = s / sum;
            if (p != 0)
            {
                entropy -= p * Math.Log(p);
            }
        }

        return spectrum.SingularValues.IsEmpty ? double.NaN : Math.Exp(entropy);
    }

    /// <summary>
    /// α of the eigenspectrum's decay λᵢ ∝ i^−α with λ = s², as α-ReQ takes it of the centred matrix: minus the slope of the least-squares line through
    /// ln λᵢ over ln i, for i from 1 to half the rank (rounded up). 0 for equal eigenvalues; NaN where that leaves fewer than three of them.
    /// </summary>
    /// <remarks>
    /// <para><b>When to use.</b> For the shape of the spectrum rather than a count of directions: near 1 it is spread as widely as a smooth code allows, large where few
    /// directions hold nearly all.</para>
    /// <para><b>What fools it.</b> The range of the fit: papers choose it by eye (their spectra have hundreds of eigenvalues), and α changes with it. The
    /// lower half is left out here since few samples bend it down. The rank counts eigenvalues above 1e-10 of the largest, the rounding of
    /// single-precision activations. Spectra that are no power law have an α all the same. Layers of few features have a line through three points.</para>
    /// <para><b>Reference.</b> Agrawal, Mondal, Ghosh and Richards, "α-ReQ: assessing representation quality in self-supervised learning by measuring
    /// eigenspectrum decay", NeurIPS 2022; the power law itself is that of Stringer et al., Nature 571, 2019, doi:10.1038/s41586-019-1346-5.</para>
    /// </remarks>
    public static double AlphaReq(Spectrum spectrum)
    {
        const double SmallestShare = 1e-10;
        const int FewestPoints = 3;
        var floor = Math.Sqrt(SmallestShare) * Largest(spectrum);
        var rank = 0;
        while (rank < spectrum.SingularValues.Length && spectrum.SingularValues[rank] > floor)
        {
            rank++;
        }

        var points = (rank + 1) / 2;
        if (points < FewestPoints)
        {
            return double.NaN;
        }

        double x = 0, y = 0;
        for (var i = 0; i < points; i++)
        {
            x += Math.Log(i + 1) / points;
            y += 2 * Math.Log(spectrum.SingularValues[i]) / points;
        }

        double product = 0, square = 0;
        for (var i = 0; i < points; i++)
        {
            var distance = Math.Log(i + 1) - x;
            product += distance * ((2 * Math.Log(spectrum.SingularValues[i])) - y);
            square += distance * distance;
        }

        return -product / square;
    }

    /// <summary>
    /// What the study's files hold under <c>stable_rank</c>: ‖A‖²_F / (‖A‖²_F + 1e-10). Defect A of the study: the spectral norm was
    /// asked of a function that returned the Frobenius norm, so the figure is 1 but for the reciprocal of the squared activation
    /// norm, near double rounding, and says nothing of dimensionality. In [0, 1]; 0 for a zero or empty matrix, unlike the others, which give NaN.
    /// </summary>
    /// <remarks>
    /// <para><b>When to use.</b> Only to reproduce what was published.</para>
    /// <para><b>What fools it.</b> It is not a dimensionality: it moves with the size of the activations, and in whole roundings of a double.</para>
    /// <para><b>Reference.</b> The study, §1 and defect A (notebook 04, "The quantity").</para>
    /// </remarks>
    public static double RecordedStableRank(Spectrum spectrum) => RecordedStableRank(spectrum.FrobeniusSquared);

    /// <summary>As above, of ‖A‖²_F alone.</summary>
    internal static double RecordedStableRank(double frobeniusSquared) => frobeniusSquared / (frobeniusSquared + 1e-10);

    // NaN stands behind all numbers in a spectrum.
    private static double Largest(Spectrum spectrum) => spectrum.SingularValues is [var largest, ..] && !double.IsNaN(spectrum.SingularValues[^1]) ? NonZero(largest) : double.NaN;

    private static double Sum(Spectrum spectrum)
    {
        double sum = 0;
        foreach (var s in spectrum.SingularValues)
        {
            sum += s;
        }

        return sum;
    }

    private static double NonZero(double value) => value == 0 ? double.NaN : value;
}
