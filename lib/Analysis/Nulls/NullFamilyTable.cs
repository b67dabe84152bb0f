using System.Globalization;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Nulls;

/// <summary>What the whole <see cref="NullFamily"/> gives for the early share of the study's own runs: kept, since their files are not here. Stable rank, z &gt; 2.</summary>
/// <param name="Set">Which of the study's runs: <see cref="AllCells"/>, or the <see cref="CommonCells"/> that our own records have too.</param>
/// <param name="Member">The null.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Layers">Layers of all runs.</param>
/// <param name="Comparison">Observed, chance, p and what they were drawn from.</param>
public sealed record NullFamilyTable(string Set, FadingNoiseNull Member, int Runs, int Layers, NullComparison Comparison)
{
    /// <summary>The file that <see cref="Write"/> leaves in the folder of inputs.</summary>
    public const string FileName = "study_fading_noise.csv";

    /// <summary>All 55 runs.</summary>
    public const string AllCells = "all";

    /// <summary>The 41 runs whose cells our records have.</summary>
    public const string CommonCells = "common";

    private const int Draws = 200;
    private const int Seed = 1;

    private static readonly string[] Header =
        ["set", "reach", "estimator", "shape", "runs", "layers", "observed", "null_mean", "null_low", "null_high", "p", "p_floor", "draws", "seed"];

    /// <summary>Of the study's records: two sets by every member.</summary>
    /// <param name="records">The study's runs.</param>
    /// <param name="isCommon">Whether a cell (<see cref="RunMetadata.Experiment"/>) is one of ours too.</param>
    public static IReadOnlyList<NullFamilyTable> Compute(IReadOnlyList<RunRecord> records, Func<string, bool> isCommon)
    {
        var runs = records.OrderBy(record => record.Metadata.Experiment, StringComparer.Ordinal).Select(record => RunSeries.Of(record, Metric.StableRank)).ToArray();
        return [.. Rows(AllCells, runs), .. Rows(CommonCells, [.. runs.Where(run => isCommon(run.Run.Experiment))])];

        static IEnumerable<NullFamilyTable> Rows(string set, RunSeries[] runs) => NullFamily.Compare(runs, new EarlyEventShare(), Draws, Seed)
            .Zip(NullFamily.Members, (result, member) => new NullFamilyTable(set, member, result.Runs, result.Layers, result.Comparison));
    }

    /// <summary>Leaves the rows in a folder.</summary>
    public static void Write(IEnumerable<NullFamilyTable> rows, string folder)
    {
        var table = new Csv(Header);
        foreach (var (set, member, runs, layers, c) in rows)
        {
            table.Add(set).Add(member.Reach).Add(member.Estimator.ToString()).Add(member.Shape.ToString()).Add(runs).Add(layers)
                .Add(c.Observed).Add(c.NullMean).Add(c.NullLow).Add(c.NullHigh).Add(c.PValue).Add(c.PFloor).Add(c.Draws).Add(c.Seed);
        }

        AtomicFile.WriteText(Path.Combine(folder, FileName), table.ToString());
    }

    /// <summary>The rows that <see cref="Write"/> left in a folder.</summary>
    /// <exception cref="InputException">The file is missing or damaged; names it, the line and what would be right.</exception>
    public static IReadOnlyList<NullFamilyTable> Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        var rows = CsvReader.Read(System.Text.Encoding.UTF8.GetString(InputFile.ReadAllBytes(file)), file, Header.Length).ToArray();
        return rows.Length == 0 || !rows[0].Fields.SequenceEqual(Header)
            ? throw new InputException($"{file}: line 1: expected the columns {string.Join(",", Header)}")
            : [.. rows.Skip(1).Select(row => Parse(row, file))];
    }

    private static NullFamilyTable Parse(CsvRow row, string file)
    {
        return new NullFamilyTable(
            row.Fields[0],
            new FadingNoiseNull(LayerCoupling.Together, Whole(1), Named<SpreadEstimator>(2), Named<NoiseShape>(3)),
            Whole(4),
            Whole(5),
            new NullComparison(Number(6), Number(7), Number(8), Number(9), Number(10), Number(11), Alternative.TwoSided, Whole(12), Whole(13)));

        double Number(int column) => double.TryParse(row.Fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(column, "a number");

        int Whole(int column) => int.TryParse(row.Fields[column], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(column, "a whole number");

        T Named<T>(int column)
            where T : struct, Enum =>
            Enum.TryParse<T>(row.Fields[column], out var value) ? value : throw Wrong(column, string.Join(" or ", Enum.GetNames<T>()));

        InputException Wrong(int column, string expected) => new(string.Create(
            CultureInfo.InvariantCulture, $"{file}: line {row.Line}: {Header[column]} is {Printable.Quote(row.Fields[column])}; {expected} is expected"));
    }
}
