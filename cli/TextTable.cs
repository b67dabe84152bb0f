namespace Ndt.Cli;

/// <summary>Rows of text in columns, for a terminal.</summary>
internal static class TextTable
{
    /// <summary>Writes the rows, two blanks between columns, words to the left and numbers to the right.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rows">The rows, all of one length; the first is the header.</param>
    /// <param name="isWords">Whether a column holds words.</param>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows, Func<int, bool> isWords)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => isWords(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }
}
