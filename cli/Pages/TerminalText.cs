using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Ndt.Cli.Pages;

/// <summary>
/// Printed text as a terminal shows it (ECMA-48): a carriage return and a backspace go back, and what follows overwrites; the cursor
/// moves, lines are erased, colours are kept. Other sequences and control characters are left out.
/// </summary>
internal static partial class TerminalText
{
    private const int WidestLine = 4096;

    // Blanks in front of what is printed far to the right: a few bytes must not make a page of them.
    private const int MostPadding = 1 << 16;

    /// <summary>The text as HTML, its colours as classes <c>ansi-1</c> to <c>ansi-15</c>.</summary>
    public static string ToHtml(string text) => text.AsSpan().IndexOfAny('\r', '\b', '\u001b') < 0
        ? WebUtility.HtmlEncode(Control().Replace(text, ""))
        : string.Join('\n', Screen(text).Select(Markup));

    private readonly record struct Cell(string Text, string Style);

    private static List<List<Cell>> Screen(string text)
    {
        List<List<Cell>> lines = [[]];
        var (row, column, style) = (0, 0, "");
        var padding = MostPadding;
        foreach (Match match in Piece().Matches(text.Replace("\r\n", "\n", StringComparison.Ordinal)))
        {
            switch (match.Value)
            {
                case "\n":
                    row++;
                    column = 0;
                    break;
                case "\r":
                    column = 0;
                    break;
                case "\b":
                    column = Math.Max(0, column - 1);
                    break;
                case ['\u001b', '[', .., var final]:
                    Obey(final, match.Groups["parameters"].Value);
                    break;
                case [< ' ' and not '\t', ..] or [>= '\u007f' and < '\u00a0', ..]:
                    break;
                default:
                    Put(match.Value);
                    break;
            }

            while (row >= lines.Count)
            {
                lines.Add([]);
            }
        }

        return lines;

        void Put(string run)
        {
            var line = lines[row];
            var gap = Math.Clamp(column - line.Count, 0, padding);
            padding -= gap;
            line.AddRange(Enumerable.Repeat(new Cell(" ", ""), gap));
            column = Math.Min(column, line.Count);

            foreach (var character in StringInfo.GetTextElementEnumerator(run).AsStrings())
            {
                if (column < line.Count)
                {
                    line[column] = new Cell(character, style);
                }
                else
                {
                    line.Add(new Cell(character, style));
                }

                column++;
            }
        }

        void Obey(char final, string parameters)
        {
            var first = int.TryParse(parameters.Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            var count = Math.Clamp(first, 1, WidestLine);
            switch (final)
            {
                case 'm':
                    style = Colours(style, parameters);
                    break;
                case 'A' or 'F':
                    row = Math.Max(0, row - count);
                    column = final == 'F' ? 0 : column;
                    break;
                case 'B' or 'E':
                    row = Math.Min(lines.Count - 1, row + count);
                    column = final == 'E' ? 0 : column;
                    break;
                case 'C':
                    column = Math.Min(WidestLine, column + count);
                    break;
                case 'D':
                    column = Math.Max(0, column - count);
                    break;
                case 'G':
                    column = count - 1;
                    break;
                case 'K' when first is -1 or 0 && column < lines[row].Count:
                    lines[row].RemoveRange(column, lines[row].Count - column);
                    break;
                case 'K' when first == 2:
                    lines[row].Clear();
                    break;
                case 'J' when first is -1 or 0:
                    lines.RemoveRange(row + 1, lines.Count - row - 1);
                    lines[row].RemoveRange(Math.Min(column, lines[row].Count), Math.Max(0, lines[row].Count - column));
                    break;
                case 'J' when first is 2 or 3:
                    lines = [[]];
                    (row, column) = (0, 0);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The classes after an order to change them (SGR): bold, and one of sixteen colours; finer colours are passed over.</summary>
    private static string Colours(string style, string parameters)
    {
        var bold = style.Contains("bold", StringComparison.Ordinal);
        var colour = style.Split(' ').LastOrDefault(name => name.Length > 0 && name != "ansi-bold") ?? "";
        var codes = parameters.Split(';').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray();
        for (var i = 0; i < codes.Length; i++)
        {
            switch (codes[i])
            {
                case 0:
                    (bold, colour) = (false, "");
                    break;
                case 1 or 22:
                    bold = codes[i] == 1;
                    break;
                case >= 30 and <= 37 or >= 90 and <= 97:
                    colour = string.Create(CultureInfo.InvariantCulture, $"ansi-{(codes[i] < 90 ? codes[i] - 30 : codes[i] - 82)}");
                    break;
                case 39:
                    colour = "";
                    break;
                case 38 or 48:
                    i += i + 1 < codes.Length && codes[i + 1] == 2 ? 4 : 2;
                    break;
                default:
                    break;
            }
        }

        return $"{(bold ? "ansi-bold " : "")}{colour}".TrimEnd();
    }

    private static string Markup(List<Cell> line)
    {
        var html = new StringBuilder();
        for (var start = 0; start < line.Count;)
        {
            var end = start + 1;
            while (end < line.Count && line[end].Style == line[start].Style)
            {
                end++;
            }

            var text = WebUtility.HtmlEncode(string.Concat(line[start..end].Select(cell => cell.Text)));
            html.Append(line[start].Style.Length == 0 ? text : $"<span class=\"{line[start].Style}\">{text}</span>");
            start = end;
        }

        return html.ToString();
    }

    private static IEnumerable<string> AsStrings(this TextElementEnumerator elements)
    {
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    [GeneratedRegex("[\0-\b\v-\u001f\u007f-\u009f]")]
    private static partial Regex Control();

    // A whole sequence, one control character, or a run of text.
    [GeneratedRegex("\u001b\\[(?<parameters>[0-?]*)[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|[\0-\b\n-\u001f\u007f-\u009f]|[^\0-\b\n-\u001f\u007f-\u009f]+")]
    private static partial Regex Piece();
}
