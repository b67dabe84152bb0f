using Plotly.NET;
using static Ndt.Charts.PlotlyParts;

namespace Ndt.Charts;

/// <summary>
/// The one look of all figures: white ground (it also reads on a dark page, as a card), the colours of <see cref="Palette"/>,
/// quiet grids, room for axis titles with units. Notebook cells end with it: <c>ChartStyle.Apply(chart, title: …, x: "update", y: "stable rank", alt: …)</c>.
/// </summary>
public static class ChartStyle
{
    private const string Ink = "#1d2329";
    private const string Quiet = "#5b6670";
    private const string Grid = "#e3e7eb";
    private const string Fonts = "Helvetica Neue, Liberation Sans, Arial, sans-serif";

    /// <summary>Units that a figure is wide, where its author says nothing else.</summary>
    public const int Width = 900;

    /// <summary>Units that a figure is high, where its author says nothing else.</summary>
    public const int Height = 500;

    /// <summary>
    /// The chart in the house's look. Replaces its template; what the chart itself sets stays.
    /// </summary>
    /// <param name="chart">Any chart of Plotly.NET, also a combination or a grid.</param>
    /// <param name="title">What the figure shows: data, n and interval. Null leaves the chart's own.</param>
    /// <param name="x">Title of the horizontal axis with its unit: <c>update</c>, <c>loss (nats)</c>. Null leaves the chart's own.</param>
    /// <param name="y">Title of the vertical axis with its unit. Null leaves the chart's own.</param>
    /// <param name="alt">A sentence for those who do not see the figure: what it shows and what one sees in it. Null takes the title.</param>
    /// <param name="width">Width in units; the still image has two pixels a unit.</param>
    /// <param name="height">Height in units.</param>
    /// <param name="showLegend">Whether the legend is shown; null leaves it to plotly: from two series on.</param>
    public static GenericChart Apply(
        GenericChart chart,
        string? title = null,
        string? x = null,
        string? y = null,
        string? alt = null,
        int width = Width,
        int height = Height,
        bool? showLegend = null)
    {
        var layout = new Layout();
        layout.SetProperty("template", Template());
        layout.SetProperty("width", width);
        layout.SetProperty("height", height);
        SetText(layout, "title", title);
        if (alt is not null)
        {
            layout.SetProperty("meta", Of(("alt", alt)));
        }

        if (showLegend is { } shown)
        {
            layout.SetProperty("showlegend", shown);
        }

        // Layouts are combined member by member, deeply: the library's own template would shine through.
        var before = new Layout();
        GenericChart.getLayout(chart).DeepCopyPropertiesTo(before, overWrite: true, includeInstanceProperties: false);
        before.RemoveProperty("template");
        SetAxisTitle(layout, "xaxis", x);
        SetAxisTitle(layout, "yaxis", y);
        return GenericChart.addLayout(layout, GenericChart.setLayout(before, chart));
    }

    private static void SetAxisTitle(Layout layout, string name, string? text)
    {
        if (text is not null)
        {
            var axis = new DynamicObj.DynamicObj();
            SetText(axis, "title", text);
            layout.SetProperty(name, axis);
        }
    }

    private static void SetText(DynamicObj.DynamicObj on, string name, string? text)
    {
        if (text is not null)
        {
            on.SetProperty(name, Of(("text", text)));
        }
    }

    private static DynamicObj.DynamicObj Template() => Of(("data", Maps()), ("layout", Of(
        ("colorway", Palette.Series),
        ("font", Of(("family", Fonts), ("size", 14), ("color", Ink))),
        ("title", Of(("x", 0), ("xref", "paper"), ("xanchor", "left"), ("font", Of(("size", 18))))),
        ("paper_bgcolor", "#ffffff"),
        ("plot_bgcolor", "#ffffff"),
        ("margin", Of(("l", 80), ("r", 30), ("t", 70), ("b", 65))),
        ("xaxis", Axis()),
        ("yaxis", Axis()),
        ("legend", Of(("bgcolor", "rgba(255,255,255,0.8)"))),
        ("hoverlabel", Of(("font", Of(("family", Fonts))))),
        ("coloraxis", Of(("colorscale", Palette.Sequential))))));

    /// <summary>Maps take their scale from the template's traces, not from its layout; plotly's own runs from blue over grey to red.</summary>
    private static DynamicObj.DynamicObj Maps() => Of(
        ("heatmap", new[] { Of(("colorscale", Palette.Sequential)) }),
        ("contour", new[] { Of(("colorscale", Palette.Sequential)) }));

    private static DynamicObj.DynamicObj Axis() => Of(
        ("automargin", true),
        ("gridcolor", Grid),
        ("linecolor", Quiet),
        ("showline", true),
        ("ticks", "outside"),
        ("tickcolor", Quiet),
        ("zerolinecolor", Grid),
        ("title", Of(("standoff", 12))));
}
