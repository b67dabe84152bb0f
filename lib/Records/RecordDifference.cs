using System.Globalization;
using Ndt.Measurement;

namespace Ndt.Records;

/// <summary>Compares two records, apart from times and the versions that made them.</summary>
public static class RecordDifference
{
    /// <summary>
    /// What differs, a line each, at most one per series; empty when the records are the same run with the same figures.
    /// </summary>
    /// <param name="first">A record.</param>
    /// <param name="second">Another.</param>
    /// <param name="tolerance">The relative difference that figures of layers and gradient norms may have; 0 asks for the same bits. Losses and steps are always compared bit for bit.</param>
    public static IReadOnlyList<string> Between(RunRecord first, RunRecord second, double tolerance = 0)
    {
        var differences = new List<string>();
        var (a, b) = (first.Metadata, second.Metadata);
        Compare("run", Identity(a), Identity(b));
        Compare("final_accuracy", Text(a.FinalAccuracy), Text(b.FinalAccuracy));
        Compare("measurements", Text(first.Points.Count), Text(second.Points.Count));
        Compare("layers", string.Join(", ", first.Layers.Select(Name)), string.Join(", ", second.Layers.Select(Name)));
        foreach (var key in a.Details.Keys.Union(b.Details.Keys).Where(key => key.StartsWith("data_", StringComparison.Ordinal)))
        {
            Compare(key, a.Details.GetValueOrDefault(key, "(nothing)"), b.Details.GetValueOrDefault(key, "(nothing)"));
        }

        if (differences.Count > 0)
        {
            return differences;
        }

        var point = Enumerable.Range(0, first.Points.Count).FirstOrDefault(i => !SamePoint(first.Points[i], second.Points[i]), -1);
        if (point >= 0)
        {
            differences.Add($"step {first.Points[point].Step}: {first.Points[point]} and {second.Points[point]}");
        }

        foreach (var (x, y) in first.Layers.Zip(second.Layers))
        {
            Compare($"{Name(x)}: metrics", string.Join(", ", x.Metrics.Order()), string.Join(", ", y.Metrics.Order()));
            foreach (var metric in x.Metrics.Intersect(y.Metrics))
            {
                var (left, right) = (x[metric], y[metric]);
                var i = Enumerable.Range(0, left.Length).FirstOrDefault(i => !Same(left[i], right[i]), -1);
                if (i >= 0)
                {
                    differences.Add($"{Name(x)}: {metric.Name()}, first at step {first.Points[i].Step}: {Text(left[i])} and {Text(right[i])}");
                }
            }
        }

        return differences;

        bool SamePoint(MeasurementPoint left, MeasurementPoint right) => left.Equals(right with { GradientNorm = left.GradientNorm }) && Same(left.GradientNorm, right.GradientNorm);

        bool Same(double left, double right) => left.Equals(right) || Math.Abs(left - right) <= tolerance * Math.Max(Math.Abs(left), Math.Abs(right));

        void Compare(string what, string left, string right)
        {
            if (left != right)
            {
                differences.Add($"{what}: {left} and {right}");
            }
        }
    }

    private static string Identity(RunMetadata run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Experiment} seed {run.Seed} protocol {run.Protocol} {run.Steps} steps every {run.MeasureEvery}");

    private static string Name(LayerSeries layer) => $"{layer.Name} ({layer.View})";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
