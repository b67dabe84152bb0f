using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ndt.Data;

namespace Ndt.Cli.Documentation;

/// <summary>What was found, in three sentences and a figure: written from the committed results and the stored notebooks, so that the README cannot say what they do not.</summary>
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
            3. {text.PhaseTwo()}

            ![{description.Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal)}](docs/images/{StoredFigure.Found.Image})
            """;
    }

    private string Ledger()
    {
        var verdicts = summary["verdicts"]!.AsObject().ToDictionary(verdict => verdict.Key, verdict => (int)verdict.Value!);
        var all = verdicts.Values.Sum();
        var (stand, smaller) = (verdicts["stands"], verdicts["stands, smaller"]);
        return $"Of {all} published numbers {stand} stand and {smaller} stand with a smaller effect; the other {all - stand - smaller} mean something else, are fixed by their definition, cannot be told, or do not come out again. "
            + "What was followed over training as *stable rank* was a number that is 1 up to rounding, on a time axis that ended at a fifth of training.";
    }

    private string Early()
    {
        var notebook = Path.Combine(root, "notebooks", StoredFigure.Found.Notebook);
        var fading = Fading().Match(StoredCell.Markdown(notebook, "verdict"));
        if (!fading.Success)
        {
            throw new InputException($"{notebook}: cell verdict does not say what fading noise gives ('Noise that fades … puts … there'); it and {nameof(FoundText)} have to say the same");
        }

        var conclusion = fading.Groups["less"].Success ? "and more so than fading noise alone would make them" : "but for that it needs no jumps";
        return $"Published, {Number("published")} % of the unusual changes fall in the first tenth of training. With the right quantity and axis it is {Share("corrected")} on the study's records ({summary["study_runs"]} runs) "
            + $"and {Share("ours")} on ours ({summary["our_runs"]} runs, {Seeds((int)summary["our_seeds"]!)}); random moments give {Number("chance")} %, and noise that fades as the runs' own does gives {fading.Groups["share"].Value}: "
            + $"changes are denser early on than random moments are, {conclusion}.";
    }

    private string PhaseTwo()
    {
        var notebook = Path.Combine(root, "notebooks", "05_modified_phase2.ipynb");
        var verdict = Bold().Match(StoredCell.Markdown(notebook, "answer"));
        return verdict.Success
            ? $"That early features differ in kind from late ones, with a boundary near 10 % of training, was judged by a rule written down before the numbers: {char.ToLowerInvariant(verdict.Groups[1].Value[0])}{verdict.Groups[1].Value[1..]}"
            : throw new InputException($"{notebook}: cell answer has no sentence in bold; the verdict is expected there");
    }

    private string Share(string column) => $"{Number(column)} % [{Number($"{column}_low")}, {Number($"{column}_high")}]";

    private string Number(string column) => double.Parse(early[column], CultureInfo.InvariantCulture).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Seeds(int count) => count == 1 ? "one seed" : string.Create(CultureInfo.InvariantCulture, $"{count} seeds");

    private static Dictionary<string, string> Claim(string path, string id)
    {
        var text = Encoding.UTF8.GetString(InputFile.ReadAllBytes(path));
        var header = text[..Math.Max(0, text.IndexOf('\n', StringComparison.Ordinal))].Trim().Split(',');
        var row = CsvReader.Read(text, path, header.Length).FirstOrDefault(row => row.Fields[0] == id)
            ?? throw new InputException($"{path}: has no claim {id}");
        return header.Zip(row.Fields).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    [GeneratedRegex(@"puts (?<share>[\d.]+ % \[[^\]]+\]) there: (?:(?<less>less than observed)|the early share needs no jumps)")]
    private static partial Regex Fading();

    [GeneratedRegex(@"\*\*(.+?)\*\*")]
    private static partial Regex Bold();
}
