using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ndt.Analysis;
using Ndt.Cli.Notebooks;
using Ndt.Records;

namespace Ndt.Cli.Pages;

/// <summary>
/// The page on which a reader looks at any series of any record: two lines over each other, chosen by run, layer and metric. The page names the runs; the series of each lie in
/// a file of their own beside it (<see cref="ExplorerRun"/>) and are read when they are asked for, so that it opens at once, also from the file system.
/// </summary>
internal static class ExplorerPage
{
    /// <summary>The page's file.</summary>
    public const string FileName = "explorer.html";

    private const string Title = "Explore the records";
    private const string Folder = "records";

    /// <summary>Writes the page and the files of all records below <c>data/records</c>; nothing where there are none. A record that cannot be read is left out and told of.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="folder">Where the pages are.</param>
    /// <param name="tell">Told of what is left out.</param>
    public static void Write(string root, string folder, Action<string> tell)
    {
        var records = Path.Combine(root, "data", "records");
        string[] files = Directory.Exists(records) ? [.. Directory.EnumerateFiles(records, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
        var runs = new JsonArray();
        foreach (var file in files)
        {
            try
            {
                var record = RecordFile.Read(file);
                var id = Path.GetRelativePath(records, file)[..^Path.GetExtension(file).Length].Replace(Path.DirectorySeparatorChar, '/');
                AtomicFile.WriteText(Path.Combine(folder, PageAssets.Folder, Folder, id + ".js"), $"ndtRecord({JsonSerializer.Serialize(id)}, \"{ExplorerRun.Packed(record)}\");\n");
                runs.Add(Listed(record, id));
            }
            catch (InputException e)
            {
                tell($"left out of {FileName}: {e.Message}");
            }
        }

        if (runs.Count == 0)
        {
            return;
        }

        PageAssets.Write(folder);
        AtomicFile.WriteText(Path.Combine(folder, FileName), Page(runs, PageLinks.Relative(folder, records)));
    }

    private static JsonObject Listed(RunRecord record, string id) => new()
    {
        ["id"] = id,
        ["group"] = id.Contains('/', StringComparison.Ordinal) ? id[..id.LastIndexOf('/')] : "",
        ["network"] = record.Metadata.Architecture,
        ["dataset"] = record.Metadata.Dataset,
        ["seed"] = record.Metadata.Seed,
    };

    // Which name a reader sees for each value of a part.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Named(JsonArray runs, string part, Func<string, string> name) =>
        runs.Select(run => run![part]!.ToString()).Distinct().Select(value => KeyValuePair.Create(value, (JsonNode?)name(value)));

    private static string Page(JsonArray runs, string records)
    {
        var metrics = new JsonObject([.. Ndt.Measurement.MetricNames.All.Concat(ExplorerRun.NetworkMetrics).Select(name => KeyValuePair.Create(name, (JsonNode?)MetricLabel.Of(name)))]);
        var names = Named(runs, "network", RunGroup.ArchitectureName).Concat(Named(runs, "dataset", RunGroup.DatasetName));
        var data = FigureMarkup.ForScript(NotebookJson.WriteCompact(new JsonObject { ["runs"] = runs, ["metrics"] = metrics, ["names"] = new JsonObject(names), ["folder"] = $"{PageAssets.Folder}/{Folder}/" }));
        var body = new StringBuilder($"""
            <div class="page single">
            <main>
            {new PageNavigation(SiteIndex.FileName).Above()}<h1>{Title}</h1>
            <p>Choose a run, a layer and what was measured of it. A second line can be drawn over the first. The address of this page keeps the choice: copy it to share what you see.</p>
            <p>Here are {runs.Count} runs. Of each series this page keeps at most {ExplorerRun.MostPoints} measurements, the first {ExplorerRun.FirstPoints} and then evenly spaced ones, to {ExplorerRun.Digits} digits; the whole records lie in
            <a href="{WebUtility.HtmlEncode(records)}/README.md">data/records</a>.</p>
            <noscript><p>This page needs JavaScript; it asks nothing of the network.</p></noscript>
            <form id="choice" class="choice" autocomplete="off">

            """);
        foreach (var (line, legend) in ((string, string)[])[("a", "First line"), ("b", "Second line")])
        {
            body.AppendLine($"<fieldset data-line=\"{line}\"><legend>{legend}</legend>");
            foreach (var (part, label) in ((string, string)[])[("group", "Records"), ("network", "Network"), ("dataset", "Dataset"), ("seed", "Seed"), ("layer", "Layer"), ("metric", "Metric")])
            {
                body.AppendLine($"<label>{label} <select data-part=\"{part}\"></select></label>");
            }

            body.AppendLine("</fieldset>");
        }

        body.Append($"""
            <fieldset><legend>Axes</legend>
            <label class="check"><input type="checkbox" data-axis="x"> updates on a logarithmic axis</label>
            <label class="check"><input type="checkbox" data-axis="y"> values on a logarithmic axis</label>
            </fieldset>
            </form>
            <p id="said" role="status">Reads the records …</p>
            <figure class="drawn"><div class="plot" id="plot" role="img" aria-describedby="said" aria-label="The chosen series over training" style="height:460px"></div><p class="data"><a id="csv" href="#" download="series.csv">Data of the figure (CSV)</a></p></figure>
            <details id="values"><summary>The values as a table</summary><div class="table"></div></details>
            </main>
            </div>
            <script type="application/json" id="records">{data}</script>
            """);
        return PageFrame.Of($"Ndt: {Title.ToLowerInvariant()}", body.ToString(), hasFigures: true, "explorer.js");
    }
}
