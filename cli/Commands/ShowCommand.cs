using System.CommandLine;
using System.IO.Enumeration;
using Ndt.Charts;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks.Display;
using Ndt.Cli.Pages;
using Ndt.Measurement;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt show</c>: a record as a picture, in the terminal, as a page, as an image.</summary>
internal static class ShowCommand
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    internal static Command Create()
    {
        var records = new Argument<string[]>("RECORD") { Description = "Record files (.parquet of ours, .json of the study), or folders of them; several are shown over each other. An unfinished run shows what it has so far.", Arity = ArgumentArity.OneOrMore };
        var metric = new Option<string>("--metric") { Description = $"What to show: {string.Join(", ", MetricNames.All)}.", HelpName = "NAME", DefaultValueFactory = _ => Metric.StableRank.Name() };
        var layer = LayerOption.Create("layers");
        var view = new Option<string>("--view") { Description = "How token outputs became matrices; only our records have a choice.", DefaultValueFactory = _ => LayerView.Study };
        view.AcceptOnly(LayerView.Study, LayerView.TokenMean);
        var html = new Option<string?>("--html") { Description = "Writes a page with the interactive figure, in one file that needs no network.", HelpName = "FILE" };
        var png = new Option<string?>("--png") { Description = "Writes the figure as an image; needs Chromium.", HelpName = "FILE" };
        var watch = new Option<bool>("--watch") { Description = "Shows it anew every two seconds, until Ctrl+C." };
        var command = new Command("show", "Shows records as a picture: a line per layer over training.") { records, metric, layer, view, html, png, watch };
        command.SetAction(async (parsed, stop) =>
        {
            var chosen = MetricNames.Parse(parsed.GetRequiredValue(metric));
            IReadOnlyList<ShownRecord> Read(Action<string> tell) => ShownRecord.Read(
                parsed.GetRequiredValue(records), parsed.GetRequiredValue(view), name => FileSystemName.MatchesSimpleExpression(parsed.GetRequiredValue(layer), name, ignoreCase: false), chosen, tell);
            var shown = Read(note => Console.Error.WriteLine($"ndt: {note}"));
            if (parsed.GetValue(html) is { } page)
            {
                AtomicFile.WriteText(page, FigurePage.Of(ChartData.Figure(Chart(shown, chosen))));
                Console.WriteLine(page);
            }

            if (parsed.GetValue(png) is { } image)
            {
                await WriteImage(image, Chart(shown, chosen)).ConfigureAwait(false);
                Console.WriteLine(image);
            }

            if (parsed.GetValue(html) is null && parsed.GetValue(png) is null)
            {
                SeriesLines.Write(Console.Out, shown, chosen);
                while (parsed.GetValue(watch))
                {
                    await Task.Delay(Glance, stop).ConfigureAwait(false);
                    if (!Console.IsOutputRedirected)
                    {
                        Console.Clear();
                    }

                    SeriesLines.Write(Console.Out, Read(_ => { }), chosen);
                }
            }

            return 0;
        });
        return command;
    }

    private static Plotly.NET.GenericChart Chart(IReadOnlyList<ShownRecord> shown, Metric metric) =>
        RecordChart.Of([.. shown.Select(one => (one.Name, one.Record, one.Layers))], metric);

    private static async Task WriteImage(string path, Plotly.NET.GenericChart chart)
    {
        string? reason = null;
        await using var images = new FigureImages(warning => reason = warning);
        var data = new DisplayData([new(ChartData.MimeType, ChartData.Figure(chart))]);
        images.Complete(data);
        if (data.Data["image/png"]?.GetValue<string>() is not { } png)
        {
            throw new WorkFailedException($"{path}: not written: {reason ?? "the figure could not be drawn"}");
        }

        AtomicFile.WriteBytes(path, Convert.FromBase64String(png));
    }
}
