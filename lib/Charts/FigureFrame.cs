using Plotly.NET;

namespace Ndt.Charts;

/// <summary>
/// What surrounds a figure: its title, under it in smaller letters what it is made of (data, n, interval), and its legend below. Lines are
/// short enough for a page of 400 pixels. A notebook's cell ends with it: <c>new FigureFrame { Title = …, Note = …, Alt = …, X = "update" }.Around(chart)</c>.
/// </summary>
public sealed class FigureFrame
{
    private const int TitleCharacters = 39;
    private const int NoteCharacters = 54;

    // Plotly sets every line of a title 1.3 times its font's size below the last, whatever sizes stand within the line.
    private const int FontSize = 14;
    private const double Line = 1.3 * FontSize;

    /// <summary>A little narrower than other figures: there are many of them, and each is stored as an image.</summary>
    private const int Width = 800;

    // On a phone they lie over the title; dragging zooms and a double click resets without them.
    private static readonly string[] Buttons =
        ["toImage", "zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d"];

    /// <summary>What one sees.</summary>
    public required string Title { get; init; }

    /// <summary>Data, n, interval, and how to read it.</summary>
    public required string Note { get; init; }

    /// <summary>For those who do not see the figure.</summary>
    public required string Alt { get; init; }

    /// <summary>Title of the horizontal axis with its unit; null leaves the chart's own.</summary>
    public string? X { get; init; }

    /// <summary>Title of the vertical axis with its unit; null leaves the chart's own.</summary>
    public string? Y { get; init; }

    /// <summary>Units high that the drawing itself is, without title, axis titles and legend.</summary>
    public int PlotHeight { get; init; } = 340;

    /// <summary>Units below the drawing: axis title and legend.</summary>
    public int Bottom { get; init; } = 110;

    /// <summary>Units kept free between the title and the drawing.</summary>
    public int Above { get; init; } = 14;

    /// <summary>Units left of the drawing, where the axis does not ask for more.</summary>
    public int Left { get; init; } = 60;

    /// <summary>Whether the vertical axis begins at 0 where nothing lies below: for bars, which stand on it.</summary>
    public bool FromZero { get; init; }

    /// <summary>Whether there is a legend.</summary>
    public bool Legend { get; init; } = true;

    /// <summary>The values that the horizontal axis names, thousands as <c>2k</c>; null leaves them to plotly, which names few on a logarithmic axis.</summary>
    public IReadOnlyList<int>? XTicks { get; init; }

    /// <summary>The words on the vertical axis from the top down; null leaves them in the order in which they occur, from the bottom up.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>Any chart of Plotly.NET in this frame; what it sets itself, such as a logarithmic axis, stays.</summary>
    public GenericChart Around(GenericChart chart) => Around(chart, new Layout());

    /// <summary>The chart of these traces in this frame.</summary>
    /// <param name="traces">The traces.</param>
    /// <param name="members">Further members of the layout: axes, annotations, shapes.</param>
    public GenericChart Around(IEnumerable<Trace> traces, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var layout = new Layout();
        PlotlyParts.Set(layout, members);
        return Around(PlotlyParts.Chart(traces), layout);
    }

    private GenericChart Around(GenericChart chart, Layout layout)
    {
        var titleLines = Wrap(Title, TitleCharacters);
        var noteLines = Wrap(Note, NoteCharacters);
        var top = 12 + (int)((titleLines.Count + noteLines.Count) * Line) + Above;
        var height = top + PlotHeight + Bottom;
        layout.SetProperty("title", PlotlyParts.Of(
            ("text", string.Join("<br>", [.. titleLines.Select(line => $"<span style=\"font-size:18px\">{line}</span>"), .. noteLines])),
            ("font", PlotlyParts.Of(("size", FontSize))),
            ("xref", "container"),
            ("x", 0.015),
            ("y", 1 - (18.0 / height)),
            ("yanchor", "top")));
        layout.SetProperty("margin", PlotlyParts.Of(("t", top), ("b", Bottom), ("l", Left), ("r", 20)));
        layout.SetProperty("modebar", PlotlyParts.Of(("remove", Buttons)));
        layout.SetProperty("legend", PlotlyParts.Of(
            ("orientation", "h"), ("yref", "container"), ("y", 0.005), ("yanchor", "bottom"), ("x", 0), ("xanchor", "left")));
        if (XTicks is not null)
        {
            PlotlyParts.Set(layout, [("xaxis", PlotlyParts.Of(
                ("tickvals", XTicks.ToArray()),
                ("ticktext", XTicks.Select(value => value is not 0 && value % 1000 == 0 ? FormattableString.Invariant($"{value / 1000}k") : FormattableString.Invariant($"{value}")).ToArray())))]);
        }

        if (FromZero)
        {
            PlotlyParts.Set(layout, [("yaxis", PlotlyParts.Of(("rangemode", "nonnegative")))]);
        }

        if (Rows is not null)
        {
            PlotlyParts.Set(layout, [("yaxis", PlotlyParts.WordAxis(Rows))]);
        }

        return ChartStyle.Apply(GenericChart.addLayout(layout, chart), x: X, y: Y, alt: Alt, width: Width, height: height, showLegend: Legend);
    }

    private static List<string> Wrap(string text, int characters)
    {
        var lines = new List<string>();
        foreach (var word in Words.Unbroken(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= characters)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
