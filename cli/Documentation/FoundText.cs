using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ndt.Data;

namespace Ndt.Cli.Documentation;

/// <summary>What was found, in five findings and a figure: written from the committed results and the stored notebooks, so that the README cannot say what they do not.</summary>
internal sealed partial class FoundText
{
    private readonly string root;
    private readonly Dictionary<string, string> early;
    private readonly JsonNode summary;

    private FoundText(string root)
    {
        this.root = root;
        early = Claim(Path.Combine(root, "results", "claims.csv"), "events_first_10");
        var path = Path.Combine(root, "results", "summary.json");
        try
        {
            summary = JsonNode.Parse(File.ReadAllText(path))!;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new InputException($"{path}: cannot be read ({e.Message}); ndt reproduce writes it", e);
        }
    }

    /// <summary>The text for a checkout, as Markdown. Throws <see cref="InputException"/> where results or notebooks lack what it is made of.</summary>
    public static string Of(string root)
    {
        var text = new FoundText(root);
        var (_, description) = StoredFigure.Found.Read(Path.Combine(root, "notebooks"));
        return $"""
            1. {text.Ledger()}
            2. {text.Early()}
            3. {text.Controls()}
            4. {text.PhaseTwo()}
            5. {text.Since()}

            ![{description.Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal)}](docs/images/{StoredFigure.Found.Image})
            """;
    }

    private string Ledger()
    {
        var verdicts = summary["verdicts"]!.AsObject().ToDictionary(verdict => verdict.Key, verdict => (int)verdict.Value!);
        var all = verdicts.Values.Sum();
        var (stand, smaller) = (verdicts["stands"], verdicts["stands, smaller"]);
        return $"**Little stands.** The study's {all} published numbers hold {summary["published_findings"]} findings. {stand} numbers stand and {smaller} stand with a smaller effect; {verdicts["means something else"]} come out and mean something else, {verdicts["fixed by the definition"]} could not have come out otherwise, {verdicts["does not reproduce"]} do not reproduce. "
            + "What was followed over training as *stable rank* was a number that is 1 up to rounding, on a time axis that ended at a fifth of training.";
    }

    private string Early()
    {
        var text = $"**Changes cluster early{(IsMoreThanFading() ? "" : ", and noise that fades does so too")}.** Published, {Number("published")} % of the unusual changes fall in the first tenth of training. With the real stable rank and the true axis it is {Share("corrected")} on the study's records and {Share("ours")} on ours; random moments give {Number("chance")} %.";
        return summary["early_share_by_chance"] is JsonObject level
            ? $"{text} Noise that fades as the study's own runs do gives {Value(level, "mean")} % [{Value(level, "low")}, {Value(level, "high")}]. That null was chosen before any was held against the runs; {(IsMoreThanFading() ? "changes fall early more often than it says" : "no more changes fall early than it says")} ([how, and what others give](docs/nulls.md))."
            : $"{text} No null of fading noise was at hand.";
    }

    private string Controls()
    {
        var shown = summary["controls"]!.AsArray().Where(one => (string)one!["control"]! == "shuffled_labels").ToArray();
        return shown.Length == 0
            ? "**The controls are not at hand.**"
            : $"**In {shown.Count(one => Low(one!["difference"]!) > 0)} of {shown.Length} networks early changes need a task to learn.** Trained on shuffled labels, from the same initial states and with the same seeds, the early share is {string.Join("; ", shown.Select(one => $"{Ends(one!["controlled"]!)} in {((string)one["cell"]!).Replace('_', ' ')} (true labels {Ends(one["study"]!)})"))}. {shown[0]!["seeds"]} seeds each.";
    }

    private string PhaseTwo()
    {
        var notebook = Path.Combine(root, "notebooks", "05_modified_phase2.ipynb");
        var verdict = Bold().Match(StoredCell.Markdown(notebook, "answer"));
        return verdict.Success
            ? $"**Are early features different from late ones?** Judged by a rule that was written down before the numbers: {char.ToLowerInvariant(verdict.Groups[1].Value[0])}{verdict.Groups[1].Value[1..]}"
            : throw new InputException($"{notebook}: cell answer has no sentence in bold; the verdict is expected there");
    }

    private string Since()
    {
        var two = Claim(Path.Combine(root, "results", "claims.csv"), "since_transitions_2");
        var hundred = Claim(Path.Combine(root, "results", "claims.csv"), "since_transitions_100");
        var own = Whole(two["published"]) == Whole(two["reproduced"]) && Whole(hundred["published"]) == Whole(hundred["reproduced"]);
        return $"**The study's author has since withdrawn discrete transitions.** His counts beyond 2σ and 100σ, {Whole(two["published"])} and {Whole(hundred["published"])}, {(own ? "come out to the last digit" : $"come out as {Whole(two["reproduced"])} and {Whole(hundred["reproduced"])}")}, of the participation ratio, when σ is the spread of changes in the calm second half of training: early training passes any such threshold because it is less calm.";
    }

    private bool IsMoreThanFading() => summary["early_share_by_chance"] is JsonObject level && level["is_exceeded"]!.GetValue<bool>();

    private static double Low(JsonNode figure) => figure[1] is JsonValue value && value.TryGetValue<double>(out var number) ? number : double.NaN;

    private static string Whole(string number) => double.Parse(number, CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Value(JsonNode level, string name) => level[name]!.GetValue<double>().ToString("0.0", CultureInfo.InvariantCulture);

    private static string Ends(JsonNode figure)
    {
        var ends = figure.AsArray().Select(end => end is JsonValue value && value.TryGetValue<double>(out var number) ? number : double.NaN).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{100 * ends[0]:0.0} % [{100 * ends[1]:0.0}, {100 * ends[2]:0.0}]");
    }

    private string Share(string column) => $"{Number(column)} % [{Number($"{column}_low")}, {Number($"{column}_high")}]";

    private string Number(string column) => double.Parse(early[column], CultureInfo.InvariantCulture).ToString("0.0", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Claim(string path, string id)
    {
        var text = Encoding.UTF8.GetString(InputFile.ReadAllBytes(path));
        var header = text[..Math.Max(0, text.IndexOf('\n', StringComparison.Ordinal))].Trim().Split(',');
        var row = CsvReader.Read(text, path, header.Length).FirstOrDefault(row => row.Fields[0] == id)
            ?? throw new InputException($"{path}: has no claim {id}");
        return header.Zip(row.Fields).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    [GeneratedRegex(@"\*\*(.+?)\*\*")]
    private static partial Regex Bold();
}
