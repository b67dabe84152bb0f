using System.Globalization;
using System.Net;
using System.Text;

namespace Ndt.Interactive;

/// <summary>A table ready to be shown: every cell is text already. Numbers stand to the right. The count of rows is null where there are more than shown, and nobody counted.</summary>
internal sealed class DisplayTable(IReadOnlyList<DisplayColumn> columns, long? totalRows)
{
    /// <summary>Rows shown where the author asks for no other number.</summary>
    public const int DefaultRowLimit = 20;

    private readonly int shownRows = columns.Count == 0 ? 0 : columns.Max(c => c.Cells.Count);

    /// <summary>Something to say below the table.</summary>
    public string? Remark { get; init; }

    /// <summary>What is not shown, or null where all is. A query's rows are not counted.</summary>
    private string? Note
    {
        get
        {
            var rows = totalRows is null
                ? string.Create(CultureInfo.InvariantCulture, $"first {shownRows} rows; there are more")
                : totalRows > shownRows ? string.Create(CultureInfo.InvariantCulture, $"first {shownRows} of {totalRows:#,0} rows") : null;
            return rows is null ? Remark : Remark is null ? rows : $"{rows}, {Remark}";
        }
    }

    /// <summary>As an HTML table; alignment stands at each cell because front ends bring their own.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<table>\n<thead>\n<tr>");
        foreach (var column in columns)
        {
            AppendCell(html, "th", column.Header, column);
        }

        html.Append("</tr>\n</thead>\n<tbody>\n");
        for (var row = 0; row < shownRows; row++)
        {
            html.Append("<tr>");
            foreach (var column in columns)
            {
                AppendCell(html, "td", column.Cells[row], column);
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>");
        if (Note is not null)
        {
            html.Append("\n<p>").Append(Note).Append("</p>");
        }

        return html.ToString();
    }

    /// <summary>As lines of text with aligned columns.</summary>
    public override string ToString()
    {
        var widths = columns.Select(c => c.Cells.Append(c.Header).Max(Width)).ToArray();
        var lines = new List<string>
        {
            Line(widths, c => c.Header),
            string.Join("  ", widths.Select(w => new string('─', w))),
        };
        for (var row = 0; row < shownRows; row++)
        {
            var r = row;
            lines.Add(Line(widths, c => c.Cells[r]));
        }

        if (Note is not null)
        {
            lines.Add(Note);
        }

        return string.Join('\n', lines);
    }

    private string Line(int[] widths, Func<DisplayColumn, string> cell) =>
        string.Join("  ", columns.Select((column, i) =>
        {
            var text = cell(column);
            var space = new string(' ', widths[i] - Width(text));
            return column.IsNumber ? space + text : text + space;
        })).TrimEnd();

    /// <summary>Characters a reader sees, so that λ̄ or é written as two code points count once.</summary>
    private static int Width(string text) => new StringInfo(text).LengthInTextElements;

    private static void AppendCell(StringBuilder html, string tag, string text, DisplayColumn column) =>
        html.Append(CultureInfo.InvariantCulture, $"<{tag} style=\"text-align:{(column.IsNumber ? "right" : "left")}\">")
            .Append(WebUtility.HtmlEncode(text))
            .Append(CultureInfo.InvariantCulture, $"</{tag}>");
}
