using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Charts.PhaseOne;

/// <summary>The study's protocol beside its controls, as rows of a table.</summary>
public static class ControlTables
{
    /// <summary>One figure of one cell.</summary>
    /// <param name="Cell">Architecture and dataset.</param>
    /// <param name="Figure">The figure.</param>
    /// <param name="Seeds">Seeds in which true and shuffled labels both have it.</param>
    /// <param name="TrueLabels">As the study trained, with its interval over seeds.</param>
    /// <param name="ShuffledLabels">With shuffled labels.</param>
    /// <param name="Difference">True less shuffled, paired by seed.</param>
    /// <param name="FreshProbe">With other images at every measurement.</param>
    public sealed record Row(string Cell, string Figure, int Seeds, string TrueLabels, string ShuffledLabels, string Difference, string FreshProbe);

    /// <summary>A row for each cell and figure of one metric.</summary>
    public static IReadOnlyList<Row> Of(IEnumerable<ControlComparison> comparisons, Metric metric) =>
    [
        .. comparisons.Where(one => one.Metric == metric).GroupBy(one => (one.Cell, one.Figure.Name)).Select(row =>
        {
            var shuffled = row.FirstOrDefault(one => one.Control == "shuffled_labels");
            var fresh = row.FirstOrDefault(one => one.Control == "fresh_probe");
            return new Row(
                RunGroup.CellName(row.Key.Cell), row.Key.Name, shuffled?.Difference.Units ?? 0, Text((shuffled?.Study.Units > 0 ? shuffled : fresh)?.Study),
                Text(shuffled?.Controlled), Text(shuffled?.Difference), Text(fresh?.Controlled));
        }),
    ];

    private static string Text(ConfidenceInterval? interval) => interval is null ? "–"
        : double.IsNaN(interval.Low) ? Words.TwoDecimals(interval.Estimate)
        : $"{Words.TwoDecimals(interval.Estimate)} [{Words.TwoDecimals(interval.Low)}, {Words.TwoDecimals(interval.High)}]";
}
