using System.Globalization;
using System.Text.Json.Nodes;
using Plotly.NET;

namespace Ndt.Interactive;

/// <summary>A Plotly.NET chart as the JSON that plotly.js draws.</summary>
internal static class ChartData
{
    /// <summary>The MIME type that notebook front ends know for it.</summary>
    public const string MimeType = "application/vnd.plotly.v1+json";

    /// <summary>The chart's traces, layout and configuration.</summary>
    public static JsonObject Figure(GenericChart chart)
    {
        var figure = JsonNode.Parse(GenericChart.toFigureJson(chart))!.AsObject();
        if (figure["frames"] is JsonArray { Count: 0 })
        {
            figure.Remove("frames");
        }

        figure["config"] = new JsonObject { ["displaylogo"] = false, ["responsive"] = true };
        return figure;
    }

    /// <summary>The figure's title; null without one.</summary>
    public static string? Title(JsonNode figure) => Layout(figure)?["title"] switch
    {
        JsonObject title => title["text"]?.ToString(),
        JsonValue text => text.ToString(),
        _ => null,
    };

    /// <summary>The figure's layout; null where it has none. A figure from a file may hold anything.</summary>
    public static JsonObject? Layout(JsonNode figure) => (figure as JsonObject)?["layout"] as JsonObject;

    /// <summary>What the figure shows, for readers who do not see it: the author's words (<c>layout.meta.alt</c>, set by <c>ChartStyle</c>), else the title.</summary>
    public static string AlternativeText(JsonNode figure) =>
        (Layout(figure)?["meta"] as JsonObject)?["alt"]?.ToString() ?? Title(figure) ?? "Figure";

    /// <summary>A line of plain text in the figure's place.</summary>
    public static string Summary(JsonNode figure)
    {
        var traces = ((figure as JsonObject)?["data"] as JsonArray)?.Count ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"[figure: {AlternativeText(figure)}; {traces} {(traces == 1 ? "trace" : "traces")}]");
    }
}
