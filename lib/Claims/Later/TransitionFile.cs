using System.Globalization;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Claims.Later;

/// <summary>What is kept of the study's records for the claims that its author makes since: a row of <see cref="LayerTransitions"/> for each layer and metric.</summary>
public static class TransitionFile
{
    /// <summary>Measurements in a run by the study's protocol.</summary>
    public const int Measurements = 400;

    /// <summary>Its name.</summary>
    public const string Name = "study_transitions.csv";

    private static readonly string[] Header = ["metric", "experiment", "cell", "layer", .. Enum.GetNames<TransitionCount>()];

    /// <summary>Counts the transitions of every record in a folder.</summary>
    /// <exception cref="InputException">A record cannot be read; names it.</exception>
    public static IReadOnlyList<LayerTransitions> Compute(string records) =>
        [.. RecordFile.Find([records]).AsParallel().AsOrdered().SelectMany(file => LayerTransitions.Of(RecordFile.Read(file)))];

    /// <summary>The table as CSV.</summary>
    public static string Csv(IEnumerable<LayerTransitions> rows)
    {
        var table = new Csv(Header);
        foreach (var row in rows)
        {
            table.Add(row.Metric.Name()).Add(row.Run).Add(row.Cell).Add(row.Layer);
            foreach (var count in row.Counts)
            {
                table.Add(count);
            }
        }

        return table.ToString();
    }

    /// <summary>Reads what <see cref="Csv"/> gave.</summary>
    /// <exception cref="InputException">The file is missing or damaged; names it and the line.</exception>
    public static IReadOnlyList<LayerTransitions> Read(string path)
    {
        var rows = CsvReader.Read(System.Text.Encoding.UTF8.GetString(InputFile.ReadAllBytes(path)), path, Header.Length).ToArray();
        if (rows.Length == 0 || !rows[0].Fields.SequenceEqual(Header))
        {
            throw new InputException($"{path}: line 1: {(rows.Length == 0 ? "nothing" : string.Join(",", rows[0].Fields.Take(4).Select(Printable.Quote)))}; expected the columns {string.Join(",", Header.Take(4))} and so on (ndt claims summarize writes them)");
        }

        return [.. rows.Skip(1).Select(row => Row(row, path))];
    }

    private static LayerTransitions Row(CsvRow row, string path)
    {
        try
        {
            return new LayerTransitions(
                MetricNames.Parse(row.Fields[0]), row.Fields[1], row.Fields[2], row.Fields[3],
                [.. row.Fields.Skip(4).Select(field => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new InputException($"{Printable.Quote(field)} is no number"))]);
        }
        catch (InputException e)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: line {row.Line}: {e.Message}"), e);
        }
    }
}
