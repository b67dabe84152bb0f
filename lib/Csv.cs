using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ndt;

/// <summary>
/// A CSV table as this project writes all of them: commas, a header, UTF-8, line feeds, the invariant culture, doubles so that they
/// read back bit for bit, nothing for NaN, quotes only where a text needs them (RFC 4180); and the same rows as JSON.
/// </summary>
public sealed class Csv
{
    private static readonly System.Buffers.SearchValues<char> NeedsQuotes = System.Buffers.SearchValues.Create(",\"\r\n");
    private readonly string[] header;
    private readonly List<(string Text, bool IsNumber)> cells = [];

    /// <summary>A table with these columns and no rows.</summary>
    public Csv(params ReadOnlySpan<string> header)
    {
        this.header = [.. header];
    }

    /// <summary>Puts a text in the next cell; the row ends by itself after its last column.</summary>
    public Csv Add(string value) => Add(value, isNumber: false);

    /// <summary>Puts a whole number in the next cell.</summary>
    public Csv Add(int value) => Add(value.ToString(CultureInfo.InvariantCulture), isNumber: true);

    /// <summary>Puts a double in the next cell, as few digits as read back the same; NaN leaves it empty.</summary>
    public Csv Add(double value) => Add(double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture), double.IsFinite(value));

    /// <summary>The table's text; throws when the last row is not complete.</summary>
    public override string ToString()
    {
        RequireWhole();
        var text = new StringBuilder();
        foreach (var row in header.Concat(cells.Select(cell => cell.Text)).Chunk(header.Length))
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Writes the table as a JSON array with an object a row: numbers as numbers with the same digits, infinities as texts, empty cells as null; throws when the last row is
    /// not complete.
    /// </summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        RequireWhole();
        writer.WriteStartArray();
        foreach (var row in cells.Chunk(header.Length))
        {
            writer.WriteStartObject();
            foreach (var (name, (text, isNumber)) in header.Zip(row))
            {
                writer.WritePropertyName(name);
                if (text.Length == 0)
                {
                    writer.WriteNullValue();
                }
                else if (isNumber)
                {
                    writer.WriteRawValue(text);
                }
                else
                {
                    writer.WriteStringValue(text);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Quoted(string value) => value.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    private Csv Add(string text, bool isNumber)
    {
        cells.Add((text, isNumber));
        return this;
    }

    private void RequireWhole()
    {
        if (cells.Count % header.Length is > 0 and var left)
        {
            throw new InvalidOperationException($"the last row has {left} of {header.Length} cells");
        }
    }
}
