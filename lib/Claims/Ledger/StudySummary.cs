using System.Globalization;
using Ndt.Analysis;
using Ndt.Claims.Later;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Claims.Ledger;

/// <summary>
/// What the ledger needs of the study's files: tallies of its records, and the numbers of phase 2 from its checkpoints. The files themselves are not
/// ours to keep; these sums are, in <see cref="TalliesFile"/>, <see cref="PhaseTwoFile"/> and <see cref="TransitionFile"/>, so that the ledger can be computed without them.
/// </summary>
/// <param name="Tallies">Of the recorded and of the recovered stable rank.</param>
/// <param name="PhaseTwo">Numbers of phase 2 by their claims' names.</param>
/// <param name="Transitions">Transitions of every layer, for what the study's author says since.</param>
public sealed record StudySummary(IReadOnlyList<RunTally> Tallies, IReadOnlyDictionary<string, double> PhaseTwo, IReadOnlyList<LayerTransitions> Transitions)
{
    /// <summary>The name of the file of tallies.</summary>
    public const string TalliesFile = "study_summary.csv";

    /// <summary>The name of the file of phase 2's numbers.</summary>
    public const string PhaseTwoFile = "study_phase2.csv";

    private const string RecordsFolder = "records";
    private static readonly Metric[] Metrics = [Metric.RecordedStableRank, Metric.StableRank];
    private static readonly RunCount[] Counts = Enum.GetValues<RunCount>();
    private static readonly string[] Header = ["metric", "experiment", "cell", .. Counts.Select(count => count.ToString())];

    /// <summary>Whether a folder is an archive of the study: it holds <c>records/</c>.</summary>
    public static bool IsArchive(string archive) => Directory.Exists(Path.Combine(archive, RecordsFolder));

    /// <summary>From the sums in <paramref name="data"/> where they are (a test holds them to the archive), else from the archive.</summary>
    /// <exception cref="InputException">Neither is there, or a file is damaged.</exception>
    public static StudySummary Load(string archive, string data, IReadOnlyList<Claim> claims) =>
        !File.Exists(Path.Combine(data, TalliesFile)) && IsArchive(archive) ? Compute(archive, claims) : Read(data);

    /// <summary>From the study's own files.</summary>
    /// <param name="archive">Holds <c>records/</c>; <c>checkpoints/</c> and <c>checkpoint_runs/</c> where phase 2 is wanted too.</param>
    /// <param name="claims">The published numbers.</param>
    /// <exception cref="InputException">A file is missing, damaged or of another protocol.</exception>
    public static StudySummary Compute(string archive, IReadOnlyList<Claim> claims)
    {
        var batch = BatchAnalysis.Run(RecordFile.Find([Path.Combine(archive, RecordsFolder)]), Metrics);
        return batch.Refused.Count > 0
            ? throw new InputException(batch.Refused[0].Reason)
            : new StudySummary(RunTally.Of(batch.Analyses), StudyPhaseTwo.Compute(archive, claims), TransitionFile.Compute(Path.Combine(archive, RecordsFolder)));
    }

    /// <summary>From the sums that <see cref="Write"/> left in a folder.</summary>
    /// <exception cref="InputException">A file is missing or damaged; names it and the line.</exception>
    public static StudySummary Read(string folder)
    {
        var tallies = Path.Combine(folder, TalliesFile);
        var phaseTwo = Path.Combine(folder, PhaseTwoFile);
        return new StudySummary(
            [.. Rows(tallies, Header).Select(row => Tally(row, tallies))],
            Numbers(phaseTwo),
            TransitionFile.Read(Path.Combine(folder, TransitionFile.Name)));
    }

    /// <summary>Leaves the three files in a folder.</summary>
    public void Write(string folder)
    {
        var tallies = new Csv(Header);
        foreach (var run in Tallies)
        {
            tallies.Add(run.Metric.Name()).Add(run.Name).Add(run.Cell);
            foreach (var count in Counts)
            {
                tallies.Add(run[count]);
            }
        }

        var phaseTwo = new Csv("claim", "value");
        foreach (var (claim, value) in PhaseTwo.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            phaseTwo.Add(claim).Add(value);
        }

        AtomicFile.WriteText(Path.Combine(folder, TalliesFile), tallies.ToString());
        AtomicFile.WriteText(Path.Combine(folder, PhaseTwoFile), phaseTwo.ToString());
        AtomicFile.WriteText(Path.Combine(folder, TransitionFile.Name), TransitionFile.Csv(Transitions));
    }

    private static RunTally Tally(CsvRow row, string file) => new(
        MetricOf(row, file),
        row.Fields[1],
        row.Fields[2],
        Counts.Select((count, i) => (count, Number(row.Fields[i + 3], file, row.Line))).ToDictionary());

    private static Metric MetricOf(CsvRow row, string file)
    {
        try
        {
            return MetricNames.Parse(row.Fields[0]);
        }
        catch (InputException e)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{file}: line {row.Line}: {e.Message}"), e);
        }
    }

    private static Dictionary<string, double> Numbers(string file)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in Rows(file, ["claim", "value"]))
        {
            if (!numbers.TryAdd(row.Fields[0], Number(row.Fields[1], file, row.Line)))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{file}: line {row.Line}: {Printable.Quote(row.Fields[0])} stands there twice"));
            }
        }

        return numbers;
    }

    /// <summary>The rows below the header, which has to be the one that <see cref="Write"/> leaves: columns in another order would be taken for each other.</summary>
    private static IEnumerable<CsvRow> Rows(string file, string[] header)
    {
        var isFirst = true;
        foreach (var row in CsvReader.Read(System.Text.Encoding.UTF8.GetString(InputFile.ReadAllBytes(file)), file, header.Length))
        {
            if (!isFirst)
            {
                yield return row;
            }
            else if (row.Fields.Zip(header).FirstOrDefault(column => column.First != column.Second) is { First: { } found } wrong)
            {
                throw new InputException($"{file}: line 1: column {Printable.Quote(found)}; expected {wrong.Second}");
            }

            isFirst = false;
        }

        if (isFirst)
        {
            throw new InputException($"{file}: is empty; expected the columns {string.Join(", ", header.Take(3))} and so on, and rows below them");
        }
    }

    private static double Number(string text, string file, int line) =>
        text.Length == 0 ? double.NaN
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{file}: line {line}: {Printable.Quote(text)} is no number"));
}
