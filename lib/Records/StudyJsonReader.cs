using System.Globalization;
using Ndt.Measurement;

namespace Ndt.Records;

/// <summary>One pass over the bytes of a study file; values go straight into their series. See <see cref="StudyJson.Read"/>.</summary>
internal static class StudyJsonReader
{
    private static readonly string[] MetricFields = [.. StudyFields.Metrics.Select(metric => metric.Field)];

    public static RunRecord Read(string path, ReadOnlySpan<byte> bytes)
    {
        var cursor = new StudyJsonCursor(path, bytes) { Field = "the file" };
        cursor.Advance();
        cursor.ExpectObject();
        var seen = new SeenFields(StudyFields.Record);
        var series = new StudySeries();
        var architectureParameters = new SortedDictionary<string, double>(StringComparer.Ordinal);
        string architecture = "", dataset = "";
        int steps = 0, interval = 0;
        double accuracy = 0, elapsed = 0;
        while (cursor.NextField(StudyFields.Record))
        {
            seen.Add(ref cursor);
            switch (cursor.Field)
            {
                case StudyFields.Measurements: ReadMeasurements(ref cursor, series); break;
                case StudyFields.ArchitectureParams: ReadArchitecture(ref cursor, architectureParameters); break;
                case StudyFields.FinalAccuracy: accuracy = cursor.ReadDoubleOrNull(); break;
                case StudyFields.ArchName: architecture = cursor.ReadName(); break;
                case StudyFields.DatasetName: dataset = cursor.ReadName(); break;
                case StudyFields.ElapsedTime: elapsed = cursor.ReadDoubleOrNull(); break;
                case StudyFields.NumSteps: steps = cursor.ReadInt(fewest: 1); break;
                case StudyFields.MeasurementInterval: interval = cursor.ReadInt(fewest: 1); break;
                default: cursor.Skip(); break;
            }
        }

        cursor.Advance();
        seen.RequireAll(ref cursor);
        CheckSteps(ref cursor, series.Points, steps, interval);
        var metadata = new RunMetadata
        {
            Architecture = architecture,
            Dataset = dataset,
            Protocol = "study",
            Steps = steps,
            MeasureEvery = interval,
            FinalAccuracy = accuracy,
            ElapsedSeconds = elapsed,
            ArchitectureParameters = architectureParameters,
        };
        return new RunRecord(metadata, series.Points, series.Layers());
    }

    private static void ReadArchitecture(ref StudyJsonCursor cursor, SortedDictionary<string, double> parameters)
    {
        cursor.ExpectObject();
        while (cursor.NextField(StudyFields.Architecture))
        {
            parameters[cursor.Field] = cursor.ReadDoubleOrNull();
        }
    }

    private static void ReadMeasurements(ref StudyJsonCursor cursor, StudySeries series)
    {
        cursor.ExpectArray();
        for (cursor.Advance(); !cursor.AtEndOfArray; cursor.Advance())
        {
            cursor.Measurement = series.Points.Count;
            cursor.Field = "";
            cursor.ExpectObject();
            ReadMeasurement(ref cursor, series);
        }

        cursor.Measurement = null;
    }

    private static void ReadMeasurement(ref StudyJsonCursor cursor, StudySeries series)
    {
        var seen = new SeenFields(StudyFields.Measurement);
        int step = 0, epoch = 0;
        double loss = 0, gradient = 0;
        while (cursor.NextField(StudyFields.Measurement))
        {
            seen.Add(ref cursor);
            switch (cursor.Field)
            {
                case StudyFields.Step: step = ReadStep(ref cursor, series.Points); break;
                case StudyFields.Epoch: epoch = cursor.ReadInt(fewest: 0); break;
                case StudyFields.Loss: loss = cursor.ReadDouble(); break;
                case StudyFields.GradNorm: gradient = cursor.ReadDoubleOrNull(); break;
                case StudyFields.LayerMetrics: ReadLayers(ref cursor, series); break;
                default: cursor.Skip(); break;
            }
        }

        seen.RequireAll(ref cursor);
        series.Points.Add(new MeasurementPoint(step, step + 1, epoch, loss, gradient));
    }

    private static int ReadStep(ref StudyJsonCursor cursor, List<MeasurementPoint> before)
    {
        var step = cursor.ReadInt(fewest: 0);
        return before.Count == 0 || step > before[^1].Step
            ? step
            : throw cursor.Error(string.Create(CultureInfo.InvariantCulture, $"{step} follows {before[^1].Step}; steps have to rise"));
    }

    private static void ReadLayers(ref StudyJsonCursor cursor, StudySeries series)
    {
        cursor.ExpectObject();
        for (var place = 0; cursor.NextField(series.Names, place); place++)
        {
            var layer = series.Find(cursor.Field, place);
            if (layer < 0)
            {
                cursor.Field = $"{StudyFields.LayerMetrics}.{cursor.Field}";
                throw cursor.Error(series.Points.Count == 0
                    ? $"is one more than {StudySeries.MostLayers} layers, the most that are read"
                    : $"this layer is not in {StudyFields.Measurements}[0]; every measurement lists the same layers");
            }

            cursor.Layer = cursor.Field;
            cursor.Field = "";
            if (series.IsMeasured(layer))
            {
                throw cursor.Error("stands twice in one measurement");
            }

            ReadLayer(ref cursor, series, layer);
            cursor.Layer = null;
        }

        cursor.Field = StudyFields.LayerMetrics;
        if (series.Names.Length == 0)
        {
            throw cursor.Error("no layers; every measurement lists the same ones, at least one");
        }

        if (series.FirstUnmeasured is { } missing)
        {
            throw cursor.Error($"layer {missing} of {StudyFields.Measurements}[0] is missing; every measurement lists the same layers");
        }
    }

    private static void ReadLayer(ref StudyJsonCursor cursor, StudySeries series, int layer)
    {
        cursor.ExpectObject();
        var seen = new SeenFields(MetricFields);
        for (var place = 0; cursor.NextField(MetricFields, place); place++)
        {
            var metric = seen.Add(ref cursor);
            if (metric < 0)
            {
                cursor.Skip();
                continue;
            }

            var value = cursor.ReadDouble();
            if (StudyFields.Metrics[metric].Metric == Metric.ParticipationRatio && value <= 0)
            {
                throw cursor.Error($"is {cursor.Text}; it is at least 1, and the stable rank is recovered by dividing by it");
            }

            series.Add(layer, metric, value);
        }

        seen.RequireAll(ref cursor);
    }

    private static void CheckSteps(ref StudyJsonCursor cursor, List<MeasurementPoint> points, int steps, int interval)
    {
        var culture = CultureInfo.InvariantCulture;
        cursor.Field = StudyFields.Measurements;
        if (points.Count < StudyFields.FewestMeasurements)
        {
            throw cursor.Error(string.Create(culture, $"{points.Count} measurements; at least {StudyFields.FewestMeasurements} are needed"));
        }

        cursor.Field = StudyFields.Step;
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i].Step - points[i - 1].Step != interval)
            {
                cursor.Measurement = i;
                throw cursor.Error(string.Create(culture, $"{points[i].Step} follows {points[i - 1].Step}; steps are {StudyFields.MeasurementInterval} = {interval} apart"));
            }
        }

        if (points[^1].Step >= steps)
        {
            cursor.Measurement = points.Count - 1;
            throw cursor.Error(string.Create(culture, $"{points[^1].Step} lies beyond the run; steps stay below {StudyFields.NumSteps} = {steps}"));
        }
    }
}
