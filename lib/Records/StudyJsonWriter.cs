using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ndt.Measurement;

namespace Ndt.Records;

/// <summary>Writes a record in the study's words and layout. See <see cref="StudyJson.Write"/>.</summary>
internal static class StudyJsonWriter
{
    /// <summary>Not a module that fires in the study's way of measuring, so no file of its has it.</summary>
    private const string UnmeasuredLayer = ".self_attn.out_proj";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream stream, RunRecord record, string path)
    {
        using var json = new Utf8JsonWriter(stream, Layout);
        json.WriteStartObject();
        WriteMeasurements(json, record, path);
        WriteArchitecture(json, record.Metadata, path);
        WriteNumber(json, StudyFields.FinalAccuracy, Finite(record.Metadata.FinalAccuracy, StudyFields.FinalAccuracy, path));
        json.WriteString(StudyFields.ArchName, record.Metadata.Architecture);
        json.WriteString(StudyFields.DatasetName, record.Metadata.Dataset);
        WriteNumber(json, StudyFields.ElapsedTime, Finite(record.Metadata.ElapsedSeconds, StudyFields.ElapsedTime, path));
        json.WriteNumber(StudyFields.NumSteps, record.Metadata.Steps);
        json.WriteNumber(StudyFields.MeasurementInterval, record.Metadata.MeasureEvery);
        json.WriteEndObject();
    }

    private static void WriteMeasurements(Utf8JsonWriter json, RunRecord record, string path)
    {
        var layers = record.Layers
            .Where(layer => layer.View == LayerView.Study && !layer.Name.EndsWith(UnmeasuredLayer, StringComparison.Ordinal))
            .Select(layer => (layer.Name, Series: Array.ConvertAll(StudyFields.Metrics, metric => layer[metric.Metric])))
            .ToArray();
        json.WriteStartArray(StudyFields.Measurements);
        for (var i = record.FirstUpdatedPoint; i < record.Points.Count; i++)
        {
            var point = record.Points[i];
            json.WriteStartObject();
            json.WriteNumber(StudyFields.Step, point.Step);
            json.WriteNumber(StudyFields.Epoch, point.Epoch);
            WriteNumber(json, StudyFields.Loss, Finite(point.Loss, StudyFields.Loss));
            // A program's own loop need not know it: null then.
            WriteNumber(json, StudyFields.GradNorm, double.IsNaN(point.GradientNorm) ? double.NaN : Finite(point.GradientNorm, StudyFields.GradNorm));
            json.WriteStartObject(StudyFields.LayerMetrics);
            foreach (var (name, series) in layers)
            {
                json.WriteStartObject(name);
                for (var metric = 0; metric < series.Length; metric++)
                {
                    var field = StudyFields.Metrics[metric].Field;
                    WriteNumber(json, field, Finite(series[metric][i], $"{name} {field}"));
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();

            double Finite(double value, string what) => double.IsFinite(value)
                ? value
                : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: not written: {what} is {value} at step {point.Step}, and the study's JSON has finite numbers only"));
        }

        json.WriteEndArray();
    }

    private static void WriteArchitecture(Utf8JsonWriter json, RunMetadata metadata, string path)
    {
        json.WriteStartObject(StudyFields.ArchitectureParams);
        foreach (var field in StudyFields.Architecture)
        {
            // Counts are whole numbers in the study's files; a width is a mean there, and has a point, but for a transformer's token size.
            var value = metadata.ArchitectureParameters.GetValueOrDefault(field, double.NaN);
            var isMean = field == StudyFields.Connectivity || (field == StudyFields.Width && metadata.Family != "transformer");
            if (!isMean && double.IsInteger(value) && Math.Abs(value) < 1L << 53)
            {
                json.WriteNumber(field, (long)value);
            }
            else
            {
                WriteNumber(json, field, Finite(value, field, path));
            }
        }

        json.WriteEndObject();
    }

    /// <summary>What a run need not know is NaN, and null in the file; an infinity has no place there.</summary>
    private static double Finite(double value, string what, string path) => double.IsInfinity(value)
        ? throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: not written: {what} is {value}, and the study's JSON has finite numbers only"))
        : value;

    private static void WriteNumber(Utf8JsonWriter json, string field, double value)
    {
        json.WritePropertyName(field);
        if (double.IsNaN(value))
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRawValue(PythonNumber.Text(value), skipInputValidation: true);
        }
    }
}
