using System.Globalization;
using Ndt.Measurement;

namespace Ndt.Cli.Commands;

/// <summary>Series over training as lines of text: a row of blocks per layer and record, between its least and its greatest value, with first and last value beside it.</summary>
internal static class SeriesLines
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int WidestPicture = 60;
    private const int NarrowestPicture = 10;
    private const int OtherColumns = 46;
    private const int WidestName = 40;

    /// <summary>Writes them, no wider than the terminal; a terminal of unknown width counts as 100 columns wide.</summary>
    public static void Write(TextWriter output, IReadOnlyList<ShownRecord> shown, Metric metric)
    {
        var labels = shown.SelectMany(one => one.Layers.Select(layer => Label(shown, one, layer))).Max(label => label.Length);
        labels = Math.Min(labels, WidestName);
        var width = Math.Clamp((Console.IsOutputRedirected ? 100 : Console.WindowWidth) - OtherColumns - labels, NarrowestPicture, WidestPicture);
        foreach (var one in shown)
        {
            var points = one.Record.Points;
            output.WriteLine(points.Count == 0
                ? $"{one.Name}: no measurement yet"
                : string.Create(CultureInfo.InvariantCulture, $"{one.Name}: {points.Count} measurements, updates {points[0].Updates} to {points[^1].Updates} of {one.Record.Metadata.Steps}"));
        }

        output.WriteLine();
        output.WriteLine($"{metric.Name().PadRight(labels)}  {"first",9}  {"over training".PadRight(width)}  {"last",9}  {"least",9}  {"greatest",9}");

        // By layer, then record: what is to be compared stands together.
        foreach (var layer in shown.SelectMany(one => one.Layers).Select(layer => layer.Name).Distinct())
        {
            foreach (var one in shown)
            {
                if (one.Layers.FirstOrDefault(own => own.Name == layer) is { } own && own[metric] is { Length: > 0 } values)
                {
                    var label = Label(shown, one, own);
                    label = label.Length <= labels ? label.PadRight(labels) : string.Concat(label.AsSpan(0, labels - 1), "…");
                    var finite = values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToArray();
                    output.WriteLine($"{label}  {Number(values[0])}  {Picture(values, finite.Min(), finite.Max(), width).PadRight(width)}  {Number(values[^1])}  {Number(finite.Min())}  {Number(finite.Max())}");
                }
            }
        }
    }

    /// <summary>Means over as many stretches as there are places, or a block for each value where there are fewer; a blank for what is not finite.</summary>
    internal static string Picture(double[] values, double least, double greatest, int width)
    {
        var places = Math.Min(width, values.Length);
        return string.Create(places, values, (picture, all) =>
        {
            for (var place = 0; place < picture.Length; place++)
            {
                var mean = all[(place * all.Length / picture.Length)..((place + 1) * all.Length / picture.Length)].Average();
                picture[place] = !double.IsFinite(mean) ? ' ' : Blocks[greatest > least ? Math.Clamp((int)((mean - least) / (greatest - least) * Blocks.Length), 0, Blocks.Length - 1) : 0];
            }
        });
    }

    private static string Label(IReadOnlyList<ShownRecord> shown, ShownRecord one, LayerSeries layer) =>
        shown.Count == 1 ? Printable.Line(layer.Name) : $"{Printable.Line(layer.Name)} · {one.Name}";

    private static string Number(double value) => (double.IsFinite(value) ? value.ToString("G5", CultureInfo.InvariantCulture) : "–").PadLeft(9);
}
