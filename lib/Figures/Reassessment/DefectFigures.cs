using Ndt.Analysis;
using Ndt.Claims.Ledger;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Figures.Reassessment;

/// <summary>The two mistakes that everything else rests on: the quantity (defect A) and the time axis (defect B).</summary>
public static class DefectFigures
{
    private static readonly string[] Bins = ["first 10 %", "10–50 %", "last 50 %"];

    /// <summary>What the study recorded as stable rank, and the stable rank, of the layers of one run: the one with a middling number of events.</summary>
    public static GenericChart RecordedAndRecovered(ReassessmentSet set)
    {
        var recovered = set.Runs(Metric.StableRank);
        var events = recovered.Select(run => (double)run.Increments.Sum(layer => Jumps.AmongIncrements(layer).Count) / run.Layers.Count).ToArray();
        var place = Enumerable.Range(0, recovered.Count).OrderBy(i => events[i]).ElementAt((recovered.Count - 1) / 2);
        var (run, recorded) = (recovered[place], set.Runs(Metric.RecordedStableRank)[place]);
        var traces = run.Layers.SelectMany((layer, i) => new[]
        {
            Line(recorded.Series[i].Select(value => 1 - value), "2", layer.Name, i, false),
            Line(run.Series[i], "", layer.Name, i, true),
        });
        var largest = recorded.Series.Max(layer => layer.Max(value => 1 - value));
        var note = $"{run.Name}, the run with a middling number of events; {Words.Count(run.Layers.Count, "layer")}. Above: one less the recorded number, which is never further than {Phrase.Number(largest)} from one. Below: ‖A‖²_F / s₁² of the same matrices.";
        return new FigureFrame
        {
            Title = "The recorded number, and what was meant",
            Note = note,
            Alt = $"Two panels over training, a line a layer. {note}",
            PlotHeight = 460,
            Bottom = 130,
        }.Around(
            traces,
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "optimiser step"))), ("anchor", "y"))),
            ("yaxis2", PlotlyParts.Of(("domain", new[] { 0.56, 1.0 }), ("anchor", "x"), ("type", "log"), ("exponentformat", "power"), ("dtick", 1), ("title", PlotlyParts.Of(("text", "1 − recorded"))))),
            ("yaxis", PlotlyParts.Of(("domain", new[] { 0, 0.46 }), ("anchor", "x"), ("title", PlotlyParts.Of(("text", "stable rank"))))));

        Trace Line(IEnumerable<double> values, string axis, string name, int layer, bool isShown) => PlotlyParts.Trace(
            "scatter",
            ("mode", "lines"), ("name", name), ("legendgroup", name), ("showlegend", isShown), ("x", run.Steps), ("y", PlotlyParts.Round(values)), ("yaxis", $"y{axis}"),
            ("line", PlotlyParts.Of(("color", Palette.Series[layer % Palette.Series.Count]), ("width", 1.5), ("dash", layer < Palette.Series.Count ? "solid" : "dot"))),
            ("hovertemplate", "step %{x}: %{y}<extra></extra>"));
    }

    /// <summary>The same events on the published and on the true axis, then those of the stable rank; beside each what random moments would give.</summary>
    public static GenericChart TimeAxis(ReassessmentSet set)
    {
        var study = set.Study.Tallies;
        (string Name, IReadOnlyList<RunTally> Runs, Metric Metric, RunCount First, bool IsPublished, string Colour)[] ways =
        [
            ("as published: recorded, published axis", study, Metric.RecordedStableRank, RunCount.PublishedFirst10, true, Palette.Orange),
            ("recorded, true axis", study, Metric.RecordedStableRank, RunCount.EventsFirst10, false, Palette.SkyBlue),
            ("stable rank, true axis", study, Metric.StableRank, RunCount.EventsFirst10, false, Palette.Blue),
            ("stable rank, true axis, our runs", set.Tallies, Metric.StableRank, RunCount.EventsFirst10, false, Palette.Green),
        ];
        var traces = ways.Select(way => PlotlyParts.Trace(
            "bar",
            ("name", way.Name), ("x", Bins), ("y", PlotlyParts.Round(Bins.Select((_, bin) => 100 * Share(way.Runs, way.Metric, way.First + bin, RunCount.Events)))),
            ("marker", PlotlyParts.Of(("color", way.Colour), ("pattern", PlotlyParts.Of(("shape", way.IsPublished ? "/" : ""))))), ("hovertemplate", $"%{{x}}: %{{y:.1f}} %<extra>{way.Name}</extra>"))).ToList();
        var truth = Bins.Select((_, bin) => 100 * Share(study, Metric.StableRank, RunCount.IncrementsFirst10 + bin, RunCount.Increments)).ToArray();
        traces.Add(PlotlyParts.Trace(
            "scatter",
            ("mode", "markers"), ("name", "random moments, true axis"), ("x", Bins), ("y", PlotlyParts.Round(truth)),
            ("marker", PlotlyParts.Of(("symbol", "line-ew"), ("size", 130), ("line", PlotlyParts.Of(("color", Palette.Black), ("width", 2))))), ("hovertemplate", "%{x}: %{y:.1f} %<extra>random moments</extra>")));
        var note = $"{Words.Count(Runs(study, Metric.RecordedStableRank), "run")} of the study, {Phrase.Number(Sum(study, Metric.RecordedStableRank, RunCount.Events))} events of the recorded number and {Phrase.Number(Sum(study, Metric.StableRank, RunCount.Events))} of the stable rank; {Words.Count(Runs(set.Tallies, Metric.StableRank), "run")} of ours, {Phrase.Number(Sum(set.Tallies, Metric.StableRank, RunCount.Events))} events. The published axis divides a measurement's index by the number of optimiser steps. Intervals: in the ledger.";
        return new FigureFrame
        {
            Title = "When events fall, before and after",
            Note = note,
            Alt = $"Bars of the share of events in three parts of training, four ways. Random moments: {string.Join(", ", truth.Select(Phrase.Number))} %. {note}",
            Bottom = 150,
        }.Around(traces, ("barmode", "group"), ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "share of events (%)"))), ("rangemode", "tozero"))));
    }

    private static double Share(IEnumerable<RunTally> runs, Metric metric, RunCount of, RunCount over) => Sum(runs, metric, of) / Sum(runs, metric, over);

    private static double Sum(IEnumerable<RunTally> runs, Metric metric, RunCount count) => runs.Where(run => run.Metric == metric).Sum(run => run[count]);

    private static int Runs(IEnumerable<RunTally> runs, Metric metric) => runs.Count(run => run.Metric == metric);
}
