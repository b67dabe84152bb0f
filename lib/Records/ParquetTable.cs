using System.Runtime.InteropServices;
using ParquetSharp;
using ParquetSharp.IO;

namespace Ndt.Records;

/// <summary>A Parquet file of one row group with columns of text, whole numbers and real numbers, which nobody vouches for.</summary>
/// <remarks>
/// Arrow's reader holds what the file claims against the bytes that are there. What Arrow accepts but our tables never contain is refused here and by
/// <see cref="ParquetPages"/>. Reasons of
/// <see cref="InvalidDataException"/> come without the file's name.
/// </remarks>
internal sealed class ParquetTable : IDisposable
{
    /// <summary>
    /// The most rows for a byte of the file. A record in which nothing changes from row to row, the best that compression can have, comes to 36; one of a run to less than one.
    /// </summary>
    public const int MostRowsPerByte = 64;

    private readonly string path;
    private readonly ParquetFileReader file;
    private readonly RowGroupReader group;
    private readonly Dictionary<string, int> columns = [];

    private ParquetTable(string path, ParquetFileReader file, int length)
    {
        (this.path, this.file) = (path, file);
        var metadata = file.FileMetaData;
        if (metadata.NumRowGroups != 1)
        {
            throw new InvalidDataException($"it has {metadata.NumRowGroups} row groups; 1 is expected");
        }

        for (var i = 0; i < metadata.NumColumns; i++)
        {
            columns.TryAdd(metadata.Schema.Column(i).Path.ToDotString(), i);
        }

        group = file.RowGroup(0);
        var rows = group.MetaData.NumRows;
        if (rows < 0 || rows > Math.Min(Array.MaxLength, (long)MostRowsPerByte * length))
        {
            group.Dispose();
            throw new InvalidDataException($"it claims {rows} rows, which a file of {length} bytes cannot hold");
        }

        Rows = (int)rows;
        Metadata = metadata.KeyValueMetadata;
    }

    /// <summary>Rows of each column.</summary>
    public int Rows { get; }

    /// <summary>The file's key-value metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// Reads a file. Throws <see cref="InputException"/> naming it, with <paramref name="refusal"/> before the reason, where it is no such table or <paramref name="read"/> throws;
    /// an <see cref="InputException"/> of <paramref name="read"/> goes through as it is.
    /// </summary>
    public static T Read<T>(string path, string refusal, Func<ParquetTable, T> read)
    {
        var bytes = InputFile.ReadAllBytes(path);
        try
        {
            if (!bytes.AsSpan().StartsWith("PAR1"u8) || !bytes.AsSpan().EndsWith("PAR1"u8))
            {
                throw new InvalidDataException("it does not begin and end with PAR1; the file is cut off, or no Parquet file");
            }

            ParquetNative.Prepare();
            // Not a managed stream: what a damaged file leaves to the finaliser would call back into one that is gone, which ends the process.
            var pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            try
            {
                using var buffer = new ParquetSharp.IO.Buffer(pinned.AddrOfPinnedObject(), bytes.Length);
                using var input = new BufferReader(buffer);
                using var file = new ParquetFileReader(input);
                using var table = new ParquetTable(path, file, bytes.Length);
                ParquetPages.Check(bytes, table.Rows);
                return read(table);
            }
            finally
            {
                pinned.Free();
            }
        }
        catch (Exception e) when (e is not InputException)
        {
            throw new InputException($"{path}: {refusal}: {Reason(e)}", e);
        }
    }

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string name) => columns.ContainsKey(name);

    /// <summary>A column of texts; where a row has none, an empty one.</summary>
    public string[] Texts(string name) => Array.ConvertAll(Column<string?>(name), value => value ?? "");

    /// <summary>A column of whole numbers.</summary>
    public int[] Wholes(string name) => Numbers<int>(name);

    /// <summary>A column of real numbers.</summary>
    public double[] Reals(string name) => Numbers<double>(name);

    /// <inheritdoc/>
    public void Dispose() => group.Dispose();

    // A column that may lack values, as other programs write all, is one of ours where it lacks none.
    private T[] Numbers<T>(string name)
        where T : struct
    {
        if (Descriptor(name).MaxDefinitionLevel == 0)
        {
            return Column<T>(name);
        }

        var values = Column<T?>(name);
        var missing = Array.FindIndex(values, value => value is null);
        return missing < 0 ? Array.ConvertAll(values, value => value!.Value) : throw new InvalidDataException($"column {name} has no value in row {missing}");
    }

    private T[] Column<T>(string name)
    {
        using var column = group.Column(Index(name));
        using var reader = column.LogicalReader();
        if (reader is not LogicalColumnReader<T> typed)
        {
            throw new InvalidDataException($"column {name} is of type {Descriptor(name).PhysicalType}; {(typeof(T) == typeof(string) ? "text" : (Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)).Name)} is expected");
        }

        var values = new T[Rows];
        for (var read = 0; read < Rows;)
        {
            read += typed.ReadBatch(values.AsSpan(read)) is > 0 and var more ? more : throw new InvalidDataException($"column {name} has {read} values; there are {Rows} rows");
        }

        return values;
    }

    private ColumnDescriptor Descriptor(string name) => file.FileMetaData.Schema.Column(Index(name));

    private int Index(string name) => columns.TryGetValue(name, out var index) ? index : throw new InputException($"{path}: column {name} is missing");

    // Of ParquetSharp's "TYPE (message: 'REASON')" the reason.
    private static string Reason(Exception e)
    {
        const string mark = "(message: '";
        var line = e.Message.Split('\n')[0];
        var at = e is ParquetException ? line.IndexOf(mark, StringComparison.Ordinal) : -1;
        return at < 0 ? line : line[(at + mark.Length)..].TrimEnd('\'', ')');
    }
}
