using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks.Display;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Jupyter;

/// <summary>Publishes what one request's cell shows.</summary>
internal sealed class KernelSink(
    KernelSockets sockets, JupyterMessage request, int count, bool silent, bool allowInput, FigureImages images, BlockingCollection<string> answers, CancellationToken cancel) : ICellSink
{
    /// <summary>Plain text of the cell's last value.</summary>
    public string? ResultText { get; private set; }

    /// <inheritdoc/>
    public void Stream(string name, string text) => Publish("stream", new JsonObject { ["name"] = name, ["text"] = text });

    /// <inheritdoc/>
    public void Display(DisplayData data, string displayId) => Publish("display_data", Content(data, displayId));

    /// <inheritdoc/>
    public void Update(DisplayData data, string displayId) => Publish("update_display_data", Content(data, displayId));

    /// <inheritdoc/>
    public void Result(DisplayData data)
    {
        ResultText = data.Data["text/plain"]?.ToString();
        if (silent)
        {
            return;
        }

        Complete(data);
        Publish("execute_result", new JsonObject { ["execution_count"] = count, ["data"] = data.Data.DeepClone(), ["metadata"] = data.Metadata.DeepClone() });
    }

    /// <inheritdoc/>
    public void Error(CellError error) => Publish("error", error.ToJson());

    /// <inheritdoc/>
    public string Ask(string prompt, bool password)
    {
        if (!allowInput)
        {
            throw new InvalidOperationException("the cell asks for input, but this front end does not take such requests");
        }

        sockets.Ask(request, new JsonObject { ["prompt"] = prompt, ["password"] = password });
        return answers.Take(cancel);
    }

    /// <summary>A reply that says why there is no answer.</summary>
    public static JsonObject Failure(CellError error)
    {
        var content = error.ToJson();
        content["status"] = "error";
        return content;
    }

    /// <summary>Adds a figure's image; the session's first figure brings plotly.js to the page, so that it and all after it can be zoomed and asked.</summary>
    private void Complete(DisplayData data)
    {
        var isFirst = data.Data.ContainsKey(ChartData.MimeType) && images.IsFirst();
        images.Complete(data);
        if (isFirst)
        {
            data.Data["text/html"] = PlotlyScript.Element() + data.Data["text/html"]!.GetValue<string>();
        }
    }

    private JsonObject Content(DisplayData data, string displayId)
    {
        if (!silent)
        {
            Complete(data);
        }

        return new JsonObject
        {
            ["data"] = data.Data.DeepClone(),
            ["metadata"] = data.Metadata.DeepClone(),
            ["transient"] = new JsonObject { ["display_id"] = displayId },
        };
    }

    private void Publish(string type, JsonObject content)
    {
        if (!silent)
        {
            sockets.Publish(request, type, content);
        }
    }
}
