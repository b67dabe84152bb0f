using Plotly.NET;

namespace Ndt.Charts;

/// <summary>The parts of plotly's own figure description, for figures that Plotly.NET has no words for: grids, dropdowns, error bars of two lengths.</summary>
internal static class PlotlyParts
{
    /// <summary>An object with the given members; null ones are left out.</summary>
    public static DynamicObj.DynamicObj Of(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var made = new DynamicObj.DynamicObj();
        Set(made, members);
        return made;
    }

    /// <summary>A trace of a plotly type: <c>scatter</c>, <c>heatmap</c>, <c>bar</c>.</summary>
    public static Trace Trace(string type, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var trace = new Trace(type);
        Set(trace, members);
        return trace;
    }

    /// <summary>A chart of these traces, without a template of Plotly.NET's own.</summary>
    public static GenericChart Chart(IEnumerable<Trace> traces) => GenericChart.combine(traces.Select(trace => GenericChart.ofTraceObject(false, trace)));

    /// <summary>Error bars of two lengths, in the mark's colour where none is given; none where a length is NaN.</summary>
    /// <param name="above">From the mark to the upper end.</param>
    /// <param name="below">From the mark to the lower end.</param>
    /// <param name="colour">A colour of <see cref="Palette"/>.</param>
    /// <param name="thickness">Of the bar; a thick one has no cross-bars at its ends.</param>
    public static DynamicObj.DynamicObj Bars(IEnumerable<double> above, IEnumerable<double> below, string? colour = null, int thickness = 2) => Of(
        ("type", "data"), ("symmetric", false), ("color", colour), ("thickness", thickness), ("width", thickness > 2 ? 0 : 4), ("array", Round(above)), ("arrayminus", Round(below)));

    /// <summary>An upright axis of words.</summary>
    /// <param name="words">From the top down.</param>
    /// <param name="showGrid">Whether there is a line for each; null leaves it to the template.</param>
    public static DynamicObj.DynamicObj WordAxis(IEnumerable<string> words, bool? showGrid = null) => Of(
        ("categoryorder", "array"), ("categoryarray", words.Reverse().ToArray()), ("tickfont", Of(("size", 12))), ("showgrid", showGrid));

    /// <summary>Figures rounded to <paramref name="digits"/> significant ones: a pixel shows no more, and the figure's text becomes a third as long. NaN becomes a gap.</summary>
    public static double?[] Round(IEnumerable<double> values, int digits = 4) => [.. values.Select(value => Round(value, digits))];

    /// <summary>One figure rounded to <paramref name="digits"/> significant ones; null for what is not finite.</summary>
    public static double? Round(double value, int digits = 4)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }

        // Through text: a product with a power of ten would bring digits back.
        return double.Parse(
            value.ToString("E" + (digits - 1).ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Gives an object the members that are not null.</summary>
    public static void Set(DynamicObj.DynamicObj on, ReadOnlySpan<(string Name, object? Value)> members)
    {
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                on.SetProperty(name, value);
            }
        }
    }
}
