using Ndt.Statistics;

namespace Ndt.Analysis.Nulls;

/// <summary>The share, of the runs whose loss was recorded, of those whose critical periods the study calls strong: largest coordination and loss drop share both above <see cref="CriticalPeriods.StrongAbove"/>.</summary>
/// <param name="quantile">What |v| has to pass.</param>
public sealed class StrongPeriods(double quantile = 0.9) : CriticalStatistic(quantile)
{
    /// <inheritdoc/>
    public override string Name => "strong_run_share";

    /// <inheritdoc/>
    internal override Quotient Take(RunSeries run, int[][] critical)
    {
        if (!run.HasLoss)
        {
            return default;
        }

        var lossDrops = Descriptive.Mean([.. critical.Select(steps => CriticalPeriods.LossDropShare(steps, run.Loss))]);
        var isStrong = lossDrops > CriticalPeriods.StrongAbove
            && CriticalPeriods.Coordination(critical, run.Steps.Length).Max() > CriticalPeriods.StrongAbove;
        return new Quotient(isStrong ? 1 : 0, 1);
    }
}
