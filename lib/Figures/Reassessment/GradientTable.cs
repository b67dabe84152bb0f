using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Figures.Reassessment;

/// <summary>How large changes of dimensionality are beside the gradient updates that make them: records hold the gradient's norm at every measurement.</summary>
public static class GradientTable
{
    private static readonly string[] Families = ["mlp", "cnn", "transformer"];

    /// <summary>By family: whether changes are larger where the gradient is, and whether events fall at larger gradients than other moments of the same fortieth of training.</summary>
    public static string Of(IReadOnlyList<RunRecord> records, int replicates, int seed)
    {
        var runs = records.Where(record => record.Points.All(point => double.IsFinite(point.GradientNorm) || point.Updates == 0)).Select(Run.Of).ToArray();
        return Phrase.Table(
            ["family", "runs", "rank correlation of |change| and gradient norm [95 %]", "the same within fortieths of training [95 %]", "gradient norm at events, over other moments of the same fortieth [95 %]"],
            from family in Families
            let members = runs.Where(run => run.Family == family).ToArray()
            where members.Length > 0
            select (IReadOnlyList<string>)
            [
                family, Phrase.Number(members.Length),
                Over(members, run => run.Rho), Over(members, run => run.RhoWithin), Over(members, run => run.AtEvents),
            ])
            + $"\n\nStable rank, z > 2; the gradient norm of the update that the change ends with. Means over layers, then runs; 95 % BCa over cells, {Words.Count(replicates, "resample")}, seed {seed}. Chance is 0 for the correlations and 1 for the quotient. Both calm down over training, which alone makes the first correlation.";

        string Over(Run[] members, Func<Run, double> value)
        {
            var cells = members.Where(run => double.IsFinite(value(run))).GroupBy(run => run.Cell).Select(cell => (IReadOnlyList<Run>)cell.ToArray()).ToArray();
            return cells.Length == 0 ? "–" : ClusterBootstrap.Draw(cells, some => some.Average(value), replicates, seed).Bca() is var interval ? Phrase.Number(interval.Estimate, interval) : "";
        }
    }

    private sealed record Run(string Cell, string Family, double Rho, double RhoWithin, double AtEvents)
    {
        public static Run Of(RunRecord record)
        {
            var run = RunSeries.Of(record, Metric.StableRank);
            double[] gradients = [.. record.Points.Skip(record.FirstUpdatedPoint + 1).Select(point => point.GradientNorm)];
            var stretches = Enumerable.Range(0, gradients.Length).GroupBy(i => i * LossCoincidence.Stretches / gradients.Length).Select(stretch => stretch.ToArray()).ToArray();
            var stretchOf = stretches.SelectMany((stretch, k) => stretch.Select(i => (i, k))).ToDictionary(pair => pair.i, pair => stretches[pair.k].Average(i => gradients[i]));
            var sizes = run.Increments.Select(layer => Array.ConvertAll(layer, Math.Abs)).ToArray();
            return new Run(
                run.Run.Experiment,
                run.Run.Family,
                Mean(sizes.Select(layer => Spearman.Correlate(layer, gradients).Rho)),
                Mean(sizes.Select(layer => Mean(stretches.Select(stretch => Spearman.Correlate(Array.ConvertAll(stretch, i => layer[i]), Array.ConvertAll(stretch, i => gradients[i])).Rho)))),
                Mean(run.Increments.Select(layer => Jumps.AmongIncrements(layer).ToArray() is { Length: > 0 } events ? events.Average(i => gradients[i] / stretchOf[i]) : double.NaN)));
        }

        private static double Mean(IEnumerable<double> values) => Descriptive.Mean([.. values.Where(double.IsFinite)]);
    }
}
