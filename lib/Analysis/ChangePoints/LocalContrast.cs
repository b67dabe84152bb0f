using Ndt.Statistics;

namespace Ndt.Analysis.ChangePoints;

/// <summary>
/// A detector that knows drift: the difference between the means of the values after and before a place, less the median of that difference around
/// it, in units of its local spread. A steady or smoothly bending drift has the same difference all around and is no change, however steep.
/// </summary>
/// <remarks>
/// <para>
/// With D the difference of two means over <c>width</c> values, a change is where |D − median D| exceeds <c>threshold</c> spreads and is the largest
/// within two widths. The spread is the larger of D's median absolute deviation nearby and that over the whole series, and at least the
/// rounding of the values. Median and deviation are taken over <c>reach</c> places on either side, of which a step touches fewer than half.
/// </para>
/// <para>
/// <b>When to use.</b> On series that drift, bend and carry noise, as training curves do, when a report of a jump should mean one: it was made to be silent on every smooth
/// drift, and pays with power.
/// </para>
/// <para>
/// <b>What fools it.</b> It is blind in the first and last <c>width + reach</c> values: at an end a step cannot be told from the start of a fast transient. Of a first tenth of 40 values it sees 15 (<see cref="EdgeContrast"/> sees 32). Steps closer than
/// two widths are one. Steps of a few standard deviations of the noise are often missed, so that silence says little. A steep bend that is over within a few values looks like
/// a step, and is one at that resolution. Its threshold was chosen on the bench's scenarios (seeds 1 and 2): judge it on other seeds.
/// </para>
/// <para><b>Reference.</b> None: the rule is this project's own.</para>
/// </remarks>
/// <param name="width">Values in each mean.</param>
/// <param name="reach">Places on either side that a difference is compared with; at least three widths.</param>
/// <param name="threshold">Spreads; 4 holds false alarms on white noise well below one in a thousand values.</param>
public sealed class LocalContrast(int width = 5, int reach = 20, double threshold = 4) : IChangeDetector
{
    /// <inheritdoc/>
    public string Name => "local contrast";

    /// <inheritdoc/>
    public int[] Detect(ReadOnlySpan<double> series)
    {
        FiniteSeries.Require(series);
        var contrasts = Contrasts(series);
        if (contrasts.Length < (2 * reach) + 1)
        {
            return [];
        }

        var deviations = new double[contrasts.Length - (2 * reach)];
        var spreads = new double[deviations.Length];
        for (var i = 0; i < deviations.Length; i++)
        {
            var around = contrasts.AsSpan(i, (2 * reach) + 1);
            deviations[i] = Math.Abs(contrasts[i + reach] - RobustScale.Median(around));
            spreads[i] = RobustScale.MedianAbsoluteDeviation(around);
        }

        var least = Math.Max(RobustScale.Median(spreads), ContrastPeaks.Rounding(series));
        for (var i = 0; i < deviations.Length; i++)
        {
            deviations[i] /= Math.Max(spreads[i], least);
        }

        return [.. Peaks(deviations).Select(peak => peak + reach + width)];
    }

    /// <summary>At i the mean of the values from i + width on less that of the values from i on.</summary>
    private double[] Contrasts(ReadOnlySpan<double> series)
    {
        var contrasts = new double[Math.Max(0, series.Length - (2 * width) + 1)];
        for (var i = 0; i < contrasts.Length; i++)
        {
            double sum = 0;
            for (var k = 0; k < width; k++)
            {
                sum += series[i + width + k] - series[i + k];
            }

            contrasts[i] = sum / width;
        }

        return contrasts;
    }

    /// <summary>Places above the threshold that are the largest within two widths; of equal ones the first.</summary>
    private IEnumerable<int> Peaks(double[] deviations)
    {
        var stands = Array.ConvertAll(deviations, deviation => deviation > threshold);
        return Enumerable.Range(0, deviations.Length).Where(i => stands[i] && ContrastPeaks.IsLargest(deviations, stands, i, 2 * width));
    }
}
