using Ndt.Statistics;

namespace Ndt.Analysis.Nulls;

/// <summary>The share of a run's layers that are critical at the same moment (<see cref="CriticalPeriods.Coordination"/>), at its largest or on average, as the mean over runs.</summary>
/// <remarks>The average is fixed by the definition but for ties (defect C): every null that keeps a layer's values gives the same. The largest depends on the number of layers.</remarks>
/// <param name="largest">The largest over the run; else the mean.</param>
/// <param name="quantile">What |v| has to pass.</param>
public sealed class CoordinationStatistic(bool largest, double quantile = CriticalPeriods.StudyQuantile) : CriticalStatistic(quantile)
{
    /// <inheritdoc/>
    public override string Name => largest ? "max_coordination" : "mean_coordination";

    /// <inheritdoc/>
    internal override Quotient Take(RunSeries run, int[][] critical)
    {
        var coordination = CriticalPeriods.Coordination(critical, run.Steps.Length);
        return new Quotient(largest ? coordination.Max() : Descriptive.Mean(coordination), 1);
    }
}
