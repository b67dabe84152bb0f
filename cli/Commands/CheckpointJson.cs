using System.Globalization;
using System.Text;
using System.Text.Json;
using Ndt.Checkpoints;

namespace Ndt.Cli.Commands;

/// <summary>Checkpoints as JSON: an array with an object per file. What is NaN or infinite becomes null, and is counted under <c>non_finite</c>.</summary>
internal static class CheckpointJson
{
    /// <summary>The files' text.</summary>
    public static string Of(IEnumerable<string> paths) => JsonOutput.Of(writer =>
    {
        writer.WriteStartArray();
        foreach (var path in paths)
        {
            Write(writer, path, CheckpointFile.Read(path));
        }

        writer.WriteEndArray();
    });

    /// <summary>A value on one line: a string as it stands, anything else as JSON.</summary>
    public static string Show(CheckpointValue value)
    {
        if (value is CheckpointValue.Text text)
        {
            return text.Value;
        }

        if (value is CheckpointValue.Number number)
        {
            return number.Value.ToString("R", CultureInfo.InvariantCulture);
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void Write(Utf8JsonWriter writer, string path, Checkpoint checkpoint)
    {
        writer.WriteStartObject();
        writer.WriteString("file", path);
        writer.WriteStartObject("metadata");
        foreach (var (name, value) in checkpoint.Metadata)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("tensors");
        var listed = ListedTensor.All(checkpoint);
        foreach (var tensor in listed)
        {
            Write(writer, tensor);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("optimizer_groups");
        foreach (var group in checkpoint.Optimizer?.Groups ?? [])
        {
            writer.WriteStartObject();
            foreach (var (name, value) in group.Options)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }

            WriteNumbers(writer, "params", group.Parameters.Select(index => (long)index));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("left_out");
        foreach (var part in checkpoint.LeftOut)
        {
            writer.WriteStartObject();
            writer.WriteString("name", part.Name);
            writer.WriteString("kind", part.Kind);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, CheckpointTotals.Of(checkpoint, listed));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ListedTensor item)
    {
        var (tensor, summary) = item;
        writer.WriteStartObject();
        writer.WriteString("name", tensor.Name);
        writer.WriteString("dtype", tensor.TypeName);
        WriteNumbers(writer, "shape", tensor.Shape);
        writer.WriteNumber("elements", tensor.Elements);
        writer.WriteFiniteOrNull("min", summary.Minimum);
        writer.WriteFiniteOrNull("max", summary.Maximum);
        writer.WriteFiniteOrNull("mean", summary.Mean);
        writer.WriteFiniteOrNull("norm", summary.Norm);
        writer.WriteNumber("non_finite", summary.NonFinite);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CheckpointTotals totals)
    {
        writer.WriteStartObject("totals");
        writer.WriteNumber("model_tensors", totals.ModelTensors);
        writer.WriteNumber("model_elements", totals.ModelElements);
        writer.WriteNumber("model_bytes", totals.ModelBytes);
        writer.WriteFiniteOrNull("model_norm", totals.ModelNorm);
        writer.WriteNumber("optimizer_tensors", totals.OptimizerTensors);
        writer.WriteNumber("optimizer_bytes", totals.OptimizerBytes);
        writer.WriteNumber("extra_tensors", totals.ExtraTensors);
        writer.WriteNumber("extra_bytes", totals.ExtraBytes);
        writer.WriteNumber("non_finite", totals.NonFinite);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CheckpointValue value) => value.WriteJson(writer, writer.WriteFiniteOrNull);

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
