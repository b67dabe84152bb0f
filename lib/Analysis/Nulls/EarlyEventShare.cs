namespace Ndt.Analysis.Nulls;

/// <summary>The share of events (z above a threshold) that start before a given share of training has passed, by true phase, over the events of all runs.</summary>
/// <param name="threshold">z of <see cref="Jumps"/>.</param>
/// <param name="end">Where "early" ends, in (0, 1].</param>
public sealed class EarlyEventShare(double threshold = Jumps.StudyThreshold, double end = TrainingPhase.EarlyEnd) : RunStatistic
{
    /// <inheritdoc/>
    public override string Name => "early_event_share";

    /// <summary>z above which an increment is an event.</summary>
    public double Threshold => threshold;

    /// <inheritdoc/>
    public override Quotient Take(RunSeries run, IReadOnlyList<double[]> increments)
    {
        int early = 0, events = 0;
        foreach (var layer in increments)
        {
            foreach (var index in Jumps.AmongIncrements(layer, threshold))
            {
                events++;
                early += run.Phase(index) < end ? 1 : 0;
            }
        }

        return new Quotient(early, events);
    }
}
