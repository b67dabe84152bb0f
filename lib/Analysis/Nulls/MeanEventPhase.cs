namespace Ndt.Analysis.Nulls;

/// <summary>The mean true phase at which events (z &gt; 2) start, over the events of all runs.</summary>
public sealed class MeanEventPhase : RunStatistic
{
    /// <inheritdoc/>
    public override string Name => "mean_event_phase";

    /// <inheritdoc/>
    public override Quotient Take(RunSeries run, IReadOnlyList<double[]> increments)
    {
        var phases = increments.SelectMany(layer => Jumps.AmongIncrements(layer)).Select(run.Phase).ToArray();
        return new Quotient(phases.Sum(), phases.Length);
    }
}
