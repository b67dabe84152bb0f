using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Cli.Pages;

/// <summary>The series of one record, thinned and packed for the explorer's page.</summary>
internal static class ExplorerRun
{
    /// <summary>Measurements that are kept of a series.</summary>
    public const int MostPoints = 200;

    /// <summary>Of these, the ones from the beginning: there a series changes fastest.</summary>
    public const int FirstPoints = 80;

    /// <summary>Significant digits of a value.</summary>
    public const int Digits = 4;

    /// <summary>What is measured of the whole network, by the names it has in records.</summary>
    public static readonly string[] NetworkMetrics = ["loss", "gradient_norm", "probe_loss", "probe_accuracy"];

    /// <summary>JSON, deflated (zlib), in base64: what a script can hold and a browser can unpack without asking anybody.</summary>
    public static string Packed(RunRecord record)
    {
        using var packed = new MemoryStream();
        using (var deflated = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var writer = new Utf8JsonWriter(deflated))
        {
            Write(writer, record);
        }

        return Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    /// <summary>Which measurements of so many are kept: all, or the first ones and evenly spaced others with the last.</summary>
    public static int[] Kept(int count)
    {
        if (count <= MostPoints)
        {
            return [.. Enumerable.Range(0, count)];
        }

        const int Others = MostPoints - FirstPoints;
        var step = (count - FirstPoints) / (double)Others;
        return [.. Enumerable.Range(0, FirstPoints), .. Enumerable.Range(1, Others).Select(i => FirstPoints - 1 + (int)Math.Round(i * step))];
    }

    private static void Write(Utf8JsonWriter writer, RunRecord record)
    {
        var kept = Kept(record.Points.Count);
        writer.WriteStartObject();
        writer.WriteNumber("measured", record.Points.Count);
        Accuracy(writer, record.Metadata.FinalAccuracy);
        writer.WriteStartArray("updates");
        foreach (var i in kept)
        {
            writer.WriteNumberValue(record.Points[i].Updates);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("layers");
        Func<MeasurementPoint, double>[] ofNetwork = [point => point.Loss, point => point.GradientNorm, point => point.ProbeLoss, point => point.ProbeAccuracy];
        Layer(writer, "", "", NetworkMetrics.Zip(ofNetwork, (name, of) => (name, record.Points.Select(of).ToArray())), kept);
        foreach (var layer in record.Layers.OrderBy(layer => layer.Depth))
        {
            Layer(writer, layer.Name, layer.View, layer.Metrics.Order().Select(metric => (metric.Name(), layer[metric])), kept);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Accuracy(Utf8JsonWriter writer, double accuracy)
    {
        if (double.IsFinite(accuracy))
        {
            writer.WriteNumber("accuracy", Math.Round(accuracy, Digits));
        }
    }

    private static void Layer(Utf8JsonWriter writer, string name, string view, IEnumerable<(string Name, double[] Values)> series, int[] kept)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("view", view);
        writer.WriteStartObject("metrics");
        foreach (var (metric, values) in series)
        {
            if (Array.TrueForAll(values, double.IsNaN))
            {
                continue;
            }

            writer.WriteStartArray(metric);
            foreach (var i in kept)
            {
                if (double.IsFinite(values[i]))
                {
                    writer.WriteRawValue(values[i].ToString($"G{Digits}", CultureInfo.InvariantCulture));
                }
                else
                {
                    writer.WriteNullValue();
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
