using System.Text.Json;
using Ndt.Records;

namespace Ndt.Cli.Commands;

/// <summary>A run as JSON, for the commands that make or list records.</summary>
internal static class RunJson
{
    /// <summary>Writes an object: where the record is, which run, how it ended. What is not known is null.</summary>
    public static void Write(Utf8JsonWriter writer, string path, RunMetadata run, int? measurements = null, int? matrices = null)
    {
        writer.WriteStartObject();
        writer.WriteString("record", path);
        writer.WriteString("architecture", run.Architecture);
        writer.WriteString("dataset", run.Dataset);
        writer.WriteOrNull("seed", run.Seed);
        writer.WriteString("protocol", run.Protocol);
        writer.WriteNumber("steps", run.Steps);
        writer.WriteNumber("measure_every", run.MeasureEvery);
        writer.WriteOrNull("measurements", measurements);
        writer.WriteOrNull("matrices", matrices);
        writer.WriteFiniteOrNull("final_accuracy", run.FinalAccuracy);
        writer.WriteFiniteOrNull("elapsed_seconds", run.ElapsedSeconds);
        writer.WriteStartObject("details");
        foreach (var (name, value) in run.Details)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
