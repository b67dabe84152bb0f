using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ndt.Cli.Pages;

/// <summary>
/// The formulas of a Markdown text, taken out before Markdown sees it and put in again at the end, as Jupyter does: a formula's
/// underscores, backslashes and stars are not Markdown's. Formulas stand between <c>$</c> or <c>$$</c>, or in one of LaTeX's environments; not in code.
/// </summary>
internal sealed partial class MathSource
{
    // Of Unicode's private use: in no text that means anything.
    private const char Open = '\uE000';
    private const char Close = '\uE001';

    private static readonly string[] Environments = ["align", "align*", "equation", "equation*", "gather", "gather*", "alignat", "alignat*", "multline", "multline*", "eqnarray", "eqnarray*", "displaymath", "math"];

    private readonly List<string> formulas = [];

    /// <summary>Takes the formulas out of a text.</summary>
    public MathSource(string markdown)
    {
        markdown = markdown.Replace(Open, '\uFFFD').Replace(Close, '\uFFFD');
        var text = new StringBuilder(markdown.Length);
        var missing = new HashSet<string>();
        for (var at = 0; at < markdown.Length;)
        {
            var (length, isFormula) = Piece(markdown, at, missing);
            if (isFormula)
            {
                text.Append(Open).Append(CultureInfo.InvariantCulture, $"{formulas.Count}").Append(Close);
                formulas.Add(markdown.Substring(at, length));
            }
            else
            {
                text.Append(markdown, at, length);
            }

            at += length;
        }

        Text = text.ToString();
    }

    /// <summary>The text, with a mark in each formula's place.</summary>
    public string Text { get; }

    /// <summary>Puts the formulas into HTML, set; marks may stand only between its tags.</summary>
    public string Set(string html) => Mark().Replace(html, mark => Formula(mark) is { } source ? Markup(source) : "");

    /// <summary>Puts them into a text or an attribute, as they were written.</summary>
    public string Restore(string text) => Mark().Replace(text, mark => Formula(mark) ?? "");

    /// <summary>A piece of LaTeX that need not be marked as a formula: what an output of that type holds.</summary>
    public static bool HasNone(string text) => new MathSource(text).formulas.Count == 0;

    private string? Formula(Match mark) => int.TryParse(mark.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < formulas.Count ? formulas[i] : null;

    private static string Markup(string source) => source switch
    {
        ['$', '$', ..] => MathMarkup.Of(source[2..^2], display: true),
        ['$', ..] => MathMarkup.Of(source[1..^1], display: false),
        _ => MathMarkup.Of(source, display: true),
    };

    /// <summary>The length of what begins here and is taken as a whole. <paramref name="missing"/> holds the ends that are known not to come any more, so that the work stays in proportion.</summary>
    private static (int Length, bool IsFormula) Piece(string text, int at, HashSet<string> missing)
    {
        switch (text[at])
        {
            case '\\' when text.AsSpan(at).StartsWith("\\begin{") && Environments.FirstOrDefault(e => string.CompareOrdinal(text, at + 7, e + "}", 0, e.Length + 1) == 0) is { } environment:
                var end = $"\\end{{{environment}}}";
                return Find(text, end, at, missing) is var last and >= 0 ? (last + end.Length - at, true) : (1, false);
            case '\\':
                return (Math.Min(2, text.Length - at), false);
            case '`' or '~':
                return (Code(text, at, missing), false);
            case '$' when text.AsSpan(at).StartsWith("$$"):
                return Find(text, "$$", at + 2, missing) is var close and > 0 && close > at + 2 ? (close + 2 - at, true) : (2, false);
            case '$':
                var stop = at + 1;
                while (stop < text.Length && text[stop] != '$' && !(text[stop] == '\n' && stop + 1 < text.Length && text[stop + 1] == '\n'))
                {
                    stop += text[stop] == '\\' ? 2 : 1;
                }

                // As pandoc has it: five dollars and ten dollars are no formula.
                var isFormula = stop < text.Length && text[stop] == '$' && stop > at + 1
                    && !char.IsWhiteSpace(text[at + 1]) && !char.IsWhiteSpace(text[stop - 1]) && (stop + 1 >= text.Length || !char.IsAsciiDigit(text[stop + 1]));
                return isFormula ? (stop + 1 - at, true) : (1, false);
            default:
                var next = text.AsSpan(at + 1).IndexOfAny("\\`$~");
                return (next < 0 ? text.Length - at : next + 1, false);
        }
    }

    /// <summary>Code between runs of as many backticks, or a block between fences.</summary>
    private static int Code(string text, int at, HashSet<string> missing)
    {
        var run = 1;
        while (at + run < text.Length && text[at + run] == text[at])
        {
            run++;
        }

        var mark = text.Substring(at, run);
        var indent = text.AsSpan(Math.Max(0, at - 4), Math.Min(4, at));
        if (run >= 3 && (indent.TrimEnd(' ') is [] or [.., '\n']) && indent is not "    ")
        {
            var end = Find(text, "\n" + mark, at, missing);
            return end < 0 ? text.Length - at : end + 1 + run - at;
        }

        var exactly = $"{run} backticks";
        if (text[at] == '~' || missing.Contains(exactly))
        {
            return run;
        }

        for (var end = Find(text, mark, at + run, missing); end >= 0; end = Find(text, mark, end, missing))
        {
            var length = 0;
            while (end + length < text.Length && text[end + length] == '`')
            {
                length++;
            }

            if (length == run)
            {
                return end + run - at;
            }

            end += length;
        }

        missing.Add(exactly);
        return run;
    }

    private static int Find(string text, string sought, int from, HashSet<string> missing)
    {
        if (from >= text.Length || missing.Contains(sought))
        {
            return -1;
        }

        var found = text.IndexOf(sought, from, StringComparison.Ordinal);
        if (found < 0)
        {
            missing.Add(sought);
        }

        return found;
    }

    [GeneratedRegex("\uE000([0-9]+)\uE001")]
    private static partial Regex Mark();
}
