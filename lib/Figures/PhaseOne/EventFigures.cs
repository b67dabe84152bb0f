using Ndt.Analysis;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Figures.PhaseOne;

/// <summary>When and where the jumps of many runs fall.</summary>
public static class EventFigures
{
    private const int Stretches = 20;
    private const int DepthParts = 5;

    // What the study counted, and what it meant to count.
    private static readonly (Metric Metric, string Name, string Colour)[] Compared =
        [(Metric.RecordedStableRank, "as recorded", Palette.Orange), (Metric.StableRank, "stable rank", Palette.Blue)];

    /// <summary>The headline bins on the published axis and on the true one, with the shares that jumps at random moments would have.</summary>
    public static GenericChart PublishedAndTrue(IReadOnlyList<StudiedRun> runs)
    {
        var traces = new List<Trace>();
        foreach (var (axis, panel) in new[] { (TimeAxis.Published, ""), (TimeAxis.True, "2") })
        {
            var isFirst = panel.Length == 0;
            foreach (var (metric, name, colour) in Compared)
            {
                Estimate[] shares = [.. EventTimes.BinNames.Select((_, bin) => EventTimes.Share(runs, metric, bin, axis))];
                traces.Add(PlotlyParts.Trace(
                    "bar",
                    ("name", name), ("legendgroup", name), ("showlegend", isFirst), ("x", EventTimes.BinNames), ("y", PlotlyParts.Round(shares.Select(share => 100 * share.Value))),
                    ("yaxis", $"y{panel}"), ("xaxis", $"x{panel}"), ("marker", PlotlyParts.Of(("color", colour))),
                    ("error_y", PlotlyParts.Of(
                        ("type", "data"), ("symmetric", false), ("color", Palette.Black),
                        ("array", PlotlyParts.Round(shares.Select(share => double.IsNaN(share.High) ? 0 : 100 * (share.High - share.Value)))),
                        ("arrayminus", PlotlyParts.Round(shares.Select(share => double.IsNaN(share.Low) ? 0 : 100 * (share.Value - share.Low)))))),
                    ("hovertemplate", $"%{{x}}: %{{y:.1f}} %<extra>{name}</extra>")));
            }

            traces.Add(PlotlyParts.Trace(
                "scatter",
                ("mode", "markers"), ("name", "random moments"), ("legendgroup", "chance"), ("showlegend", isFirst), ("x", EventTimes.BinNames),
                ("y", PlotlyParts.Round(EventTimes.BinNames.Select((_, bin) => 100 * EventTimes.UniformShare(runs, bin, axis)))),
                ("yaxis", $"y{panel}"), ("xaxis", $"x{panel}"),
                ("marker", PlotlyParts.Of(("symbol", "line-ew"), ("size", 60), ("line", PlotlyParts.Of(("color", Palette.Black), ("width", 3))))),
                ("hovertemplate", "%{x}: %{y:.1f} %<extra>random moments</extra>")));
        }

        var note = $"Share of events in each bin. {Words.Data(runs)}; {Words.Count(runs.Sum(run => run[Metric.RecordedStableRank].Jumps.Count()), "event")} of the recorded quantity, {Words.Count(runs.Sum(run => run[Metric.StableRank].Jumps.Count()), "event")} of the stable rank. {Words.Interval(runs)}.";
        return new FigureFrame
        {
            Title = "Two time axes, one set of events",
            Note = note,
            Alt = $"Bars for three bins of training on two time axes. On the published axis {Words.Percent(EventTimes.UniformShare(runs, 0, TimeAxis.Published))} of random moments already fall in the first bin and none can fall in the last. {note}",
            PlotHeight = 430,
        }.Around(
            traces,
            ("barmode", "group"),
            ("yaxis", ShareAxis([0.56, 0.95], "x")), ("yaxis2", ShareAxis([0, 0.39], "x2")),
            ("xaxis", PlotlyParts.Of(("anchor", "y"))), ("xaxis2", PlotlyParts.Of(("anchor", "y2"))),
            ("annotations", new object[] { Heading("<b>Published axis:</b> index / steps", 0.96), Heading("<b>True axis:</b> step / steps", 0.40) }));
    }

    /// <summary>How dense jumps are over training, by family, and for all runs with an interval; 1 is jumps at random moments.</summary>
    public static GenericChart OverTime(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        var middles = Enumerable.Range(0, Stretches).Select(i => 100 * (i + 0.5) / Stretches).ToArray();
        var all = EventTimes.Density(runs, metric, Stretches);
        var traces = new List<Trace>();
        if (!double.IsNaN(all[0].Low))
        {
            traces.Add(PlotlyParts.Trace(
                "scatter",
                ("mode", "lines"), ("name", "all runs, 95 %"), ("x", middles.Concat(middles.Reverse()).ToArray()),
                ("y", PlotlyParts.Round(all.Select(e => e.High).Concat(all.Reverse().Select(e => e.Low)))), ("fill", "toself"), ("fillcolor", "rgba(0,0,0,0.15)"),
                ("line", PlotlyParts.Of(("width", 0))), ("hoverinfo", "skip")));
        }

        traces.AddRange(RunGroup.ByFamily(runs).Select(family =>
        {
            var name = family.Runs[0].Run.Family;
            return PlotlyParts.Trace(
                "scatter",
                ("mode", "lines+markers"), ("name", family.Name), ("x", middles), ("y", PlotlyParts.Round(EventTimes.Density(family.Runs, metric, Stretches).Select(e => e.Value))),
                ("line", PlotlyParts.Of(("color", Palette.OfFamily(name)), ("dash", Palette.DashOfFamily(name)), ("width", 2))),
                ("marker", PlotlyParts.Of(("symbol", Palette.SymbolOfFamily(name)), ("size", 6))),
                ("hovertemplate", "at %{x} %: %{y}<extra></extra>"));
        }));
        var note = $"{Words.Count(runs.Sum(run => run[metric].Jumps.Count()), "event")} of the {LayerHeatmap.Name(metric)}; {Words.Data(runs)}. Each point is a twentieth of training. {Words.Interval(runs)}.";
        return new FigureFrame
        {
            Title = "When events fall, on the true axis",
            Note = note,
            Alt = $"Density of events over training by family, 1 being random moments. In the first twentieth it is {Words.TwoDecimals(all[0].Value)}, in the last {Words.TwoDecimals(all[^1].Value)}. {note}",
        }.Around(
            traces,
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "training done (%)"))), ("range", new[] { 0, 100 }))),
            ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "events (1: random moments)"))), ("rangemode", "tozero"))),
            ("shapes", new object[] { FigureFrame.Level(1) }));
    }

    /// <summary>Share of jumps in the first tenth of training, by family, dataset and seed.</summary>
    public static GenericChart EarlyShare(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank) => Groups(
        runs,
        "Events in the first tenth of training",
        metric,
        "share of events (%)",
        group => EventTimes.Share(group.Runs, metric, 0),
        group => EventTimes.UniformShare(group.Runs, 0),
        "random moments",
        scale: 100);

    /// <summary>Jumps for each layer, by family, dataset and seed: what raw totals of families with different numbers of layers hide.</summary>
    public static GenericChart PerLayer(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank) => Groups(
        runs,
        "Events for each layer",
        metric,
        "events for each layer",
        group => EventTimes.PerLayer(group.Runs, metric),
        group => EventTimes.PerLayerIfNormal(group.Runs),
        "normal increments",
        scale: 1);

    /// <summary>Jumps by depth, over the run's own mean for each layer.</summary>
    public static GenericChart ByDepth(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        string[] parts = ["first", "second", "third", "fourth", "last"];
        var families = RunGroup.ByFamily(runs);
        var traces = families.Select((family, i) =>
        {
            var name = family.Runs[0].Run.Family;
            var estimates = EventTimes.ByDepth(family.Runs, metric, DepthParts);
            return PlotlyParts.Trace(
                "scatter",
                ("mode", "lines+markers"), ("name", family.Name), ("x", Enumerable.Range(0, DepthParts).Select(part => part + (0.06 * (i - ((families.Count - 1) / 2.0)))).ToArray()),
                ("y", PlotlyParts.Round(estimates.Select(e => e.Value))), ("connectgaps", true),
                ("line", PlotlyParts.Of(("color", Palette.OfFamily(name)), ("dash", Palette.DashOfFamily(name)), ("width", 2))),
                ("marker", PlotlyParts.Of(("symbol", Palette.SymbolOfFamily(name)), ("size", 9))),
                ("error_y", PlotlyParts.Of(
                    ("type", "data"), ("symmetric", false),
                    ("array", PlotlyParts.Round(estimates.Select(e => double.IsNaN(e.High) ? 0 : e.High - e.Value))),
                    ("arrayminus", PlotlyParts.Round(estimates.Select(e => double.IsNaN(e.Low) ? 0 : e.Value - e.Low))))),
                ("hovertemplate", "%{y}<extra></extra>"));
        });
        var note = $"A layer's events over its run's mean for each layer. {Words.Data(runs)}; {LayerHeatmap.Name(metric)}. {Words.Interval(runs)}.";
        return new FigureFrame
        {
            Title = "Where events fall, by depth",
            Note = note,
            Alt = $"Events of layers in five parts of the network's depth, by family, 1 being the run's mean. {note}",
        }.Around(
            traces,
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "fifth of the network's depth"))), ("tickvals", Enumerable.Range(0, DepthParts).ToArray()), ("ticktext", parts))),
            ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "events (1: the run's mean)"))), ("rangemode", "tozero"))),
            ("shapes", new object[] { FigureFrame.Level(1) }));
    }

    /// <summary>How large jumps are beside their layer's level.</summary>
    public static GenericChart Magnitudes(IReadOnlyList<StudiedRun> runs, Metric metric = Metric.StableRank)
    {
        const int Points = 100;
        var traces = RunGroup.ByFamily(runs).Select(family =>
        {
            var name = family.Runs[0].Run.Family;
            var magnitudes = EventTimes.RelativeMagnitudes(family.Runs, metric);
            double[] shares = [.. Enumerable.Range(0, Points + 1).Select(i => (double)i / Points)];
            return PlotlyParts.Trace(
                "scatter",
                ("mode", "lines"), ("name", $"{family.Name} ({Words.Count(magnitudes.Length, "event")})"),
                ("x", PlotlyParts.Round(shares.Select(share => Statistics.Percentiles.Quantile(magnitudes, share)), 3)), ("y", PlotlyParts.Round(shares.Select(share => 1 - share), 3)),
                ("line", PlotlyParts.Of(("color", Palette.OfFamily(name)), ("dash", Palette.DashOfFamily(name)), ("width", 2.5))),
                ("hovertemplate", "%{y:.0%} are at least %{x}<extra></extra>"));
        });
        var all = EventTimes.RelativeMagnitudes(runs, metric);
        var note = $"Size of an event over the mean of its layer's {LayerHeatmap.Name(metric)}. {Words.Data(runs)}. The median event changes a layer by {Words.Percent(Statistics.Percentiles.Quantile(all, 0.5))} within one interval.";
        return new FigureFrame
        {
            Title = "How large events are",
            Note = note,
            Alt = $"Share of events that are at least so large, by family. {note}",
        }.Around(
            traces,
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "size (fraction of the layer's level)"))), ("type", "log"), ("dtick", 1), ("exponentformat", "power"))),
            ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "share of events at least so large"))), ("tickformat", ".0%"), ("range", new[] { 0, 1.02 }))));
    }

    private static GenericChart Groups(
        IReadOnlyList<StudiedRun> runs, string title, Metric metric, string axis, Func<RunGroup, Estimate> estimate, Func<RunGroup, double> chance, string chanceName, double scale)
    {
        var groups = RunGroup.Of(runs);
        var note = $"{LayerHeatmap.Name(metric)}; {Words.Data(runs)}, runs of each group in brackets. {Words.Interval(runs)}.";
        var all = estimate(groups[0]);
        return new FigureFrame
        {
            Title = title,
            Note = char.ToUpperInvariant(note[0]) + note[1..],
            Alt = $"{title} by family, dataset and seed: {Words.Number(scale * all.Value)} over all runs; {chanceName} would give {Words.Number(scale * chance(groups[0]))}. {note}",
            PlotHeight = Forest.Height(groups.Count),
        }.Around(
            Forest.Traces(groups, estimate, chance, chanceName, scale),
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", axis))), ("rangemode", "tozero"))),
            Forest.Axis(groups));
    }

    private static DynamicObj.DynamicObj ShareAxis(double[] domain, string anchor) => PlotlyParts.Of(
        ("domain", domain), ("anchor", anchor), ("range", new[] { 0, 105 }), ("title", PlotlyParts.Of(("text", "share (%)"))));

    private static DynamicObj.DynamicObj Heading(string text, double y) => PlotlyParts.Of(
        ("text", text), ("x", 0), ("xref", "paper"), ("xanchor", "left"), ("y", y), ("yref", "paper"), ("yanchor", "bottom"), ("showarrow", false), ("font", PlotlyParts.Of(("size", 13))));
}
