using System.Buffers;

namespace Ndt.Statistics;

/// <summary>Location and spread of a span, bit for bit as NumPy's <c>mean</c>, <c>var</c> and <c>std</c> give them (see <see cref="PairwiseSum"/> for why that matters here).</summary>
public static class Descriptive
{
    /// <summary>The arithmetic mean; NaN for no values or when any value is NaN.</summary>
    public static double Mean(ReadOnlySpan<double> values) =>
        values.IsEmpty ? double.NaN : PairwiseSum.Of(values) / values.Length;

    /// <summary>The population variance Σ(x − mean)² / n (ddof 0), in two passes; 0 for one value, NaN for none or when any value is NaN.</summary>
    public static double PopulationVariance(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        var mean = Mean(values);
        var squares = ArrayPool<double>.Shared.Rent(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var deviation = values[i] - mean;
            squares[i] = deviation * deviation;
        }

        var variance = PairwiseSum.Of(squares.AsSpan(0, values.Length)) / values.Length;
        ArrayPool<double>.Shared.Return(squares);
        return variance;
    }

    /// <summary>The square root of <see cref="PopulationVariance"/>.</summary>
    public static double PopulationStandardDeviation(ReadOnlySpan<double> values) => Math.Sqrt(PopulationVariance(values));

    /// <summary>The sample standard deviation √(Σ(x − mean)² / (n − 1)) (ddof 1): <see cref="PopulationStandardDeviation"/> · √(n / (n − 1)). NaN for fewer than two values or when any is NaN.</summary>
    public static double SampleStandardDeviation(ReadOnlySpan<double> values) =>
        values.Length < 2 ? double.NaN : PopulationStandardDeviation(values) * Math.Sqrt(values.Length / (values.Length - 1.0));
}
