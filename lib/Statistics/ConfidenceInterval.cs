namespace Ndt.Statistics;

/// <summary>A bootstrap interval with everything needed to compute it again.</summary>
/// <param name="Estimate">The statistic of the data themselves.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Nominal coverage, 0.95 for a 95 % interval.</param>
/// <param name="Method">How the ends were found.</param>
/// <param name="Replicates">Resamples drawn.</param>
/// <param name="Seed">The seed they were drawn with.</param>
/// <param name="Clusters">Clusters resampled: the n that matters.</param>
/// <param name="Units">Units in all clusters together.</param>
public sealed record ConfidenceInterval(
    double Estimate, double Low, double High, double Level, IntervalMethod Method, int Replicates, int Seed, int Clusters, int Units)
{
    internal static void RequireLevel(double level)
    {
        if (level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "a level of confidence lies strictly between 0 and 1");
        }
    }
}
