using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The exception's type, or <c>CompilationError</c>, <c>CellTimeout</c>, <c>Interrupted</c>, <c>ProcessExited</c>.</param>
/// <param name="Message">One line or more; begins with the cell and, where known, the line.</param>
/// <param name="Trace">Lines for the reader: the message, then where.</param>
[method: JsonConstructor]
internal sealed record CellError(string Name, string Message, IReadOnlyList<string> Trace)
{
    /// <summary>An error without more to say than its message.</summary>
    public CellError(string name, string message) : this(name, message, [$"{name}: {message}"])
    {
    }

    /// <summary>The fields that nbformat and Jupyter's protocol both give an error.</summary>
    public JsonObject ToJson() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Message,
        ["traceback"] = new JsonArray([.. Trace.Select(line => (JsonNode)line)]),
    };
}
