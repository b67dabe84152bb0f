using Ndt.Analysis;
using Ndt.Analysis.Nulls;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Figures.Reassessment;

/// <summary>Figures over our runs held against the nulls that fit their question.</summary>
public static class NullTests
{
    /// <summary>Whether events fall early, and whether the loss falls where layers move. The nulls that speak to both are drawn once.</summary>
    public static (IReadOnlyList<NullResult> Timing, IReadOnlyList<NullResult> Loss) TimingAndLoss(IReadOnlyList<RunSeries> runs, int draws, int seed)
    {
        var (early, falls) = (new EarlyEventShare(), new LossDropStatistic());
        var results = Against(runs, [early, falls], NullModels.OfLossCoincidence, draws, seed);
        var ofTiming = NullModels.OfTiming.Select(model => model.Name).ToArray();
        return ([.. results.Where(result => result.Statistic == early && ofTiming.Contains(result.Null.Name))], [.. results.Where(result => result.Statistic == falls)]);
    }

    /// <summary>Whether layers move together.</summary>
    public static IReadOnlyList<NullResult> Coordination(IReadOnlyList<RunSeries> runs, int draws, int seed) =>
        Against(runs, [new CoordinationStatistic(largest: true), new CoordinationStatistic(largest: false), new StrongPeriods()], NullModels.OfCoordination, draws, seed);

    /// <summary>The results, with what each null keeps and destroys.</summary>
    public static string Table(IReadOnlyList<NullResult> results)
    {
        var first = results[0].Comparison;
        return Phrase.Table(
            ["figure", "null", "keeps", "destroys", "observed (%)", "chance (%) [2.5, 97.5]", "effect (points)", "p"],
            results.Select(result => (IReadOnlyList<string>)
            [
                Name(result),
                result.Null.Name,
                result.Statistic == results[0].Statistic ? result.Null.Keeps : "as above",
                result.Statistic == results[0].Statistic ? result.Null.Destroys : "as above",
                Phrase.Number(100 * result.Comparison.Observed),
                $"{Phrase.Number(100 * result.Comparison.NullMean)} [{Phrase.Number(100 * result.Comparison.NullLow)}, {Phrase.Number(100 * result.Comparison.NullHigh)}]",
                Phrase.Points(result.Comparison.Effect),
                Phrase.P(result.Comparison),
            ]))
            + $"\n\n{results[0].Metric.Name().Replace('_', ' ')}, {Words.Count(results[0].Runs, "run")}, {Words.Count(results[0].Layers, "layer")}; {Words.Count(first.Draws, "draw")} of each null, seed {first.Seed}; p is two-sided and can get no lower than {Phrase.Number(first.PFloor)}.";
    }

    /// <summary>Every result as a point on its null's range.</summary>
    public static GenericChart Figure(params ReadOnlySpan<IReadOnlyList<NullResult>> tests)
    {
        var results = new List<NullResult>();
        foreach (var test in tests)
        {
            // What a definition fixes has no chance in it, and needs no picture.
            results.AddRange(test.Where(result => result.Statistic == test[0].Statistic));
        }

        // The first result on top.
        results.Reverse();
        string[] names = [.. results.Select(result => $"{Name(result)} · {result.Null.Name}")];
        var first = results[^1];
        var note = $"{Words.Count(first.Runs, "run")} of ours, {Words.Count(first.Layers, "layer")}, {first.Metric.Name().Replace('_', ' ')}; {Words.Count(first.Comparison.Draws, "draw")} of each null, seed {first.Comparison.Seed}. Bars: from the 2.5 % to the 97.5 % quantile of the null.";
        return new FigureFrame
        {
            Title = "Observed, and what each null gives",
            Note = note,
            Alt = $"For each figure and null a grey bar, the null's range, and a mark, the observed figure. {note}",
            PlotHeight = 30 * results.Count,
            Left = 330,
        }.Around(
            [
                PlotlyParts.Trace(
                    "scatter",
                    ("mode", "markers"), ("name", "chance, 95 % of draws"), ("x", PlotlyParts.Round(results.Select(result => 100 * result.Comparison.NullMean))), ("y", names),
                    ("marker", PlotlyParts.Of(("color", Palette.Chance), ("size", 8), ("symbol", "line-ns"), ("line", PlotlyParts.Of(("color", Palette.Chance), ("width", 3))))),
                    ("error_x", PlotlyParts.Of(
                        ("type", "data"), ("symmetric", false), ("thickness", 6), ("width", 0), ("color", "rgba(127,127,127,0.5)"),
                        ("array", PlotlyParts.Round(results.Select(result => 100 * (result.Comparison.NullHigh - result.Comparison.NullMean)))),
                        ("arrayminus", PlotlyParts.Round(results.Select(result => 100 * (result.Comparison.NullMean - result.Comparison.NullLow))))))),
                PlotlyParts.Trace(
                    "scatter",
                    ("mode", "markers"), ("name", "observed"), ("x", PlotlyParts.Round(results.Select(result => 100 * result.Comparison.Observed))), ("y", names),
                    ("marker", PlotlyParts.Of(("color", Palette.Vermilion), ("size", 10), ("symbol", "diamond")))),
            ],
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "per cent"))), ("rangemode", "tozero"))),
            ("yaxis", PlotlyParts.Of(("tickfont", PlotlyParts.Of(("size", 12))))));
    }

    private static string Name(NullResult result) => result.Statistic.Name.Replace('_', ' ');

    private static IReadOnlyList<NullResult> Against(IReadOnlyList<RunSeries> runs, IReadOnlyList<RunStatistic> statistics, IReadOnlyList<NullModel> nulls, int draws, int seed) =>
        [.. nulls.SelectMany(model => NullTest.Compare(runs, statistics, model, draws, seed)).OrderBy(result => statistics.TakeWhile(statistic => statistic != result.Statistic).Count())];
}
