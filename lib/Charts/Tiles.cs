using Ndt.Similarity;
using Plotly.NET;

namespace Ndt.Charts;

/// <summary>Small matrices side by side on one scale, to look at: filters, attention maps, Gram matrices. A chart to be put into a <see cref="FigureFrame"/>.</summary>
public static class Tiles
{
    private const int PanelGap = 4;

    /// <summary>Panels beside each other, each with rows of matrices of one size; values are rounded to three decimals.</summary>
    /// <param name="panels">Name and matrices of each, row after row; all of one shape.</param>
    /// <param name="isSymmetric">Whether the scale runs as far below 0 (red) as above it (blue); else from 0 up.</param>
    /// <exception cref="InputException">There is nothing to show.</exception>
    public static GenericChart Of(IReadOnlyList<(string Name, Matrix[][] Rows)> panels, bool isSymmetric = false)
    {
        if (panels.Count == 0 || panels[0].Rows.Length == 0)
        {
            throw new InputException("no matrices to show side by side; at least one is needed");
        }

        var (height, width) = (panels[0].Rows[0][0].Rows + 1, panels[0].Rows[0][0].Columns + 1);
        var panelWidth = (panels[0].Rows.Max(row => row.Length) * width) - 1 + PanelGap;
        var grid = new double?[(panels[0].Rows.Length * height) - 1][];
        for (var y = 0; y < grid.Length; y++)
        {
            grid[y] = new double?[(panels.Count * panelWidth) - PanelGap];
            for (var x = 0; x < grid[y].Length; x++)
            {
                var (row, inPanel) = (panels[x / panelWidth].Rows[y / height], x % panelWidth);
                var (column, i, j) = (inPanel / width, y % height, inPanel % width);
                grid[y][x] = column < row.Length && i < height - 1 && j < width - 1 ? Math.Round(row[column][i, j], 3) : null;
            }
        }

        var largest = grid.Max(line => line.Max(value => Math.Abs(value ?? 0)));
        var layout = new Layout();
        PlotlyParts.Set(layout, [
            ("xaxis", Axis(
                ("tickvals", Enumerable.Range(0, panels.Count).Select(i => (i * panelWidth) + ((panelWidth - PanelGap - 1) / 2.0)).ToArray()),
                ("ticktext", panels.Select(panel => panel.Name).ToArray()))),
            ("yaxis", Axis(("autorange", "reversed"), ("scaleanchor", "x"), ("showticklabels", false)))]);
        return GenericChart.setLayout(layout, GenericChart.ofTraceObject(false, PlotlyParts.Trace(
            "heatmap",
            ("z", grid), ("colorscale", isSymmetric ? "RdBu" : Palette.Sequential), ("reversescale", isSymmetric), ("zmin", isSymmetric ? -largest : 0), ("zmax", largest),
            ("hoverongaps", false), ("colorbar", PlotlyParts.Of(("thickness", 12))))));
    }

    private static DynamicObj.DynamicObj Axis(params ReadOnlySpan<(string Name, object? Value)> members) =>
        PlotlyParts.Of([("showgrid", false), ("showline", false), ("zeroline", false), ("ticks", ""), ("constrain", "domain"), .. members]);
}
