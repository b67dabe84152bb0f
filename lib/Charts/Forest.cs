using Ndt.Analysis;
using Plotly.NET;

namespace Ndt.Charts;

/// <summary>
/// Groups of runs below each other: a number with its interval for each, and where chance would put it. A notebook puts its own
/// <see cref="FigureFrame"/> around it.
/// </summary>
public static class Forest
{
    private const int RowHeight = 27;

    /// <summary>Height of the drawing for so many groups.</summary>
    public static int Height(int groups) => (groups * RowHeight) + 20;

    /// <summary>The chart: the first group on top, each with its number, its interval where it has one, and its chance level.</summary>
    /// <param name="groups">The groups, as <see cref="RunGroup.Of"/> orders them.</param>
    /// <param name="estimate">A group's number.</param>
    /// <param name="chance">What chance would give it.</param>
    /// <param name="chanceName">What that is, for the legend.</param>
    /// <param name="scale">What all are multiplied by: 100 for shares in per cent.</param>
    public static GenericChart Of(IReadOnlyList<RunGroup> groups, Func<RunGroup, Estimate> estimate, Func<RunGroup, double> chance, string chanceName, double scale = 1)
    {
        var layout = new Layout();
        layout.SetProperty("yaxis", PlotlyParts.WordAxis(groups.Select(Label), showGrid: false));
        return GenericChart.addLayout(layout, PlotlyParts.Chart(Traces(groups, estimate, chance, chanceName, scale)));
    }

    private static IEnumerable<Trace> Traces(IReadOnlyList<RunGroup> groups, Func<RunGroup, Estimate> estimate, Func<RunGroup, double> chance, string chanceName, double scale)
    {
        yield return PlotlyParts.Trace(
            "scatter",
            ("mode", "markers"), ("name", chanceName), ("x", PlotlyParts.Round(groups.Select(group => scale * chance(group)))), ("y", groups.Select(Label).ToArray()),
            ("marker", PlotlyParts.Of(("symbol", "line-ns"), ("size", 17), ("line", PlotlyParts.Of(("color", Palette.Chance), ("width", 3))))),
            ("hovertemplate", "%{y}: %{x}<extra>chance</extra>"));

        foreach (var kind in groups.GroupBy(group => group.Kind))
        {
            var members = kind.ToArray();
            var estimates = Array.ConvertAll(members, group => estimate(group));
            yield return PlotlyParts.Trace(
                "scatter",
                ("mode", "markers"),
                ("name", kind.Key == RunGroup.All ? "all runs" : $"by {kind.Key}"),
                ("x", PlotlyParts.Round(estimates.Select(e => scale * e.Value))),
                ("y", Array.ConvertAll(members, Label)),
                ("marker", PlotlyParts.Of(("color", Colour(kind.Key)), ("symbol", Symbol(kind.Key)), ("size", 10))),
                ("error_x", PlotlyParts.Bars(estimates.Select(e => scale * Reach(e.High - e.Value)), estimates.Select(e => scale * Reach(e.Value - e.Low)))),
                ("hovertemplate", "%{y}: %{x}<extra></extra>"));
        }
    }

    private static string Label(RunGroup group) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{group.Name} ({group.Runs.Count})");

    private static double Reach(double distance) => double.IsNaN(distance) ? 0 : distance;

    private static string Colour(string kind) => kind switch
    {
        RunGroup.All => Palette.Black,
        "family" => Palette.Blue,
        "dataset" => Palette.Vermilion,
        _ => Palette.Green,
    };

    private static string Symbol(string kind) => kind switch
    {
        RunGroup.All => "diamond",
        "family" => "circle",
        "dataset" => "square",
        _ => "triangle-up",
    };
}
