using Plotly.NET;

namespace Ndt.Figures.PhaseTwo;

/// <summary>What the figures of phase 2 add to <see cref="PlotlyParts"/>: whole charts from traces, axes of names, gaps.</summary>
internal static class Traces
{
    /// <summary>The chart of these traces with these members of the layout.</summary>
    public static GenericChart Chart(IEnumerable<Trace> traces, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var layout = new Layout();
        PlotlyParts.Set(layout, members);
        return GenericChart.setLayout(layout, GenericChart.combine(traces.Select(trace => GenericChart.ofTraceObject(false, trace))));
    }

    /// <summary>An axis on which even numbers are names, one beside the other.</summary>
    public static DynamicObj.DynamicObj Categories() => PlotlyParts.Of(("type", "category"));

    /// <summary>Numbers for a figure: gaps for NaN, four decimals, which no pixel shows more of.</summary>
    public static double?[] Numbers(IEnumerable<double> values) => [.. values.Select(value => double.IsFinite(value) ? Math.Round(value, 4) : (double?)null)];
}
