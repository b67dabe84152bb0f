using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Figures.PhaseOne;

/// <summary>The study's protocol beside its controls, as rows of a table.</summary>
public static class ControlTables
{
    /// <summary>One figure of one cell in one metric.</summary>
    /// <param name="Cell">Architecture and dataset.</param>
    /// <param name="Metric">The metric.</param>
    /// <param name="Figure">The figure.</param>
    /// <param name="Seeds">Seeds that both have.</param>
    /// <param name="TrueLabels">As the study trained, with its interval over seeds.</param>
    /// <param name="Control">Which control.</param>
    /// <param name="Controlled">Under the control.</param>
    /// <param name="Difference">True labels less control, paired by seed.</param>
    /// <param name="ControlLoss">Training loss at the end under the control.</param>
    public sealed record Row(string Cell, string Metric, string Figure, int Seeds, string TrueLabels, string Control, string Controlled, string Difference, string ControlLoss);

    /// <summary>A row each.</summary>
    public static IReadOnlyList<Row> Of(IEnumerable<ControlComparison> comparisons) =>
    [
        .. comparisons.Select(one => new Row(
            one.Cell, one.Metric.Name(), one.Figure.Name, one.Difference.Units, Text(one.Study), one.Control.Replace('_', ' '), Text(one.Controlled), Text(one.Difference), Words.Decimal(one.ControlLoss))),
    ];

    private static string Text(ConfidenceInterval interval) => double.IsNaN(interval.Low)
        ? Words.Decimal(interval.Estimate)
        : $"{Words.Decimal(interval.Estimate)} [{Words.Decimal(interval.Low)}, {Words.Decimal(interval.High)}]";
}
