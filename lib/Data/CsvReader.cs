using System.Text;

namespace Ndt.Data;

/// <summary>CSV by RFC 4180: fields in double quotes may hold commas, line ends and doubled quotes; rows end in LF or CRLF. Backslashes are characters like any other.</summary>
internal static class CsvReader
{
    /// <summary>A news text has some hundred characters; a longer field than this is a quote that was never closed.</summary>
    private const int LongestField = 1 << 16;

    /// <summary>
    /// The rows of <paramref name="text"/>, one at a time. Throws <see cref="InputException"/> with <paramref name="name"/> and the line where a row has other
    /// than <paramref name="fields"/> fields, a quote is not closed or stands inside a bare field, text follows a closing quote, or a field is longer than 65,536 characters.
    /// </summary>
    public static IEnumerable<CsvRow> Read(string text, string name, int fields)
    {
        var position = 0;
        var line = 1;
        while (position < text.Length)
        {
            var start = line;
            var row = new List<string>(fields);
            do
            {
                row.Add(ReadField(text, ref position, ref line, name));
            }
            while (row.Count <= fields && Skip(text, ref position, ','));

            if (row.Count != fields)
            {
                throw new InputException($"{name}: line {start}: {(row.Count > fields ? $"more than {fields}" : row.Count)} fields; each row has {fields}");
            }

            Skip(text, ref position, '\r');
            if (!Skip(text, ref position, '\n') && position < text.Length)
            {
                throw new InputException($"{name}: line {line}: {Printable.Quote(text[position].ToString())} after a field; a comma or the end of the line belongs there");
            }

            line++;
            yield return new CsvRow(start, row);
        }
    }

    private static string ReadField(string text, ref int position, ref int line, string name) =>
        Skip(text, ref position, '"') ? ReadQuoted(text, ref position, ref line, name) : ReadBare(text, ref position, line, name);

    private static string ReadBare(string text, ref int position, int line, string name)
    {
        var rest = text.AsSpan(position);
        var length = rest.IndexOfAny(",\r\n\"");
        length = length < 0 ? rest.Length : length;
        if (length < rest.Length && rest[length] == '"')
        {
            throw new InputException($"{name}: line {line}: a quote inside a bare field; a field with quotes is itself quoted and doubles them");
        }

        CheckLength(length, name, line);
        position += length;
        return rest[..length].ToString();
    }

    private static string ReadQuoted(string text, ref int position, ref int line, string name)
    {
        var start = line;
        var field = new StringBuilder();
        while (true)
        {
            var rest = text.AsSpan(position);
            var length = rest.IndexOf('"');
            if (length < 0)
            {
                throw new InputException($"{name}: line {start}: a quoted field is not closed");
            }

            CheckLength(field.Length + length, name, start);
            field.Append(rest[..length]);
            line += rest[..length].Count('\n');
            position += length + 1;
            if (!Skip(text, ref position, '"'))
            {
                return field.ToString();
            }

            field.Append('"');
        }
    }

    private static bool Skip(string text, ref int position, char expected)
    {
        if (position >= text.Length || text[position] != expected)
        {
            return false;
        }

        position++;
        return true;
    }

    private static void CheckLength(int length, string name, int line)
    {
        if (length > LongestField)
        {
            throw new InputException($"{name}: line {line}: a field of more than {LongestField} characters; a quote is missing");
        }
    }
}
