using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Charts.PhaseOne;

/// <summary>How things go with a layer's depth, and how much of a layer's motion is early, as rows of tables.</summary>
public static class DepthTables
{
    private static readonly (string Name, Func<LayerMotion, double> Of)[] Amounts =
    [
        ("path length", layer => layer.Path), ("sum of squares", layer => layer.Squares), ("net change", layer => layer.Net), ("first update", layer => layer.FirstUpdate),
    ];

    private static readonly (string Name, Func<LayerMotion, double> Of)[] EarlyParts =
    [
        ("of the path", layer => layer.EarlyPath), ("of the path, first update included", layer => layer.EarlyPathWithFirstUpdate), ("of the squares", layer => layer.EarlySquares),
    ];

    /// <summary>One quantity by family: the mean over cells of ρ with depth.</summary>
    /// <param name="Quantity">What goes with depth.</param>
    /// <param name="All">Over all cells, with its interval and in brackets runs and cells.</param>
    /// <param name="Mlp">Over MLPs.</param>
    /// <param name="Cnn">Over CNNs.</param>
    /// <param name="Transformer">Over transformers.</param>
    public sealed record Row(string Quantity, string All, string Mlp, string Cnn, string Transformer);

    /// <summary>The moment of settling, then by how much layers move: positive where late layers settle later, or move more.</summary>
    public static IReadOnlyList<Row> Effects(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank) =>
    [
        Of("moment of settling", runs, some => DepthEffect.OfSettling(some, metric), Words.TwoDecimals),
        .. Amounts.Select(amount => Of(amount.Name, runs, some => DepthEffect.OfMotion(some, metric, amount.Of), Words.TwoDecimals)),
    ];

    /// <summary>How much of a layer's motion falls into the first 10 % of training, mean over a run's layers, then over cells.</summary>
    public static IReadOnlyList<Row> Early(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        var motions = runs.ToDictionary(run => run, run => LayerMotion.Of(run.Record, metric, run.View));
        return
        [
            .. EarlyParts.Select(part => Of(part.Name, runs, some => Estimate.OfCells(some, run => Mean(motions[run], part.Of)), Words.Percent)),
        ];
    }

    private static Row Of(string name, IReadOnlyList<StudiedRun> runs, Func<IEnumerable<StudiedRun>, Estimate> estimate, Func<Estimate, string> text)
    {
        return new Row(name, Text(runs), Text(Family("mlp")), Text(Family("cnn")), Text(Family("transformer")));

        IEnumerable<StudiedRun> Family(string family) => runs.Where(run => run.Run.Family == family);

        string Text(IEnumerable<StudiedRun> some)
        {
            var value = estimate(some);
            return value.Runs == 0 ? "–" : $"{text(value)} ({Words.Count(value.Runs, "run")}, {Words.Count(value.Cells, "cell")})";
        }
    }

    private static double Mean(IReadOnlyList<LayerMotion> layers, Func<LayerMotion, double> value)
    {
        double[] values = [.. layers.Select(value).Where(double.IsFinite)];
        return values.Length == 0 ? double.NaN : values.Average();
    }
}
