namespace Ndt.Analysis;

/// <summary>A run's part in a figure over all runs, kept as a numerator and a denominator, so that the figure is Σ numerators / Σ denominators.</summary>
/// <param name="Numerator">What is counted or summed in the run.</param>
/// <param name="Denominator">Out of how much: events for a share of events, 1 for a mean over runs.</param>
public readonly record struct Quotient(double Numerator, double Denominator)
{
    /// <summary>The figure over runs; NaN where the denominators sum to 0.</summary>
    public static double Pooled(IEnumerable<Quotient> runs)
    {
        double numerator = 0, denominator = 0;
        foreach (var run in runs)
        {
            numerator += run.Numerator;
            denominator += run.Denominator;
        }

        return denominator == 0 ? double.NaN : numerator / denominator;
    }
}
