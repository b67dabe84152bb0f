using Plotly.NET;

namespace Ndt.Charts;

/// <summary>Marks with intervals of two lengths, which Plotly.NET has no short word for. Each is a chart of one series, to be combined with others and put into a <see cref="FigureFrame"/>.</summary>
public static class Marks
{
    /// <summary>Marks in rows, the interval lying across; ends that are NaN draw no bar. Rows stand from the bottom up in the order in which they first occur.</summary>
    /// <param name="name">The series' name in the legend.</param>
    /// <param name="marks">Row, value, and the interval's ends.</param>
    /// <param name="colour">A colour of <see cref="Palette"/>.</param>
    /// <param name="symbol">Plotly's name of the symbol: <c>circle</c>, <c>diamond</c>, <c>line-ns-open</c>.</param>
    /// <param name="thickness">Of the bar; 6 and more reads as a range rather than as an interval.</param>
    public static GenericChart Across(string name, IEnumerable<(string Row, double Value, double Low, double High)> marks, string colour, string symbol = "circle", int thickness = 2)
    {
        var all = marks.ToArray();
        return Chart(
            ("mode", "markers"), ("name", name), ("x", PlotlyParts.Round(all.Select(mark => mark.Value))), ("y", all.Select(mark => mark.Row).ToArray()),
            ("marker", Marker(colour, symbol)), ("error_x", Bars(all.Select(mark => (mark.Value, mark.Low, mark.High)), colour, thickness)), ("hovertemplate", $"%{{y}}: %{{x}}<extra>{name}</extra>"));
    }

    /// <summary>Marks over an axis, the interval standing upright; ends that are NaN draw no bar.</summary>
    /// <param name="name">The series' name in the legend.</param>
    /// <param name="marks">Place, value, and the interval's ends. Places that are words make an axis of words.</param>
    /// <param name="colour">A colour of <see cref="Palette"/>.</param>
    /// <param name="symbol">Plotly's name of the symbol.</param>
    /// <param name="dash">Plotly's name of the dash of the line between them: <c>solid</c>, <c>dash</c>, <c>dot</c>.</param>
    /// <param name="size">Size of a mark; 0 takes the default: 14 for line symbols, 10 for others.</param>
    /// <param name="isJoined">Whether there is a line between them.</param>
    public static GenericChart Along<T>(
        string name, IEnumerable<(T X, double Value, double Low, double High)> marks, string colour, string symbol = "circle", string dash = "solid", int size = 0, bool isJoined = true)
    {
        var all = marks.ToArray();
        return Chart(
            ("mode", isJoined ? "lines+markers" : "markers"), ("name", name), ("x", all.Select(mark => mark.X).ToArray()), ("y", PlotlyParts.Round(all.Select(mark => mark.Value))),
            ("line", PlotlyParts.Of(("color", colour), ("dash", dash), ("width", 2))), ("marker", Marker(colour, symbol, size)),
            ("error_y", Bars(all.Select(mark => (mark.Value, mark.Low, mark.High)), colour, 1)), ("hovertemplate", $"%{{x}}: %{{y}}<extra>{name}</extra>"));
    }

    private static GenericChart Chart(params ReadOnlySpan<(string Name, object? Value)> members) => GenericChart.ofTraceObject(false, PlotlyParts.Trace("scatter", members));

    private static DynamicObj.DynamicObj Marker(string colour, string symbol, int size = 0) => PlotlyParts.Of(
        ("color", colour), ("symbol", symbol), ("size", size > 0 ? size : symbol.StartsWith("line", StringComparison.Ordinal) ? 14 : 10), ("line", PlotlyParts.Of(("color", colour), ("width", 2))));

    private static DynamicObj.DynamicObj? Bars(IEnumerable<(double Value, double Low, double High)> intervals, string colour, int thickness)
    {
        var all = intervals.ToArray();
        return Array.TrueForAll(all, one => double.IsNaN(one.High))
            ? null
            : PlotlyParts.Bars(all.Select(one => one.High - one.Value), all.Select(one => one.Value - one.Low), colour, thickness);
    }
}
