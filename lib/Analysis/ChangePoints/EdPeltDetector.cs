using Perfolizer.Mathematics.Cpd;

namespace Ndt.Analysis.ChangePoints;

/// <summary>
/// ED-PELT: changes of the whole distribution, without assuming its shape: the segmentation with the least Σ cost + penalty · changes, where the cost of a segment is the
/// negative log-likelihood of its empirical distribution at 4·ln n quantiles or so of the series. By Perfolizer, whose penalty is 3·ln n.
/// </summary>
/// <remarks>
/// <para>About 4 ms for 400 values.</para>
/// <para><b>When to use.</b> On series that are level between their changes, with noise of any shape, heavy tails included, and where a change of spread counts as well
/// as one of level.</para>
/// <para><b>What fools it.</b> Drift. It knows ranks only, so a change of any size in noise-free data is one: on 1, 2, …, 1000 with minimum 1 it reports 14 changes.
/// Correlated noise has its slow swings cut up. Perfolizer's search is not always the best one for a minimum above 1 (see <see cref="PeltDetector"/>).</para>
/// <para><b>Reference.</b> Haynes, Fearnhead and Eckley, "A computationally efficient nonparametric approach for changepoint detection", Statistics and Computing 27,
/// 2017, doi:10.1007/s11222-016-9687-5.</para>
/// </remarks>
/// <param name="minimum">Fewest values in a segment, at least 1; Perfolizer's own default is 20.</param>
public sealed class EdPeltDetector(int minimum = 20) : IChangeDetector
{
    /// <inheritdoc/>
    public string Name => "ED-PELT";

    /// <inheritdoc/>
    public int[] Detect(ReadOnlySpan<double> series)
    {
        FiniteSeries.Require(series);
        // Perfolizer gives the last place of the old segment.
        var last = EdPeltChangePointDetector.Instance.GetChangePointIndexes(series.ToArray(), minimum);
        return Array.ConvertAll(last, place => place + 1);
    }
}
