using Ndt.Records;

namespace Ndt.PhaseTwo;

/// <summary>Comparisons of states as a Parquet file: a row each, the columns as <see cref="SimilarityValue"/> names them, and the hashes of both states.</summary>
public static class ComparisonFile
{
    /// <summary>Writes comparisons, atomically; creates the folder when it is missing.</summary>
    public static void Write(string path, IReadOnlyList<ComparedStates> rows)
    {
        T[] Of<T>(Func<ComparedStates, T> value) => [.. rows.Select(value)];
        AtomicFile.WriteBytes(path, ParquetColumns.Write(
            [
                ("comparison", Of(row => row.Value.Kind.ToString())),
                ("architecture", Of(row => row.Value.Architecture)),
                ("protocol", Of(row => row.Value.Protocol)),
                ("layer", Of(row => row.Value.Layer)),
                ("measure", Of(row => row.Value.Measure)),
                ("state", Of(row => row.State)),
                ("other_state", Of(row => row.OtherState)),
                ("depth", Of(row => row.Value.Depth)),
                ("from", Of(row => row.Value.From)),
                ("to", Of(row => row.Value.To)),
                ("seed", Of(row => row.Value.Seed)),
                ("other_seed", Of(row => row.Value.OtherSeed)),
                ("similarity", Of(row => row.Value.Similarity)),
            ],
            inSeries: false));
    }

    /// <summary>Reads comparisons, in the order in which they were written.</summary>
    /// <exception cref="InputException">The file is missing, no Parquet file, lacks a column, or names an unknown comparison; one line that names the file.</exception>
    public static IReadOnlyList<ComparedStates> Read(string path)
    {
        InputFile.RefuseFolder(path, "a file of comparisons, such as data/phase2/similarities.parquet,");
        return ParquetTable.Read(path, "not a readable file of comparisons", table => Of(path, table));
    }

    private static ComparedStates[] Of(string path, ParquetTable table)
    {
        var (kinds, architectures, protocols) = (table.Texts("comparison"), table.Texts("architecture"), table.Texts("protocol"));
        var (layers, measures, states, others) = (table.Texts("layer"), table.Texts("measure"), table.Texts("state"), table.Texts("other_state"));
        var (depths, froms, tos, seeds, otherSeeds) = (table.Wholes("depth"), table.Wholes("from"), table.Wholes("to"), table.Wholes("seed"), table.Wholes("other_seed"));
        var similarities = table.Reals("similarity");
        return
        [
            .. Enumerable.Range(0, table.Rows).Select(row => new ComparedStates(
                new SimilarityValue(
                    KindOf(path, kinds[row], row), architectures[row], protocols[row], layers[row], depths[row], measures[row],
                    froms[row], tos[row], seeds[row], otherSeeds[row], similarities[row]),
                states[row],
                others[row])),
        ];
    }

    private static ComparisonKind KindOf(string path, string text, int row) => Enum.TryParse<ComparisonKind>(text, out var kind) && kind.ToString() == text
        ? kind
        : throw new InputException($"{path}: row {row}: comparison is '{text}'; known: {string.Join(", ", Enum.GetNames<ComparisonKind>())}");
}
