using Ndt.Records;
using Parquet;
using Parquet.Schema;

namespace Ndt.PhaseTwo;

/// <summary>Comparisons of states as a Parquet file: a row each, the columns as <see cref="SimilarityValue"/> names them, and the hashes of both states.</summary>
public static class ComparisonFile
{
    private const string Similarity = "similarity";
    private static readonly string[] Texts = ["comparison", "architecture", "protocol", "layer", "measure", "state", "other_state"];
    private static readonly string[] Wholes = ["depth", "from", "to", "seed", "other_seed"];

    /// <summary>Writes comparisons, atomically; creates the folder when it is missing.</summary>
    public static void Write(string path, IReadOnlyList<ComparedStates> rows)
    {
        using var buffer = new MemoryStream();
        WriteAsync(buffer, rows).GetAwaiter().GetResult();
        AtomicFile.WriteBytes(path, buffer.ToArray());
    }

    /// <summary>Reads comparisons, in the order in which they were written.</summary>
    /// <exception cref="InputException">The file is missing, no Parquet file, lacks a column, or names an unknown comparison; one line that names the file.</exception>
    public static IReadOnlyList<ComparedStates> Read(string path)
    {
        InputFile.RefuseFolder(path, "a file of comparisons, such as data/phase2/similarities.parquet,");
        var bytes = InputFile.ReadAllBytes(path);
        try
        {
            ParquetOutline.CheckFooter(bytes);
            return ReadAsync(bytes).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InputException($"{path}: {(e is InputException ? "" : "not a readable file of comparisons: ")}{e.Message.Split('\n')[0]}", e);
        }
    }

    private static async Task WriteAsync(Stream stream, IReadOnlyList<ComparedStates> rows)
    {
        var text = Array.ConvertAll(Texts, name => new DataField<string>(name));
        var whole = Array.ConvertAll(Wholes, name => new DataField<int>(name));
        var similarity = new DataField<double>(Similarity);
        var schema = new ParquetSchema([.. text, .. whole, similarity]);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.SmallestSize };
        options.ColumnEncodingHints[similarity.Path.ToString()] = EncodingHint.ByteSplitStream;
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, options);
        using var group = writer.CreateRowGroup();
        Func<ComparedStates, string>[] texts =
        [
            row => row.Value.Kind.ToString(), row => row.Value.Architecture, row => row.Value.Protocol, row => row.Value.Layer, row => row.Value.Measure, row => row.State, row => row.OtherState,
        ];
        Func<ComparedStates, int>[] wholes = [row => row.Value.Depth, row => row.Value.From, row => row.Value.To, row => row.Value.Seed, row => row.Value.OtherSeed];
        foreach (var (field, value) in text.Zip(texts))
        {
            await group.WriteAsync(field, [.. rows.Select(value)]);
        }

        foreach (var (field, value) in whole.Zip(wholes))
        {
            await group.WriteAsync<int>(field, rows.Select(value).ToArray());
        }

        await group.WriteAsync<double>(similarity, rows.Select(row => row.Value.Similarity).ToArray());
    }

    private static async Task<IReadOnlyList<ComparedStates>> ReadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        await using var reader = await ParquetReader.CreateAsync(stream);
        var fields = reader.Schema.GetDataFields().ToDictionary(field => field.Name);
        if (reader.RowGroupCount != 1)
        {
            throw new InputException($"{reader.RowGroupCount} row groups; a file of comparisons has 1");
        }

        ParquetOutline.CheckPages(bytes, reader.Metadata!.RowGroups[0]);
        using var group = reader.OpenRowGroupReader(0);
        var rows = checked((int)group.RowCount);
        var texts = new string[Texts.Length][];
        for (var i = 0; i < texts.Length; i++)
        {
            var read = new string?[rows];
            await group.ReadAsync(Field(Texts[i]), read.AsMemory());
            texts[i] = Array.ConvertAll(read, value => value ?? "");
        }

        var wholes = new int[Wholes.Length][];
        for (var i = 0; i < wholes.Length; i++)
        {
            wholes[i] = new int[rows];
            await group.ReadAsync<int>(Field(Wholes[i]), wholes[i].AsMemory());
        }

        var similarities = new double[rows];
        await group.ReadAsync<double>(Field(Similarity), similarities.AsMemory());
        return
        [
            .. Enumerable.Range(0, rows).Select(row => new ComparedStates(
                new SimilarityValue(
                    KindOf(texts[0][row], row), texts[1][row], texts[2][row], texts[3][row], wholes[0][row], texts[4][row],
                    wholes[1][row], wholes[2][row], wholes[3][row], wholes[4][row], similarities[row]),
                texts[5][row],
                texts[6][row])),
        ];

        DataField Field(string name) => fields.TryGetValue(name, out var field) ? field : throw new InputException($"column {name} is missing");
    }

    private static ComparisonKind KindOf(string text, int row) => Enum.TryParse<ComparisonKind>(text, out var kind) && kind.ToString() == text
        ? kind
        : throw new InputException($"row {row}: comparison is '{text}'; known: {string.Join(", ", Enum.GetNames<ComparisonKind>())}");
}
