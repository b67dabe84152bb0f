using System.Globalization;
using Ndt.Analysis.Nulls;
using Ndt.Statistics;
using Plotly.NET;

namespace Ndt.Figures.Reassessment;

/// <summary>How much "more than fading noise" owes to the choice of one fading noise: every member of the family beside what was observed, on the same runs.</summary>
public static class NullFamilyFigure
{
    private static readonly string[] Colours = [Palette.Orange, Palette.Blue, Palette.Green];
    private static readonly string[] Symbols = ["circle", "square", "diamond"];

    /// <summary>A row a member, a colour a set of runs; lines are the observed shares.</summary>
    /// <param name="ours">Of our runs: <see cref="NullFamily.Compare"/>.</param>
    /// <param name="study">Of the study's: <see cref="NullFamilyTable.Read"/>.</param>
    public static GenericChart Of(IReadOnlyList<NullResult> ours, IReadOnlyList<NullFamilyTable> study)
    {
        (string Name, (FadingNoiseNull Member, NullComparison Comparison)[] Rows)[] sets = [.. Sets(ours, study)];
        string[] order = [.. NullFamily.Members.Reverse().Select(Label)];
        var traces = sets.Select((set, i) => PlotlyParts.Trace(
            "scatter",
            ("mode", "markers"), ("name", set.Name), ("y", Array.ConvertAll(set.Rows, row => Label(row.Member))), ("x", PlotlyParts.Round(set.Rows.Select(row => 100 * row.Comparison.NullMean))),
            ("marker", PlotlyParts.Of(("color", Colours[i]), ("symbol", Symbols[i]), ("size", 9))),
            ("error_x", PlotlyParts.Of(
                ("type", "data"), ("symmetric", false), ("thickness", 2), ("width", 0),
                ("array", PlotlyParts.Round(set.Rows.Select(row => 100 * (row.Comparison.NullHigh - row.Comparison.NullMean)))),
                ("arrayminus", PlotlyParts.Round(set.Rows.Select(row => 100 * (row.Comparison.NullMean - row.Comparison.NullLow)))))),
            ("hovertemplate", "%{y}: %{x} %<extra></extra>")));
        var lines = sets.Select((set, i) => PlotlyParts.Of(
            ("type", "line"), ("yref", "paper"), ("y0", 0), ("y1", 1), ("x0", 100 * set.Rows[0].Comparison.Observed), ("x1", 100 * set.Rows[0].Comparison.Observed),
            ("line", PlotlyParts.Of(("color", Colours[i]), ("dash", "dash"), ("width", 2))))).ToArray();
        var note = $"Share of stable-rank events before 10 % of training that each fading noise gives; dashed lines: observed in the same runs. Bars hold 95 % of {Words.Count(ours[0].Comparison.Draws, "draw")} (study: {study[0].Comparison.Draws}), seed {ours[0].Comparison.Seed}. ► was chosen beforehand.";
        return new FigureFrame
        {
            Title = "What fading noise gives depends on how one fades it",
            Note = note,
            Alt = $"A row for each of {order.Length} null models with the share that it gives; they range from {Range(sets)}. {note}",
            PlotHeight = 24 * order.Length,
            Left = 235,
            Bottom = 130,
        }.Around(
            traces,
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "early share (%)"))))),
            ("yaxis", PlotlyParts.Of(("categoryorder", "array"), ("categoryarray", order), ("tickfont", PlotlyParts.Of(("size", 12))))),
            ("shapes", lines.Cast<object>().ToArray()));
    }

    /// <summary>What is left of "more than fading noise", set by set: observed, the chosen member with its draws, the range of the others.</summary>
    public static string Table(IReadOnlyList<NullResult> ours, IReadOnlyList<NullFamilyTable> study) => Phrase.Table(
        ["runs", "observed (%)", "chosen fading noise (%) [95 % of draws]", "observed less chosen (points)", "two-sided p", "all members (%)"],
        Sets(ours, study).Select(set =>
        {
            var chosen = set.Rows.Single(row => NullFamily.IsChosen(row.Member)).Comparison;
            return (IReadOnlyList<string>)
            [
                set.Name,
                Phrase.Number(100 * chosen.Observed),
                $"{Phrase.Number(100 * chosen.NullMean)} [{Phrase.Number(100 * chosen.NullLow)}, {Phrase.Number(100 * chosen.NullHigh)}]",
                Phrase.Points(chosen.Effect),
                Phrase.P(chosen),
                $"{Phrase.Number(100 * set.Rows.Min(row => row.Comparison.NullMean))} to {Phrase.Number(100 * set.Rows.Max(row => row.Comparison.NullMean))}",
            ];
        }))
        + $"\n\nOn series of known truth the chosen null was off by up to {Phrase.Number(100 * FadingNoiseNull.ChosenError)} points: a smaller difference is not told from its own error, whatever its p.";

    private static IEnumerable<(string Name, (FadingNoiseNull Member, NullComparison Comparison)[] Rows)> Sets(IReadOnlyList<NullResult> ours, IReadOnlyList<NullFamilyTable> study)
    {
        foreach (var set in study.GroupBy(row => row.Set))
        {
            var cells = set.Key == NullFamilyTable.CommonCells ? " (cells that we have too)" : "";
            yield return ($"study, {Words.Count(set.First().Runs, "run")}{cells}", [.. set.Select(row => (row.Member, row.Comparison))]);
        }

        yield return ($"ours, {Words.Count(ours[0].Runs, "run")}", [.. ours.Select(result => ((FadingNoiseNull)result.Null, result.Comparison))]);
    }

    private static string Range(IEnumerable<(string Name, (FadingNoiseNull Member, NullComparison Comparison)[] Rows)> sets)
    {
        var all = sets.SelectMany(set => set.Rows).Select(row => 100 * row.Comparison.NullMean).ToArray();
        return $"{Phrase.Number(all.Min())} to {Phrase.Number(all.Max())} %";
    }

    private static string Label(FadingNoiseNull member) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(NullFamily.IsChosen(member) ? "► " : "")}±{member.Reach}, {(member.Estimator == SpreadEstimator.MeanSquare ? "mean square" : "median")}, {(member.Shape == NoiseShape.OwnIncrements ? "own increments" : "normal")}");
}
