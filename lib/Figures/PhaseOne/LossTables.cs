using System.Globalization;
using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Figures.PhaseOne;

/// <summary>Training counted in loss, and chance levels matched on stretches of different width, as rows of tables.</summary>
public static class LossTables
{
    /// <summary>What is over when the loss has fallen by some share of its whole fall.</summary>
    /// <param name="LossFallen">The share.</param>
    /// <param name="Training">Share of training till then: what random moments would give.</param>
    /// <param name="Events">Share of the events till then.</param>
    /// <param name="Path">Share of a layer's path till then.</param>
    public sealed record ProgressRow(string LossFallen, string Training, string Events, string Path);

    /// <summary>Loss falls at critical steps beyond chance, with chance matched on stretches of one width.</summary>
    /// <param name="Stretches">How many stretches training is cut in.</param>
    /// <param name="All">Over all runs, in percentage points.</param>
    /// <param name="Mlp">Over MLPs.</param>
    /// <param name="Cnn">Over CNNs.</param>
    /// <param name="Transformer">Over transformers.</param>
    public sealed record WidthRow(string Stretches, string All, string Mlp, string Cnn, string Transformer);

    /// <summary>A row for each of <see cref="LossProgress.Shares"/>.</summary>
    public static IReadOnlyList<ProgressRow> Progress(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank) =>
    [
        .. LossProgress.Of(runs, metric).Select(row => new ProgressRow(
            string.Create(CultureInfo.InvariantCulture, $"{100 * row.Share:0} %"), Words.Percent(row.Training), Words.Percent(row.Events), Words.Percent(row.Path))),
    ];

    /// <summary>A row for each of <see cref="LossCoincidence.Widths"/>; the chosen one is marked.</summary>
    public static IReadOnlyList<WidthRow> Widths(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        return
        [
            .. LossCoincidence.Widths.Select(stretches => new WidthRow(
                string.Create(CultureInfo.InvariantCulture, $"{stretches}{(stretches == LossCoincidence.Stretches ? " (chosen)" : stretches == 1 ? " (not matched)" : "")}"),
                Excess("", stretches), Excess("mlp", stretches), Excess("cnn", stretches), Excess("transformer", stretches))),
        ];

        string Excess(string family, int stretches)
        {
            StudiedRun[] some = [.. runs.Where(run => family.Length == 0 || run.Run.Family == family)];
            return some.Length == 0 ? "–" : Words.Points(LossCoincidence.Excess(some, metric, stretches));
        }
    }
}
