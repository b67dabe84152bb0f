using System.Globalization;
using System.Text;

namespace Ndt.Data;

/// <summary>An AG News example: its class and the words of its title and description.</summary>
/// <param name="Label">The class, from 0 (the file counts from 1).</param>
/// <param name="Tokens">The words, in order.</param>
internal sealed record NewsArticle(int Label, IReadOnlyList<string> Tokens)
{
    /// <summary>
    /// The rows of train.csv or test.csv: class from 1, title, description. Throws <see cref="InputException"/> with <paramref name="name"/> and the line where a row is not of
    /// that form or its class is not in 1 … <paramref name="classes"/>.
    /// </summary>
    /// <remarks>
    /// The files' readme says that line ends are written as <c>\n</c>, but the text holds a bare backslash for them: every <c>\n</c> of test.csv is a backslash before a word that
    /// begins with n ("social\network"). So no escape is undone; as in the study, the backslash goes with all other punctuation.
    /// </remarks>
    public static NewsArticle[] ReadAll(ReadOnlySpan<byte> file, string name, int classes) =>
        [.. CsvReader.Read(Encoding.UTF8.GetString(file), name, fields: 3).Select(row => FromRow(row, name, classes))];

    /// <summary>The study's words: lower case, everything but a–z, 0–9 and white space removed, then split on white space.</summary>
    public static string[] Tokenise(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var lower = char.ToLowerInvariant(character);
            if (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) || char.IsWhiteSpace(lower))
            {
                kept.Append(lower);
            }
        }

        return kept.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    private static NewsArticle FromRow(CsvRow row, string name, int classes) =>
        int.TryParse(row.Fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= classes
            ? new NewsArticle(number - 1, Tokenise($"{row.Fields[1]} {row.Fields[2]}"))
            : throw new InputException($"{name}: line {row.Line}: class {Printable.Quote(row.Fields[0])}; classes are 1 to {classes}");
}
