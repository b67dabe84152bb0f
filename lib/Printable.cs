namespace Ndt;

/// <summary>Text from a file that nobody vouches for, made safe to show in a one-line message.</summary>
public static class Printable
{
    private const int LongestQuote = 80;

    // Long enough for a list of everything that would have been right.
    private const int LongestLine = 2000;

    /// <summary>The text in quotes, control characters replaced, cut after 80 characters.</summary>
    public static string Quote(string text) => $"'{Clean(text, LongestQuote)}'";

    /// <summary>A message as one line: control characters and line ends replaced, cut after 2,000 characters.</summary>
    public static string Line(string text) => Clean(text, LongestLine);

    private static string Clean(string text, int longest)
    {
        if (text.Length <= longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var cut = text.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;
        return string.Create(cut.Length, cut, (into, from) =>
        {
            for (var i = 0; i < into.Length; i++)
            {
                into[i] = char.IsControl(from[i]) || IsHalf(from, i) || from[i] is '\u2028' or '\u2029' ? '?' : from[i];
            }
        });
    }

    /// <summary>Whether a surrogate stands without its other half: such text has no bytes.</summary>
    private static bool IsHalf(string text, int i) =>
        char.IsSurrogate(text[i])
        && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
        && !(i > 0 && char.IsSurrogatePair(text[i - 1], text[i]));
}
