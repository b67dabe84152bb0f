using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>How the changes of a run's stable rank go with the gradient: records hold its norm at every measurement.</summary>
/// <remarks>Both calm down over training, which alone makes <see cref="Rho"/>: the other two compare moments of the same fortieth of training.</remarks>
/// <param name="Run">Who ran.</param>
/// <param name="Rho">Spearman's ρ of |change| and the gradient norm at the change's end, mean over layers. By chance 0.</param>
/// <param name="RhoWithin">The same within fortieths of training, mean over these, then over layers. By chance 0.</param>
/// <param name="AtEvents">Gradient norm at events (z &gt; 2) over the mean of the same fortieth, mean over events, then over layers. By chance 1.</param>
public sealed record GradientEffect(RunMetadata Run, double Rho, double RhoWithin, double AtEvents)
{
    /// <summary>Whether a record has the gradient norm at every measurement after the first update.</summary>
    public static bool IsIn(RunRecord record) => record.Points.All(point => double.IsFinite(point.GradientNorm) || point.Updates == 0);

    /// <summary>Of one record; each part is NaN where no layer has it, and all are of a record that is not as <see cref="IsIn"/> says.</summary>
    public static GradientEffect Of(RunRecord record)
    {
        var run = RunSeries.Of(record, Metric.StableRank);
        return Of(run.Run, run.Increments, [.. record.Points.Skip(record.FirstUpdatedPoint + 1).Select(point => point.GradientNorm)]);
    }

    /// <summary>Of increments by layer and the gradient norm at the end of each.</summary>
    internal static GradientEffect Of(RunMetadata run, IReadOnlyList<double[]> increments, double[] gradients)
    {
        if (!gradients.All(double.IsFinite))
        {
            return new GradientEffect(run, double.NaN, double.NaN, double.NaN);
        }

        var stretches = Enumerable.Range(0, gradients.Length).GroupBy(i => LossCoincidence.StretchOf(i, gradients.Length)).Select(stretch => stretch.ToArray()).ToArray();
        var stretchMean = new double[gradients.Length];
        foreach (var stretch in stretches)
        {
            var mean = stretch.Average(i => gradients[i]);
            Array.ForEach(stretch, i => stretchMean[i] = mean);
        }

        var sizes = increments.Select(layer => Array.ConvertAll(layer, Math.Abs)).ToArray();
        return new GradientEffect(
            run,
            Mean(sizes.Select(layer => Spearman.Correlate(layer, gradients).Rho)),
            Mean(sizes.Select(layer => Mean(stretches.Select(stretch => Spearman.Correlate(Array.ConvertAll(stretch, i => layer[i]), Array.ConvertAll(stretch, i => gradients[i])).Rho)))),
            Mean(increments.Select(layer => Jumps.AmongIncrements(layer).ToArray() is { Length: > 0 } events ? events.Average(i => gradients[i] / stretchMean[i]) : double.NaN)));
    }

    private static double Mean(IEnumerable<double> values) => Descriptive.Mean([.. values.Where(double.IsFinite)]);
}
