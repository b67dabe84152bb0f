using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Statistics;
using Plotly.NET;

namespace Ndt.Figures.PhaseOne;

/// <summary>When layers move most, whether they do so together, and whether the loss falls there.</summary>
public static class CriticalFigures
{
    private const int Stretches = 20;

    private static readonly double[] Middles = [.. Enumerable.Range(0, Stretches).Select(i => 100 * (i + 0.5) / Stretches)];

    /// <summary>Speed and sharpness of the layers over training: |velocity| and |acceleration| over the layer's own means, by family.</summary>
    public static GenericChart Speeds(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        var traces = RunGroup.ByFamily(runs).SelectMany(family => (Trace[])
        [
            Line(family, ByStretch(family.Runs, run => Motion(run, metric, series => Increments.Magnitudes(series))), ""),
            Line(family, ByStretch(family.Runs, run => Motion(run, metric, series => Increments.Magnitudes(Increments.Of(series)))), "2"),
        ]);
        var note = $"{Capital(LayerHeatmap.Name(metric))}, over each layer's own mean (dashed). {Words.Data(runs)}; means over layers, each point a twentieth of training.";
        return new FigureFrame
        {
            Title = "Velocity and acceleration",
            Note = note,
            Alt = $"Two panels over training, by family: mean size of the velocity and of the acceleration. {note}",
            PlotHeight = 430,
        }.Around(
            traces,
            ("xaxis", TrainingAxis("y2")),
            ("yaxis", Panel([0.54, 1], "velocity")), ("yaxis2", Panel([0, 0.46], "acceleration")),
            ("shapes", new object[] { FigureFrame.Level(1), Across("y2", 1) }));
    }

    /// <summary>The mean share of layers that are critical, over training and by family, with an interval for all runs; the definition fixes its mean.</summary>
    public static GenericChart Coordination(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        var all = Estimates(runs, run => run[metric].Coordination);
        var mean = Estimate.OfMean(runs, run => run[metric].MeanCoordination);
        var traces = Band(all).Concat(RunGroup.ByFamily(runs).Select(family => Line(family, ByStretch(family.Runs, run => run[metric].Coordination), "")));
        var note = $"Share of a run's layers that are critical. Mean over training {Words.Percent(mean)}; fixed by definition at {Words.Percent(StrongRule.FixedCoordination(runs))} (dashed) but for ties. {Words.Data(runs)}; {LayerHeatmap.Name(metric)}. {Words.Interval(runs)}.";
        return new FigureFrame
        {
            Title = "Coordination over training",
            Note = note,
            Alt = $"Mean coordination in twentieths of training by family. {note}",
        }.Around(
            traces,
            ("xaxis", TrainingAxis("y")),
            ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "coordination"))), ("tickformat", ".0%"), ("rangemode", "tozero"))),
            ("shapes", new object[] { FigureFrame.Level(StrongRule.FixedCoordination(runs)) }));
    }

    /// <summary>Every run's largest coordination against its layers, with what independent layers would reach and the bound of the strong rule.</summary>
    public static GenericChart LargestCoordination(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        int[] layers = [.. runs.Select(run => run[metric].Layers.Count).Distinct().Order()];
        var increments = runs[0][metric].Steps.Length - 1;
        Trace[] traces =
        [
            PlotlyParts.Trace(
                "scatter",
                ("mode", "lines+markers"), ("name", "independent layers, median"), ("x", layers), ("y", PlotlyParts.Round(layers.Select(count => StrongRule.MedianCoordination(count, increments)))),
                ("line", PlotlyParts.Of(("color", Palette.Chance), ("width", 3))), ("marker", PlotlyParts.Of(("symbol", "line-ew-open"), ("size", 12)))),
            .. RunGroup.ByFamily(runs).Select(family => PlotlyParts.Trace(
                "scatter",
                ("mode", "markers"), ("name", family.Name), ("x", family.Runs.Select(run => run[metric].Layers.Count).ToArray()),
                ("y", PlotlyParts.Round(family.Runs.Select(run => run[metric].MaxCoordination))), ("text", family.Runs.Select(run => run.Name).ToArray()),
                ("marker", PlotlyParts.Of(
                    ("color", Palette.OfFamily(family.Runs[0].Run.Family)), ("symbol", Palette.SymbolOfFamily(family.Runs[0].Run.Family)), ("size", 9), ("opacity", 0.7))),
                ("hovertemplate", "%{text}<br>%{x} layers: %{y:.0%}<extra></extra>"))),
        ];
        var expected = StrongRule.ExpectedRuns(runs, metric);
        var note = $"The rule asks for more than {Words.Percent(CriticalPeriods.StrongAbove)} (dashed). {Words.Count(runs.Count(run => run[metric].IsStrong), "run")} of {runs.Count} are “strong”; of as many with independent layers {Words.Number(expected)} would be. {Words.Data(runs)}; {LayerHeatmap.Name(metric)}.";
        return new FigureFrame
        {
            Title = "Largest coordination of each run",
            Note = note,
            Alt = $"Largest coordination of each run against its number of layers, with the median that independent layers reach. {note}",
        }.Around(
            traces,
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "layers"))))),
            ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "largest coordination"))), ("tickformat", ".0%"), ("range", new[] { 0, 1.04 }))),
            ("shapes", new object[] { FigureFrame.Level(CriticalPeriods.StrongAbove) }));
    }

    /// <summary>How often the loss falls from one measurement to the next, over training and by family: the chance level that moves.</summary>
    public static GenericChart LossFalls(IReadOnlyList<StudiedRun> runs)
    {
        var all = Estimates(runs, run => LossCoincidence.FallsByStretch(run[Metric.StableRank], Stretches));
        var overall = Estimate.OfMean(runs, run => LossCoincidence.Of(run[Metric.StableRank]).Overall);
        var traces = Band(all).Concat(RunGroup.ByFamily(runs).Select(family => Line(family, ByStretch(family.Runs, run => LossCoincidence.FallsByStretch(run[Metric.StableRank], Stretches)), "")));
        var note = $"Share of intervals in which the training loss of the batch falls; {Words.Percent(overall)} over all. {Words.Data(runs)}. {Words.Interval(runs)}. Dashed: one half.";
        return new FigureFrame
        {
            Title = "How often the loss falls",
            Note = note,
            Alt = $"Share of intervals with a falling loss over training, by family. {note}",
        }.Around(
            traces,
            ("xaxis", TrainingAxis("y")),
            ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "intervals with falling loss"))), ("tickformat", ".0%"))),
            ("shapes", new object[] { FigureFrame.Level(0.5) }));
    }

    /// <summary>Loss falls at critical steps, by family, dataset and seed, with the chance level matched in time.</summary>
    public static GenericChart LossShare(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        var groups = RunGroup.Of(runs);
        Estimate Share(RunGroup group) => Estimate.OfMean(group.Runs, run => LossCoincidence.Of(run[metric]).Observed);
        double Chance(RunGroup group) => Estimate.OfMean(group.Runs, run => LossCoincidence.Of(run[metric]).Chance).Value;
        var note = $"Share of critical steps of the {LayerHeatmap.Name(metric)} at which the loss falls; grey: any interval in the same fortieth of training. {Words.Data(runs)}, runs of each group in brackets. {Words.Interval(runs)}.";
        return new FigureFrame
        {
            Title = "Critical steps and falls of the loss",
            Note = note,
            Alt = $"Share of critical steps with a falling loss by family, dataset and seed: {Words.Percent(Share(groups[0]))} over all runs, {Words.Percent(Chance(groups[0]))} by chance. {note}",
            PlotHeight = Forest.Height(groups.Count),
        }.Around(
            Forest.Traces(groups, Share, Chance, "matched chance", 100),
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "critical steps with falling loss (%)"))))),
            Forest.Axis(groups));
    }

    /// <summary>The same over the chance level, in percentage points: what is left of the coincidence.</summary>
    public static GenericChart LossExcess(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        var groups = RunGroup.Of(runs);
        var all = LossCoincidence.Excess(runs, metric);
        var note = $"Over all runs {Words.Points(all)}. {Capital(LayerHeatmap.Name(metric))}; {Words.Data(runs)}, runs of each group in brackets. {Words.Interval(runs)}.";
        return new FigureFrame
        {
            Title = "Loss falls beyond matched chance",
            Note = note,
            Alt = $"Excess of loss falls at critical steps over matched chance, by family, dataset and seed. {note}",
            PlotHeight = Forest.Height(groups.Count),
        }.Around(
            Forest.Traces(groups, group => LossCoincidence.Excess(group.Runs, metric), _ => 0, "chance", 100),
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "percentage points"))))),
            Forest.Axis(groups));
    }

    private static Trace Line(RunGroup family, double[] values, string axis)
    {
        var name = family.Runs[0].Run.Family;
        return PlotlyParts.Trace(
            "scatter",
            ("mode", "lines+markers"), ("name", family.Name), ("legendgroup", name), ("showlegend", axis.Length == 0), ("x", Middles), ("y", PlotlyParts.Round(values)), ("yaxis", $"y{axis}"),
            ("line", PlotlyParts.Of(("color", Palette.OfFamily(name)), ("dash", Palette.DashOfFamily(name)), ("width", 2))),
            ("marker", PlotlyParts.Of(("symbol", Palette.SymbolOfFamily(name)), ("size", 6))),
            ("hovertemplate", $"at %{{x}} %: %{{y}}<extra>{family.Name}</extra>"));
    }

    private static IEnumerable<Trace> Band(Estimate[] all)
    {
        if (double.IsNaN(all[0].Low))
        {
            yield break;
        }

        yield return PlotlyParts.Trace(
            "scatter",
            ("mode", "lines"), ("name", "all runs, 95 %"), ("x", Middles.Concat(Middles.Reverse()).ToArray()),
            ("y", PlotlyParts.Round(all.Select(e => e.High).Concat(all.Reverse().Select(e => e.Low)))), ("fill", "toself"), ("fillcolor", "rgba(0,0,0,0.15)"),
            ("line", PlotlyParts.Of(("width", 0))), ("hoverinfo", "skip"));
    }

    /// <summary>A run's values in stretches of training, each the mean over the values in it.</summary>
    private static double[] InStretches(double[] values) => values.Length == Stretches
        ? values
        :
        [
            .. Enumerable.Range(0, Stretches).Select(stretch => Descriptive.Mean(
                [.. values.Where((_, i) => i * Stretches / values.Length == stretch)])),
        ];

    private static Estimate[] Estimates(IReadOnlyList<StudiedRun> runs, Func<StudiedRun, double[]> values)
    {
        var stretches = runs.ToDictionary(run => run, run => InStretches(values(run)));
        return [.. Enumerable.Range(0, Stretches).Select(stretch => Estimate.OfMean(runs, run => stretches[run][stretch]))];
    }

    private static double[] ByStretch(IReadOnlyList<StudiedRun> runs, Func<StudiedRun, double[]> values)
    {
        double[][] stretches = [.. runs.Select(run => InStretches(values(run)))];
        return [.. Enumerable.Range(0, Stretches).Select(i => Descriptive.Mean([.. stretches.Select(run => run[i]).Where(double.IsFinite)]))];
    }

    private static double[] Motion(StudiedRun run, Metric metric, Func<double[], double[]> magnitudes)
    {
        double[][] layers = [.. run.Series(metric).Select(series => InStretches(magnitudes(series))).Select(values => Array.ConvertAll(values, value => value / Descriptive.Mean(values)))];
        return [.. Enumerable.Range(0, Stretches).Select(i => Descriptive.Mean([.. layers.Select(layer => layer[i]).Where(double.IsFinite)]))];
    }

    private static DynamicObj.DynamicObj TrainingAxis(string anchor) =>
        PlotlyParts.Of(("title", PlotlyParts.Of(("text", "training done (%)"))), ("range", new[] { 0, 100 }), ("anchor", anchor));

    private static DynamicObj.DynamicObj Panel(double[] domain, string title) => PlotlyParts.Of(
        ("domain", domain), ("anchor", "x"), ("title", PlotlyParts.Of(("text", title))), ("rangemode", "tozero"), ("nticks", 6));

    private static DynamicObj.DynamicObj Across(string axis, double y)
    {
        var level = FigureFrame.Level(y);
        level.SetProperty("yref", axis);
        return level;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
