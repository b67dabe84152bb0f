namespace Ndt.Analysis.Nulls;

/// <summary>A figure of critical steps alone. Several of one quantile share them: finding them takes most of a draw's time.</summary>
/// <param name="quantile">What |v| has to pass (<see cref="CriticalPeriods"/>).</param>
public abstract class CriticalStatistic(double quantile) : RunStatistic
{
    /// <summary>What |v| has to pass.</summary>
    public double Quantile => quantile;

    /// <inheritdoc/>
    public sealed override Quotient Take(RunSeries run, IReadOnlyList<double[]> increments) => Take(run, Critical(increments));

    /// <summary>The critical steps of every layer.</summary>
    internal int[][] Critical(IReadOnlyList<double[]> increments) => [.. increments.Select(layer => CriticalPeriods.CriticalIncrements(layer, quantile))];

    /// <summary>The run's part in the figure, with these critical steps in the place of its own.</summary>
    internal abstract Quotient Take(RunSeries run, int[][] critical);
}
