using System.Globalization;
using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;
using Ndt.Training;

namespace Ndt.Claims.Ledger;

/// <summary>What the share of early events becomes when the same trainings stop at other moments: "the first 10 %" of what?</summary>
internal static class OtherLengths
{
    private const int Measurements = 400;
    private const double RandomMoments = 10;
    private static readonly int[] Lengths = [400, 2_000, 20_000];

    /// <summary>
    /// One choice a protocol and length, of the runs that reach the longest; none where there are no such runs. The share is the mean over networks, then seeds, in %, with a 95 % t interval over seeds.
    /// </summary>
    /// <param name="records">Runs at a constant learning rate, so that a short one is the beginning of a long one. Shorter ones are passed over.</param>
    internal static IEnumerable<LedgerChoice> Of(IReadOnlyList<RunRecord> records) =>
        from protocol in records.Where(record => record.Metadata.Steps >= Lengths[^1]).GroupBy(record => record.Metadata.Protocol).OrderBy(protocol => protocol.Key != Protocol.Study.Name)
        from length in Lengths
        select Choice([.. protocol], Protocol.Find(protocol.Key).Change, length);

    private static LedgerChoice Choice(RunRecord[] runs, string change, int length)
    {
        var networks = runs.Select(record => record.Metadata.Experiment).Distinct().Count();
        var share = Jackknife.OfMean(
        [
            .. from record in runs
               group 100 * ControlFigure.EarlyShare.Of(RecordCut.Of(record, length, Measurements), Metric.StableRank) by record.Metadata.Seed into seed
               let known = seed.Where(double.IsFinite).ToArray()
               where known.Length > 0
               select known.Average(),
        ]);
        return new LedgerChoice(
            string.Create(CultureInfo.InvariantCulture, $"our runs of {(networks == 1 ? "1 network" : $"{networks} networks")}{(change.Length == 0 ? "" : $", {change}")}, stopped after {length:#,0} updates; 95 % over {share.Count} seeds [{share.Low:0.0}, {share.High:0.0}]"),
            share.Estimate, null, RandomMoments);
    }
}
