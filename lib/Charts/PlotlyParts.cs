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
