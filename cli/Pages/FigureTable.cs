using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ndt.Cli.Pages;

/// <summary>
/// What a figure draws, as a table: a row a point, or a row a cell of a map. Numbers stand as the figure has them, with all their digits. Of panels, series, intervals and
/// texts only those have a column that occur.
/// </summary>
internal static partial class FigureTable
{
    private static readonly string[] Columns = ["panel", "series", "x", "x_low", "x_high", "y", "y_low", "y_high", "z", "text"];

    /// <summary>The table as CSV; null where nothing of the figure is a list of points or a map.</summary>
    public static string? Csv(JsonObject figure)
    {
        JsonObject[] traces = [.. (figure["data"] as JsonArray ?? []).OfType<JsonObject>()];
        var panels = Panels(figure, traces);
        string[][] rows = [.. traces.SelectMany((trace, i) => Points(trace).Select(point => (string[])[Panel(trace, panels), Name(trace, i), .. point]))];
        if (rows.Length == 0)
        {
            return null;
        }

        int[] used = [.. Enumerable.Range(0, Columns.Length).Where(column => Array.Exists(rows, row => row[column].Length > 0))];
        var table = new Csv([.. used.Select(column => Columns[column])]);
        foreach (var row in rows)
        {
            foreach (var column in used)
            {
                table.Add(row[column]);
            }
        }

        return table.ToString();
    }

    private static IEnumerable<string[]> Points(JsonObject trace)
    {
        var (x, y) = (trace["x"] as JsonArray, trace["y"] as JsonArray);
        if (trace["z"] is JsonArray z)
        {
            foreach (var (i, line) in z.Index())
            {
                foreach (var (j, cell) in (line as JsonArray ?? []).Index())
                {
                    yield return [Place(x, j), "", "", Place(y, i), "", "", Text(cell), ""];
                }
            }

            yield break;
        }

        var text = trace["text"] as JsonArray;
        for (var i = 0; i < Math.Max(x?.Count ?? 0, y?.Count ?? 0); i++)
        {
            var (left, right) = Interval(trace["error_x"] as JsonObject, x, i);
            var (low, high) = Interval(trace["error_y"] as JsonObject, y, i);
            yield return [Place(x, i), left, right, Place(y, i), low, high, "", text is null ? "" : Text(text.ElementAtOrDefault(i))];
        }
    }

    /// <summary>A point's coordinate; its index where the figure gives none.</summary>
    private static string Place(JsonArray? values, int i) =>
        values is null ? i.ToString(CultureInfo.InvariantCulture) : i < values.Count ? Text(values[i]) : "";

    private static (string Low, string High) Interval(JsonObject? error, JsonArray? values, int i)
    {
        if (error?["array"] is not JsonArray above || FigureText.Number(values?.ElementAtOrDefault(i)) is not { } value || FigureText.Number(above.ElementAtOrDefault(i)) is not { } up)
        {
            return ("", "");
        }

        var down = error["arrayminus"] is JsonArray below ? FigureText.Number(below.ElementAtOrDefault(i)) ?? up : up;
        return (Text(value - down), Text(value + up));
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => Plain(text),
        JsonValue value when value.TryGetValue<double>(out var number) => Text(number),
        _ => node.ToJsonString(),
    };

    private static string Name(JsonObject trace, int i) =>
        trace["name"] is JsonValue name ? Text(name)
            : trace["hovertemplate"] is JsonValue hover && Extra().Match(hover.ToString()) is { Success: true } extra ? Plain(extra.Groups[1].Value)
            : string.Create(CultureInfo.InvariantCulture, $"{i + 1}");

    private static string Panel(JsonObject trace, Dictionary<string, string> panels) => panels.GetValueOrDefault(Axes(trace), "");

    private static string Axes(JsonObject trace) => $"{trace["xaxis"]?.ToString() ?? "x"} {trace["yaxis"]?.ToString() ?? "y"}";

    /// <summary>The panels of a figure that has several: by their titles where each has one, else by number.</summary>
    private static Dictionary<string, string> Panels(JsonObject figure, JsonObject[] traces)
    {
        string[] axes = [.. traces.Select(Axes).Distinct()];
        string[] titles = [.. (ChartData.Layout(figure)?["annotations"] as JsonArray ?? []).OfType<JsonObject>().Where(one => one["xref"]?.ToString() == "paper").Select(one => Text(one["text"]))];
        return axes.Length < 2
            ? []
            : axes.Index().ToDictionary(one => one.Item, one => titles.Length == axes.Length ? titles[one.Index] : string.Create(CultureInfo.InvariantCulture, $"{one.Index + 1}"));
    }

    private static string Plain(string text) => FigureText.Plain(text, gap: " ").Trim();

    [GeneratedRegex("<extra>(.*?)</extra>", RegexOptions.Singleline)]
    private static partial Regex Extra();
}
