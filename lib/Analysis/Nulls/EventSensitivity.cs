using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Nulls;

/// <summary>How much the timing of events owes to the threshold and to the metric.</summary>
/// <param name="Threshold">z above which an increment is an event.</param>
/// <param name="Events">Events found.</param>
/// <param name="EarlyShare">Share of them in the first 10 % of training, BCa over experiments.</param>
/// <param name="AgainstNull">The same share held against the null; it names metric, runs and layers.</param>
public sealed record EventSensitivity(double Threshold, int Events, ConfidenceInterval EarlyShare, NullResult AgainstNull)
{
    /// <summary>Thresholds from 1 to 4 in steps of 0.5.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = [1, 1.5, 2, 2.5, 3, 3.5, 4];

    /// <summary>One row a metric and threshold, in that order.</summary>
    /// <param name="records">The runs; the study's or ours.</param>
    /// <param name="metrics">Metrics that every record has.</param>
    /// <param name="thresholds">Values of z; <see cref="Thresholds"/> if unsure.</param>
    /// <param name="model">The null, one of <see cref="NullModels.OfTiming"/>.</param>
    /// <param name="draws">Draws under it, and replicates of the bootstrap.</param>
    /// <param name="seed">Of both.</param>
    /// <param name="view">How token outputs became matrices.</param>
    public static IReadOnlyList<EventSensitivity> Of(
        IReadOnlyList<RunRecord> records,
        IReadOnlyList<Metric> metrics,
        IReadOnlyList<double> thresholds,
        NullModel model,
        int draws,
        int seed,
        string view = LayerView.Study) =>
    [
        .. from metric in metrics
           let runs = records.Select(record => RunSeries.Of(record, metric, view)).ToArray()
           from row in OfMetric(runs, thresholds, model, draws, seed)
           select row,
    ];

    private static IEnumerable<EventSensitivity> OfMetric(
        RunSeries[] runs, IReadOnlyList<double> thresholds, NullModel model, int draws, int seed)
    {
        var shares = thresholds.Select(threshold => new EarlyEventShare(threshold)).ToArray();
        foreach (var (share, result) in shares.Zip(NullTest.Compare(runs, shares, model, draws, seed)))
        {
            var events = (int)runs.Sum(run => share.Take(run).Denominator);
            yield return new EventSensitivity(
                share.Threshold, events, RunBootstrap.Draw(runs, share, draws, seed).Bca(), result);
        }
    }
}
