using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>A comparison of the study's protocol with a control, in the summary.</summary>
/// <param name="Cell">Architecture and dataset.</param>
/// <param name="Control">The control's protocol.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Study">In training as the study did it: estimate, low and high end over seeds.</param>
/// <param name="Controlled">Under the control.</param>
/// <param name="Difference">Study less control, seed by seed.</param>
/// <param name="Seeds">Seeds that both have.</param>
public sealed record ControlFinding(string Cell, string Control, string Metric, string Figure, double[] Study, double[] Controlled, double[] Difference, int Seeds)
{
    internal static ControlFinding Of(ControlComparison one) => new(
        one.Cell, one.Control, one.Metric.Name(), one.Figure.Name, Ends(one.Study), Ends(one.Controlled), Ends(one.Difference), one.Difference.Units);

    private static double[] Ends(ConfidenceInterval interval) => [interval.Estimate, interval.Low, interval.High];
}
