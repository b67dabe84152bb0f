namespace Ndt.Analysis.Nulls;

/// <summary>The mean over layers of ln(mean size of events before 10 % of training / mean size of those after 50 %), of the layers that have both: above 0 where changes are stronger early on.</summary>
public sealed class EarlyOverLate : RunStatistic
{
    /// <inheritdoc/>
    public override string Name => "early_over_late_size";

    /// <inheritdoc/>
    public override Quotient Take(RunSeries run, IReadOnlyList<double[]> increments)
    {
        double sum = 0;
        var layers = 0;
        foreach (var layer in increments)
        {
            var sizes = Jumps.AmongIncrements(layer).ToLookup(index => TrainingPhase.Bin(run.Phase(index)), index => Math.Abs(layer[index]));
            if (sizes[0].Any() && sizes[2].Any())
            {
                sum += Math.Log(sizes[0].Average() / sizes[2].Average());
                layers++;
            }
        }

        return new Quotient(sum, layers);
    }
}
