using System.Globalization;
using Ndt.PhaseTwo;
using Ndt.Similarity;
using Plotly.NET;

namespace Ndt.Figures.PhaseTwo;

/// <summary>Small matrices side by side, to look at: filters and attention maps at every step.</summary>
public static class TileFigures
{
    private const int FiltersAcross = 8;

    /// <summary>The filters of a convolution with one input channel, or with several the first channel of each, at every step. One scale for all.</summary>
    /// <param name="run">A run of a CNN.</param>
    /// <param name="weight">The weight [filters, channels, height, width]: <c>conv_layers.0.weight</c>.</param>
    /// <param name="count">How many filters to show at most.</param>
    public static GenericChart Filters(RunFeatures run, string weight = "conv_layers.0.weight", int count = 32)
    {
        var blocks = run.States.Select(state =>
        {
            var tensor = state.Value.Weights.Tensor(weight);
            if (tensor.Shape.Length != 4)
            {
                throw new InputException($"tensor '{weight}' has {tensor.Shape.Length} dimensions; filters have 4");
            }

            var (height, width) = ((int)tensor.Shape[2], (int)tensor.Shape[3]);
            var units = Matrix.FromUnits(tensor);
            var tiles = Enumerable.Range(0, Math.Min(count, units.Rows)).Select(unit => new Matrix(height, width, units.Row(unit)[..(height * width)].ToArray()));
            return new Block(Updates(state.Key), [.. tiles.Chunk(FiltersAcross)]);
        }).ToArray();
        var shown = blocks[0].Rows.Sum(row => row.Length);
        return Draw(
            blocks, rowNames: null, "RdBu", symmetric: true,
            $"{run.Run.Architecture}, seed {run.Run.Seed}: filters of {weight}<br><sub>{shown} filters, each in the same place at every step; one scale for all</sub>",
            $"Four panels of {shown} filters of {run.Run.Architecture}, after {string.Join(", ", run.States.Keys)} updates.",
            height: 250);
    }

    /// <summary>The mean attention map over the probe set of every head, layers downwards, at every step. A row of a map is a query.</summary>
    public static GenericChart Attention(RunFeatures run)
    {
        var blocks = run.States.Select(state => new Block(
            Updates(state.Key),
            [.. state.Value.Heads.GroupBy(head => head.Layer).OrderBy(layer => layer.Key).Select(layer => layer.Select(head => head.MeanMap()).ToArray())])).ToArray();
        if (blocks[0].Rows.Length == 0)
        {
            throw new InputException($"{run.Run.Architecture} has no attention heads");
        }

        return Draw(
            blocks, [.. Enumerable.Range(0, blocks[0].Rows.Length).Select(layer => $"layer {layer}")], Palette.Sequential, symmetric: false,
            $"{run.Run.Architecture}, seed {run.Run.Seed}: what each head attends to<br><sub>Mean over {NetworkFeatures.ProbeSize} examples; columns are heads; down: query, across: key; one scale for all</sub>",
            $"Attention maps of all heads of {run.Run.Architecture} after {string.Join(", ", run.States.Keys)} updates.",
            height: 430);
    }

    private static GenericChart Draw(Block[] blocks, string[]? rowNames, string scale, bool symmetric, string title, string alt, int height)
    {
        const int BlockGap = 4;
        var (tileHeight, tileWidth) = (blocks[0].Rows[0][0].Rows + 1, blocks[0].Rows[0][0].Columns + 1);
        var across = blocks[0].Rows.Max(row => row.Length);
        var blockWidth = (across * tileWidth) - 1 + BlockGap;
        var rows = (blocks[0].Rows.Length * tileHeight) - 1;
        var grid = new double?[rows][];
        for (var y = 0; y < rows; y++)
        {
            grid[y] = new double?[(blocks.Length * blockWidth) - BlockGap];
            for (var x = 0; x < grid[y].Length; x++)
            {
                var (block, inBlock) = (blocks[x / blockWidth], x % blockWidth);
                var (tileRow, tileColumn, i, j) = (y / tileHeight, inBlock / tileWidth, y % tileHeight, inBlock % tileWidth);
                grid[y][x] = tileColumn < block.Rows[tileRow].Length && i < tileHeight - 1 && j < tileWidth - 1 ? Math.Round(block.Rows[tileRow][tileColumn][i, j], 3) : null;
            }
        }

        var largest = grid.Max(line => line.Max(value => Math.Abs(value ?? 0)));
        var heatmap = PlotlyParts.Trace(
            "heatmap", ("z", grid), ("colorscale", scale), ("zmin", symmetric ? -largest : 0), ("zmax", largest), ("hoverongaps", false),
            ("colorbar", PlotlyParts.Of(("thickness", 12))));
        return ChartStyle.Apply(
            Traces.Chart(
                [heatmap],
                ("xaxis", Axis(("tickvals", Centres(blocks.Length, blockWidth, blockWidth - BlockGap)), ("ticktext", Array.ConvertAll(blocks, block => block.Name)))),
                ("yaxis", Axis(
                    ("autorange", "reversed"), ("scaleanchor", "x"), ("showticklabels", rowNames is not null),
                    ("tickvals", Centres(blocks[0].Rows.Length, tileHeight, tileHeight - 1)), ("ticktext", rowNames)))),
            title: title, alt: alt, height: height);

        static double[] Centres(int count, int pitch, int size) => [.. Enumerable.Range(0, count).Select(i => (i * pitch) + ((size - 1) / 2.0))];
    }

    private static DynamicObj.DynamicObj Axis(params ReadOnlySpan<(string Name, object? Value)> members) =>
        PlotlyParts.Of([("showgrid", false), ("showline", false), ("zeroline", false), ("ticks", ""), ("constrain", "domain"), .. members]);

    private static string Updates(int step) => step.ToString(CultureInfo.InvariantCulture) + " updates";

    // Tiles of one size, row after row.
    private sealed record Block(string Name, Matrix[][] Rows);
}
