using System.Text.Json.Nodes;

namespace Ndt.Cli.Pages;

/// <summary>What stands above a figure's drawing: its title, and in smaller letters what it is made of.</summary>
/// <param name="Title">The title as text; empty where the drawing keeps its own.</param>
/// <param name="Note">Data, n and interval as text; may be empty.</param>
internal readonly record struct FigureCaption(string Title, string Note)
{
    // How FigureFrame marks the lines of a title, and how far apart plotly sets the lines.
    private const string TitleLine = "<span style=\"font-size:18px\">";
    private const double LineHeight = 1.3 * 14;
    private const double LeastMargin = 10;

    /// <summary>
    /// Takes title and note out of a figure that has them as <c>FigureFrame</c> sets them, with the room that they took: as text on the page they wrap by themselves, and
    /// can be selected. Any other figure is left as it is.
    /// </summary>
    public static FigureCaption Take(JsonObject figure)
    {
        if (ChartData.Layout(figure) is not { } layout || ChartData.Title(figure) is not { } text || !text.StartsWith(TitleLine, StringComparison.Ordinal))
        {
            return new FigureCaption("", "");
        }

        var lines = text.Split("<br>");
        layout.Remove("title");
        var room = lines.Length * LineHeight;
        if (layout["margin"] is JsonObject margin && FigureText.Number(margin["t"]) is { } top)
        {
            room = Math.Clamp(room, 0, Math.Max(0, top - LeastMargin));
            margin["t"] = Math.Round(top - room);
        }

        if (FigureText.Number(layout["height"]) is { } height && height > room)
        {
            layout["height"] = Math.Round(height - room);
        }

        var isTitle = lines.ToLookup(line => line.StartsWith(TitleLine, StringComparison.Ordinal), line => FigureText.Plain(line));
        return new FigureCaption(string.Join(' ', isTitle[true]), string.Join(' ', isTitle[false]));
    }
}
