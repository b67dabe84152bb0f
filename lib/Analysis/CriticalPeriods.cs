using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>Where series move most, whether layers do so together, and whether the loss falls there (study, phase 1).</summary>
public static class CriticalPeriods
{
    /// <summary>The study's quantile.</summary>
    public const double StudyQuantile = 0.9;

    /// <summary>A period counts as coordinated when at least this share of the layers is critical.</summary>
    public const double CoordinatedShare = 0.5;

    /// <summary>A run's critical periods are "strong" when its largest coordination and its loss drop share are both strictly above this.</summary>
    public const double StrongAbove = 0.3;

    /// <summary>Every i for which |v[i]| is strictly above the given quantile of |v|: by definition a tenth of the increments at 0.9, fewer only through ties (defect C).</summary>
    public static int[] CriticalSteps(ReadOnlySpan<double> series, double quantile = StudyQuantile) => CriticalIncrements(Increments.Of(series), quantile);

    /// <summary>As <see cref="CriticalSteps"/>, from the increments v alone.</summary>
    public static int[] CriticalIncrements(ReadOnlySpan<double> increments, double quantile = StudyQuantile)
    {
        var magnitudes = Array.ConvertAll(increments.ToArray(), Math.Abs);
        var bound = Percentiles.Quantile(magnitudes, quantile);
        var above = new List<int>();
        for (var i = 0; i < magnitudes.Length; i++)
        {
            if (magnitudes[i] > bound)
            {
                above.Add(i);
            }
        }

        return [.. above];
    }

    /// <summary>As <see cref="CriticalSteps"/>, on the acceleration a = diff(v).</summary>
    public static int[] Transitions(ReadOnlySpan<double> series, double quantile = StudyQuantile) => CriticalIncrements(Increments.Of(Increments.Of(series)), quantile);

    /// <summary>
    /// c[i], the share of layers critical at i, on an array as long as the run has <paramref name="measurements"/>: one longer than there
    /// are increments, so that its last entry is always 0, as in the study. NaN throughout where there are no layers.
    /// </summary>
    public static double[] Coordination(IReadOnlyList<int[]> criticalSteps, int measurements)
    {
        var shares = new double[measurements];
        foreach (var steps in criticalSteps)
        {
            foreach (var step in steps)
            {
                shares[step]++;
            }
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= criticalSteps.Count;
        }

        return shares;
    }

    /// <summary>Of a layer's critical steps i, the share with loss[i + 1] − loss[i] &lt; 0 (the study's "loss correlation"); 0 where it has none, NaN where the loss was not recorded.</summary>
    /// <remarks>The loss falls in about half of all intervals anyway, in more of them early on (defect D): hold it against that.</remarks>
    public static double LossDropShare(ReadOnlySpan<int> criticalSteps, ReadOnlySpan<double> loss)
    {
        if (!IsRecorded(loss))
        {
            return double.NaN;
        }

        var drops = 0;
        foreach (var step in criticalSteps)
        {
            if (loss[step + 1] - loss[step] < 0)
            {
                drops++;
            }
        }

        return criticalSteps.IsEmpty ? 0 : (double)drops / criticalSteps.Length;
    }

    /// <summary>Whether a loss was recorded: a series that is NaN throughout is one that was not. NaN compares as "does not fall", which it must not be counted as.</summary>
    internal static bool IsRecorded(ReadOnlySpan<double> loss) => loss.ContainsAnyExcept(double.NaN);
}
