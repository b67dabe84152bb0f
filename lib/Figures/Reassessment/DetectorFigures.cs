using Ndt.Analysis.ChangePoints;
using Ndt.Analysis.ChangePoints.Bench;
using Ndt.Measurement;
using Plotly.NET;

namespace Ndt.Figures.Reassessment;

/// <summary>What change detectors do on series of known truth, and then on real ones.</summary>
public static class DetectorFigures
{
    /// <summary>The study's rule at its own threshold and a stricter one, two published detectors, one that knows drift, and one that also sees the start.</summary>
    public static IReadOnlyList<IChangeDetector> Detectors { get; } =
        [new IncrementRule(), new IncrementRule(4), new PeltDetector(), new EdPeltDetector(), new LocalContrast(), new EdgeContrast()];

    /// <summary>False alarms of every detector on every kind of series, on a logarithmic colour scale.</summary>
    public static GenericChart FalseAlarms(IReadOnlyList<BenchScore> scores)
    {
        var detectors = scores.Select(score => score.Detector).Distinct().ToArray();
        var scenarios = scores.Select(score => score.Scenario.Name).Distinct().Reverse().ToArray();
        BenchScore[][] cells = [.. scenarios.Select(scenario => detectors.Select(detector => scores.First(score => score.Detector == detector && score.Scenario.Name == scenario)).ToArray())];
        var note = $"Detections without a true change per 1,000 values; {scores[0].Series} series of {ValidityBench.Length} values a kind, seed {scores[0].FalseAlarms.Seed}. Colour is logarithmic.";
        return new FigureFrame
        {
            Title = "False alarms where the truth is known",
            Note = note,
            Alt = $"A table of colours: kinds of series against detectors. {note}",
            PlotHeight = 32 * scenarios.Length,
            Left = 180,
            Bottom = 45,
            Legend = false,
        }.Around(
            [
                PlotlyParts.Trace(
                    "heatmap",
                    ("x", detectors), ("y", scenarios), ("showscale", false), ("colorscale", "Blues"), ("reversescale", true), ("zmin", -1), ("zmax", 3),
                    ("z", cells.Select(row => row.Select(score => Math.Log10(Math.Max(0.1, score.FalseAlarms.Estimate))).ToArray()).ToArray()),
                    ("text", cells.Select(row => row.Select(score => Phrase.Number(score.FalseAlarms.Estimate)).ToArray()).ToArray()), ("texttemplate", "%{text}"),
                    ("xgap", 2), ("ygap", 2), ("hovertemplate", "%{x} on %{y}: %{text}<extra></extra>")),
            ]);
    }

    /// <summary>Recall by the size of one step, one line a detector; detectors that fire on drift are dashed.</summary>
    public static GenericChart Power(IReadOnlyList<BenchScore> scores, IReadOnlyList<DetectorVerdict> verdicts)
    {
        var chance = scores.GroupBy(score => score.Detector).Select((detector, i) => PlotlyParts.Trace(
            "scatter",
            ("mode", "lines"), ("showlegend", false), ("hoverinfo", "skip"), ("opacity", 0.6), ("x", detector.Select(score => score.Scenario.StepSize).ToArray()),
            ("y", PlotlyParts.Round(detector.Select(score => 100 * score.ChanceRecall))), ("line", PlotlyParts.Of(("color", Palette.Series[i]), ("dash", "dot"), ("width", 1)))));
        var traces = scores.GroupBy(score => score.Detector).Select((detector, i) =>
        {
            var points = detector.Select(score => (score.Scenario.StepSize, score.Recall)).ToArray();
            var isValid = verdicts.First(verdict => verdict.Detector == detector.Key).Valid;
            return PlotlyParts.Trace(
                "scatter",
                ("mode", "lines+markers"), ("name", $"{detector.Key}{(isValid ? "" : " (not valid)")}"), ("x", points.Select(point => point.StepSize).ToArray()),
                ("y", PlotlyParts.Round(points.Select(point => 100 * point.Recall.Estimate))),
                ("line", PlotlyParts.Of(("color", Palette.Series[i]), ("dash", isValid ? "solid" : "dash"), ("width", 2))), ("marker", PlotlyParts.Of(("symbol", i), ("size", 8))),
                ("error_y", PlotlyParts.Of(
                    ("type", "data"), ("symmetric", false), ("thickness", 1),
                    ("array", PlotlyParts.Round(points.Select(point => 100 * (point.Recall.High - point.Recall.Estimate)))),
                    ("arrayminus", PlotlyParts.Round(points.Select(point => 100 * (point.Recall.Estimate - point.Recall.Low)))))),
                ("hovertemplate", $"%{{x}} σ: %{{y:.0f}} %<extra>{detector.Key}</extra>"));
        });
        var note = $"Share of steps found within {ValidityBench.Tolerance} values; {scores[0].Series} series a size, 95 % bootstrap intervals, seed {scores[0].Recall.Seed}. Dashed: not valid. Dotted: the recall of as many detections at random moments as the detector has false alarms.";
        return new FigureFrame
        {
            Title = "Power: one step in noise",
            Note = note,
            Alt = $"Recall over step size in standard deviations, one line a detector. {note}",
            Bottom = 130,
        }.Around(
            [.. chance, .. traces],
            ("xaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "step (σ of the noise)"))))),
            ("yaxis", PlotlyParts.Of(("title", PlotlyParts.Of(("text", "recall (%)"))), ("range", new[] { -3, 103 }))));
    }

    /// <summary>Which detectors can be believed, and what all of them say about our runs.</summary>
    public static string Survey(IReadOnlyList<ChangeSurvey> surveys, IReadOnlyList<DetectorVerdict> verdicts) => Phrase.Table(
        ["detector", "valid", "why", "changes", "layers with any", "changes a layer [95 %]", "in the first 10 % of training [95 %]"],
        surveys.Select(survey => (survey, verdict: verdicts.First(verdict => verdict.Detector == survey.Detector))).Select(pair => (IReadOnlyList<string>)
        [
            pair.survey.Detector,
            pair.verdict.Valid ? "yes" : "**no**",
            pair.verdict.Reason,
            Phrase.Number(pair.survey.Changes),
            Words.Percent((double)pair.survey.LayersWithChanges / pair.survey.Layers),
            Phrase.Number(pair.survey.PerLayer.Estimate, pair.survey.PerLayer),
            Words.Percent(pair.survey.EarlyShare),
        ]))
        + $"\n\n{surveys[0].Metric.Name().Replace('_', ' ')}, {Words.Count(surveys[0].Runs, "run")}, {Words.Count(surveys[0].Layers, "layer")}; 95 % BCa over {Words.Count(surveys[0].PerLayer.Clusters, "cell")}, {Words.Count(surveys[0].PerLayer.Replicates, "resample")}, seed {surveys[0].PerLayer.Seed}. Random moments would put {Words.Percent(0.1)} into the first 10 %.";
}
