using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Ndt.Interactive;

/// <summary>
/// A property's name as a column's header: words instead of <c>PascalCase</c>. Acronyms and a letter with its number stay as
/// they are (<c>CKAToLate</c>: CKA to late, <c>MeanR90</c>: Mean R90), other numbers stand alone (<c>EffectiveRank90</c>:
/// Effective rank 90). A name that begins in lower case keeps that.
/// </summary>
internal static partial class HeaderText
{
    /// <summary>Acronyms of the field that C# writes as words.</summary>
    private static readonly FrozenSet<string> Acronyms = FrozenSet.ToFrozenSet(["CCA", "CKA", "CNN", "MLP", "PCA", "SVCCA", "SVD"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The header for <paramref name="name"/>.</summary>
    public static string Of(string name)
    {
        var words = Words().Matches(name).Select(match => match.Value).ToArray();
        return words.Length == 0 ? name : string.Join(' ', words.Select((word, i) => Word(word, isFirst: i == 0)));
    }

    private static string Word(string word, bool isFirst)
    {
        if (Acronyms.Contains(word))
        {
            return word.ToUpperInvariant();
        }

        // One capital is a word's or a statistic's (MedianP); several, or one with a number, are a name.
        return isFirst || word.Skip(1).Any(c => char.IsUpper(c) || char.IsDigit(c)) ? word : word.ToLowerInvariant();
    }

    [GeneratedRegex("""\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?[^\p{Lu}\d_]+|\d+(?:\p{Ll}(?!\p{Ll}))?""")]
    private static partial Regex Words();
}
