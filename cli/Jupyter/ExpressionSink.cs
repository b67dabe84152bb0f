using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks.Display;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Jupyter;

/// <summary>Keeps the value of one user expression; what it prints is not shown.</summary>
internal sealed class ExpressionSink : ICellSink
{
    /// <summary>The expression's entry in the reply.</summary>
    public JsonObject Content { get; private set; } = new() { ["status"] = "ok", ["data"] = new JsonObject(), ["metadata"] = new JsonObject() };

    /// <inheritdoc/>
    public void Result(DisplayData data)
    {
        Content["data"] = data.Data.DeepClone();
        Content["metadata"] = data.Metadata.DeepClone();
    }

    /// <inheritdoc/>
    public void Error(CellError error) => Content = KernelSink.Failure(error);

    /// <inheritdoc/>
    public void Stream(string name, string text)
    {
    }

    /// <inheritdoc/>
    public void Display(DisplayData data, string displayId)
    {
    }

    /// <inheritdoc/>
    public void Update(DisplayData data, string displayId)
    {
    }

    /// <inheritdoc/>
    public string Ask(string prompt, bool password) => throw new InvalidOperationException("an expression cannot ask for input");
}
