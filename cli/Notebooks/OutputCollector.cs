using System.Text;
using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks.Display;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Notebooks;

/// <summary>
/// Gathers what the cells of one notebook show as nbformat's outputs: neighbouring prints to one stream become one output, an
/// update replaces what was displayed, in whichever cell that was.
/// </summary>
internal sealed class OutputCollector(Action<DisplayData> complete) : ICellSink
{
    /// <summary>A cell that prints without end must not fill the memory or the notebook.</summary>
    private const int MostCharacters = 1 << 21;

    private readonly Dictionary<string, List<JsonObject>> displayed = new(StringComparer.Ordinal);
    private readonly StringBuilder stream = new();
    private NotebookCell? cell;
    private string streamName = "";
    private int printed;

    /// <summary>Begins a cell, which has no outputs yet: what is shown from now on is its own.</summary>
    public void Begin(NotebookCell next, int number)
    {
        cell = next;
        cell.ExecutionCount = number;
        printed = 0;
    }

    /// <summary>Ends the cell.</summary>
    public void End()
    {
        EndStream();
        cell = null;
    }

    /// <inheritdoc/>
    public void Stream(string name, string text)
    {
        if (name != streamName)
        {
            EndStream();
            streamName = name;
        }

        var room = MostCharacters - printed;
        if (room <= 0)
        {
            return;
        }

        printed += text.Length;
        stream.Append(text.Length <= room ? text : string.Concat(text.AsSpan(0, room), "\n… more was printed than a notebook should hold; the rest is not kept\n"));
    }

    /// <inheritdoc/>
    public void Display(DisplayData data, string displayId)
    {
        var output = Add("display_data", data);
        if (!displayed.TryGetValue(displayId, out var places))
        {
            displayed[displayId] = places = [];
        }

        places.Add(output);
    }

    /// <inheritdoc/>
    public void Update(DisplayData data, string displayId)
    {
        complete(data);
        foreach (var output in displayed.GetValueOrDefault(displayId, []))
        {
            output["data"] = Stored(data.Data);
            output["metadata"] = data.Metadata.DeepClone();
        }
    }

    /// <inheritdoc/>
    public void Result(DisplayData data) => Add("execute_result", data)["execution_count"] = cell?.ExecutionCount;

    /// <inheritdoc/>
    public void Error(CellError error)
    {
        EndStream();
        var output = error.ToJson();
        output["output_type"] = "error";
        cell?.Outputs.Add((JsonNode)output);
    }

    private JsonObject Add(string type, DisplayData data)
    {
        EndStream();
        complete(data);
        var output = new JsonObject { ["data"] = Stored(data.Data), ["metadata"] = data.Metadata.DeepClone(), ["output_type"] = type };
        cell?.Outputs.Add((JsonNode)output);
        return output;
    }

    private void EndStream()
    {
        if (stream.Length > 0)
        {
            cell?.Outputs.Add((JsonNode)new JsonObject { ["name"] = streamName, ["output_type"] = "stream", ["text"] = MultilineText.Write(stream.ToString()) });
            stream.Clear();
        }

        streamName = "";
    }

    /// <summary>As nbformat stores it: text in lines, images and JSON as they are.</summary>
    private static JsonObject Stored(JsonObject data)
    {
        var stored = new JsonObject();
        foreach (var (mimeType, content) in data)
        {
            var isText = content is JsonValue && (mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "image/svg+xml" or "application/javascript");
            stored[mimeType] = isText ? MultilineText.Write(content!.ToString()) : content?.DeepClone();
        }

        return stored;
    }
}
