using System.Text.Json.Nodes;
using Ndt.Charts;
using Ndt.Similarity;
using Plotly.NET;

namespace Ndt.Tests.Charts;

public sealed class TilesTests
{
    [Fact]
    public void Tiles_of_a_panel_are_one_apart_panels_four_and_the_scale_is_common()
    {
        Matrix[][] one = [[new Matrix(1, 2, new double[] { 1, 2 }), new Matrix(1, 2, new double[] { 3, 4 })]];
        Matrix[][] other = [[new Matrix(1, 2, new double[] { -5, 6 })]];
        var trace = JsonNode.Parse(GenericChart.toFigureJson(Tiles.Of([("a", one), ("b", other)], isSymmetric: true)))!["data"]![0]!;
        Assert.Equal("[[1,2,null,3,4,null,null,null,null,-5,6,null,null,null]]", trace["z"]!.ToJsonString().Replace(".0", "", StringComparison.Ordinal));
        Assert.Equal((-6, 6), (trace["zmin"]!.GetValue<double>(), trace["zmax"]!.GetValue<double>()));
    }

    [Fact]
    public void Nothing_to_show_is_refused() => Assert.Contains("at least one", Assert.Throws<InputException>(() => Tiles.Of([("a", [])])).Message, StringComparison.Ordinal);
}
