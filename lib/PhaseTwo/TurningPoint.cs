using Ndt.Similarity;
using Ndt.Statistics;

namespace Ndt.PhaseTwo;

/// <summary>
/// Where on its way from the initial to the late state a network's representation turns: the number of updates after which it is as near to the one as to the other.
/// Exploratory: no rule was written down before.
/// </summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Measure">Name of the measure.</param>
/// <param name="Updates">
/// Updates at which S(initial, t) = S(t, late), linear in log(t + 1) between the states at hand, the last such place; and its interval over seeds, made on the same scale. NaN where they do not cross.
/// </param>
public readonly record struct TurningPoint(string Architecture, string Measure, JackknifeInterval Updates)
{
    /// <summary>Of every architecture among comparisons, mean over hidden layers.</summary>
    /// <param name="values">Comparisons; those of runs over time by <paramref name="protocol"/> are taken.</param>
    /// <param name="measure">Name of the measure.</param>
    /// <param name="protocol">The protocol.</param>
    public static IReadOnlyList<TurningPoint> Of(IEnumerable<SimilarityValue> values, string measure = SimilarityMeasure.DebiasedCka, string protocol = "study") =>
    [
        .. values
            .Where(value => value is { Kind: ComparisonKind.OverTime, Layer: SimilarityValue.HiddenLayers } && value.Measure == measure && value.Protocol == protocol)
            .GroupBy(value => value.Architecture)
            .Select(group => new TurningPoint(group.Key, measure, InUpdates(SeedInterval.Of([.. group], LogOfCrossing)))),
    ];

    // The interval is made where states are evenly spread, and then read off in updates.
    private static JackknifeInterval InUpdates(JackknifeInterval log) =>
        log with { Estimate = double.Exp(log.Estimate) - 1, Low = double.Exp(log.Low) - 1, High = double.Exp(log.High) - 1 };

    private static double LogOfCrossing(IReadOnlyList<SimilarityValue> values)
    {
        var (first, last) = (values.Min(value => value.From), values.Max(value => value.To));
        var lead = values.Select(value => value.To).Distinct().Where(step => step < last).Order()
            .Select(step => (Place: Math.Log(step + 1), Lead: Mean(step, last) - Mean(first, step)))
            .Prepend((Place: Math.Log(first + 1), Lead: Mean(first, last) - 1))
            .Append((Place: Math.Log(last + 1), Lead: 1 - Mean(first, last)))
            .ToArray();
        for (var i = lead.Length - 1; i > 0; i--)
        {
            if (lead[i - 1].Lead < 0 && lead[i].Lead >= 0)
            {
                var share = lead[i - 1].Lead / (lead[i - 1].Lead - lead[i].Lead);
                return lead[i - 1].Place + (share * (lead[i].Place - lead[i - 1].Place));
            }
        }

        return double.NaN;

        double Mean(int from, int to) => values.Where(value => value.From == from && value.To == to).Average(value => value.Similarity);
    }
}
