using System.Globalization;

namespace Ndt.Analysis.ChangePoints;

/// <summary>What every detector asks of a series.</summary>
internal static class FiniteSeries
{
    /// <summary>Throws <see cref="InputException"/> that names the first value that is NaN or infinite: medians and sums beside one mean nothing, and would say "no change".</summary>
    public static void Require(ReadOnlySpan<double> series)
    {
        for (var i = 0; i < series.Length; i++)
        {
            if (!double.IsFinite(series[i]))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"value {i} of the series is {series[i]}; a detector needs finite values"));
            }
        }
    }
}
