using System.Globalization;
using System.Text;
using Ndt.Data;

namespace Ndt.Cli.Commands;

/// <summary>A series of a CSV file.</summary>
/// <param name="Name">The file, and the column's name or number.</param>
/// <param name="Values">Its values; a column that is empty from some row on ends there.</param>
internal sealed record SeriesFile(string Name, double[] Values)
{
    private static readonly string[] Clocks = ["step", "steps", "time", "index", "epoch", "iteration", "update"];

    /// <summary>The files that paths name: a file stands for itself, a folder for the .csv files that lie directly in it, in ordinal order.</summary>
    /// <exception cref="InputException">A folder without any.</exception>
    public static IEnumerable<string> Find(IEnumerable<string> paths) => paths.SelectMany(path => Directory.Exists(path) ? In(path) : [path]);

    /// <summary>The series of a file, a column each.</summary>
    /// <exception cref="InputException">A cell is no finite number, a column has a gap or nothing, or the file is no CSV; names file, line and column.</exception>
    public static IReadOnlyList<SeriesFile> Read(string path)
    {
        var text = Encoding.UTF8.GetString(InputFile.ReadAllBytes(path)).TrimStart('\uFEFF');
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var fields = 1 + (end < 0 ? text.AsSpan() : text.AsSpan(0, end)).Count(',');
        var rows = CsvReader.Read(text, path, fields).ToList();
        var hasNames = rows.Count > 0 && rows[0].Fields.All(field => !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        var names = hasNames ? rows[0].Fields : [.. Enumerable.Range(1, fields).Select(column => column.ToString(CultureInfo.InvariantCulture))];
        var body = rows.Skip(hasNames ? 1 : 0).ToArray();
        var series = new List<SeriesFile>();
        for (var column = 0; column < fields; column++)
        {
            if (!Clocks.Contains(names[column].Trim(), StringComparer.OrdinalIgnoreCase))
            {
                series.Add(new SeriesFile($"{path}: {names[column]}", Column(path, names[column], body, column)));
            }
        }

        return series.Count > 0 ? series : throw new InputException($"{path}: holds no series; a column of numbers for each is expected");
    }

    private static string[] In(string folder)
    {
        string[] files = [.. InputFile.FilesIn(folder).Where(file => Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new InputException($"{folder}: is a folder without .csv files; a column of numbers per series is expected in them");
    }

    private static double[] Column(string path, string name, CsvRow[] rows, int column)
    {
        var length = Array.FindLastIndex(rows, row => row.Fields[column].Trim().Length > 0) + 1;
        if (length == 0)
        {
            throw new InputException($"{path}: column {Printable.Quote(name)} is empty; numbers are expected");
        }

        return Array.ConvertAll(rows[..length], row =>
            double.TryParse(row.Fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw new InputException($"{path}: line {row.Line}: column {Printable.Quote(name)} is {Printable.Quote(row.Fields[column])}; a finite number is expected"));
    }
}
