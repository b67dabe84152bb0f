namespace Ndt.Analysis.Nulls;

/// <summary>Of a layer's critical steps, the share in which the loss falls (<see cref="CriticalPeriods.LossDropShare"/>): mean over layers, then over the runs whose loss was recorded.</summary>
/// <param name="quantile">What |v| has to pass.</param>
public sealed class LossDropStatistic(double quantile = 0.9) : CriticalStatistic(quantile)
{
    /// <inheritdoc/>
    public override string Name => "loss_drop_share";

    /// <inheritdoc/>
    internal override Quotient Take(RunSeries run, int[][] critical)
    {
        if (!run.HasLoss)
        {
            return default;
        }

        double sum = 0;
        foreach (var steps in critical)
        {
            sum += CriticalPeriods.LossDropShare(steps, run.Loss);
        }

        return new Quotient(sum / critical.Length, 1);
    }
}
