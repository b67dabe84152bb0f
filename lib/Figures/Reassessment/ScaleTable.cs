using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Figures.Reassessment;

/// <summary>How large events are beside what rounding, sampling and the measurement itself move.</summary>
public static class ScaleTable
{
    private static readonly Metric[] Metrics = [Metric.RecordedStableRank, Metric.StableRank];

    /// <summary>A row for each metric and floor; a control that has not been run says so.</summary>
    public static string Of(ReassessmentSet set)
    {
        var rows = Metrics.SelectMany(metric => new[]
        {
            Row(metric, "one rounding of a double", set.Runs(metric), (run, layer) => NoiseFloor.OfDoubleRounding(run.Series[layer])),
            Row(metric, "one rounding of a float", set.Runs(metric), (run, layer) => NoiseFloor.OfSingleRounding(run.Series[layer])),
            OfControl(set, metric, ControlRuns.ZeroLearningRate),
            OfControl(set, metric, ControlRuns.FreshProbe),
        });
        return Phrase.Table(["metric", "floor", "runs", "events", "event size in floors: 5 %", "median", "95 %", "above three floors"], rows)
            + $"\n\nEvents with z > {Phrase.Number(AnalysisParameters.Study.JumpThreshold)} of our runs, each beside the floor of its own layer. The floor of a control is the standard deviation of its increments; ∞ is a control that does not move at all.";
    }

    /// <summary>Which controls are here.</summary>
    public static string Controls(ReassessmentSet set) => string.Join('\n', set.Controls.Select(control =>
        $"- `{control.Name}` ({control.What}): {(control.Records.Count == 0 ? "not run yet; what needs it is left out below" : $"{Words.Count(control.Records.Count, "run")}, {string.Join(", ", control.Records.Select(record => record.Metadata.Experiment).Distinct())}")}"));

    private static string[] OfControl(ReassessmentSet set, Metric metric, string name)
    {
        var control = set.Controls.First(one => one.Name == name);
        var floors = control.Records
            .Select(record => RunSeries.Of(record, metric))
            .SelectMany(run => run.Layers.Select((layer, i) => (Key: (run.Run.Experiment, layer.Name), Floor: NoiseFloor.OfControl(run.Series[i]))))
            .GroupBy(layer => layer.Key)
            .ToDictionary(layer => layer.Key, layer => layer.Average(one => one.Floor));
        var runs = set.Runs(metric).Where(run => run.Layers.All(layer => floors.ContainsKey((run.Run.Experiment, layer.Name)))).ToArray();
        return Row(metric, name, runs, (run, layer) => floors[(run.Run.Experiment, run.Layers[layer].Name)]);
    }

    private static string[] Row(Metric metric, string floor, IReadOnlyList<RunSeries> runs, Func<RunSeries, int, double> floorOf)
    {
        if (runs.Count == 0)
        {
            return [metric.Name(), floor, "not run yet", "–", "–", "–", "–", "–"];
        }

        var sizes = runs.SelectMany(run => run.Series.SelectMany((series, layer) => Jumps.Find(series).Select(jump => jump.Magnitude / floorOf(run, layer)))).ToArray();
        var scale = EventScale.Of(sizes, 1);
        return [metric.Name(), floor, Phrase.Number(runs.Count), Phrase.Number(scale.Events), Phrase.Number(scale.Low), Phrase.Number(scale.Median), Phrase.Number(scale.High), Words.Percent(scale.ShareAbove)];
    }
}
