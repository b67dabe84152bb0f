using Ndt.Measurement;

namespace Ndt.Analysis;

/// <summary>What of a metric's change is over by the time the loss has fallen by some share of its whole fall: the axis in loss beside the axis in steps.</summary>
/// <param name="Share">Share of the fall (<see cref="LossClock"/>).</param>
/// <param name="Training">Share of the increments till then: what events at random moments would give. Mean over runs.</param>
/// <param name="Events">Share of the events that start till then, over the events of all runs.</param>
/// <param name="Path">Share of a layer's path till then, mean over layers.</param>
public sealed record LossProgress(double Share, Estimate Training, Estimate Events, Estimate Path)
{
    /// <summary>A half, nine tenths and 99 % of the fall.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.5, 0.9, 0.99];

    /// <summary>At each of <see cref="Shares"/>. A run whose loss never falls does not count.</summary>
    public static IReadOnlyList<LossProgress> Of(IReadOnlyList<StudiedRun> runs, Metric metric) => [.. Shares.Select(share => Of(runs, metric, share))];

    private static LossProgress Of(IReadOnlyList<StudiedRun> runs, Metric metric, double share)
    {
        var until = runs.ToDictionary(run => run, run => LossClock.Reaches(run[metric].Loss, share));
        StudiedRun[] falling = [.. runs.Where(run => until[run] >= 0)];
        return new LossProgress(
            share,
            Estimate.OfMean(falling, run => (double)until[run] / (run[metric].Loss.Length - 1)),
            Estimate.OfRatio(falling, run => run[metric].Jumps.Count(jump => jump.Jump.Index < until[run]), run => run[metric].Jumps.Count()),
            Estimate.OfRatio(falling, run => Paths(run, metric, until[run]).Sum(), run => Paths(run, metric, until[run]).Count()));
    }

    private static IEnumerable<double> Paths(StudiedRun run, Metric metric, int until) => run.Series(metric)
        .Select(series => Increments.Magnitudes(series))
        .Where(sizes => sizes.Any(size => size > 0))
        .Select(sizes => sizes.Take(until).Sum() / sizes.Sum());
}
