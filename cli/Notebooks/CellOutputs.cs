using System.Text.Json.Nodes;

namespace Ndt.Cli.Notebooks;

/// <summary>A cell's stored outputs as a reader sees them.</summary>
internal static class CellOutputs
{
    /// <summary>The outputs, neighbouring prints to one stream as one: other hosts store a line at a time.</summary>
    public static IReadOnlyList<JsonObject> Of(NotebookCell cell)
    {
        var outputs = new List<JsonObject>();
        foreach (var output in cell.Outputs.OfType<JsonObject>())
        {
            if (StreamName(output) is { } name && outputs is [.., var last] && StreamName(last) == name)
            {
                outputs[^1] = new JsonObject { ["output_type"] = "stream", ["name"] = name, ["text"] = MultilineText.Read(last["text"]) + MultilineText.Read(output["text"]) };
            }
            else
            {
                outputs.Add(output);
            }
        }

        return outputs;
    }

    /// <summary>The stream that an output is printed to; null for another kind of output.</summary>
    public static string? StreamName(JsonObject output) => output["output_type"]?.ToString() == "stream" ? output["name"]?.ToString() ?? "stdout" : null;
}
