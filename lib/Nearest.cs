namespace Ndt;

/// <summary>Which names a mistyped word may have meant.</summary>
public static class Nearest
{
    /// <summary>
    /// The names that are fewest slips away from the word, in the order given; none where even those are more than a third of its letters away. A slip is a letter too many,
    /// too few, another, or two neighbours exchanged; case counts for nothing. Where no name is as near, those that begin with the word.
    /// </summary>
    public static IReadOnlyList<string> Of(string word, IReadOnlyList<string> names)
    {
        var most = Math.Max(1, word.Trim('-').Length / 3);

        // A name much shorter or longer is not near, whatever its letters; a word from a hostile file may have millions of them.
        var distances = names
            .Where(name => Math.Abs(word.Length - name.Length) <= most)
            .Select(name => (Name: name, Slips: Slips(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .ToArray();
        var fewest = distances.Length == 0 ? int.MaxValue : distances.Min(one => one.Slips);
        return fewest <= most
            ? [.. distances.Where(one => one.Slips == fewest).Select(one => one.Name)]
            : word.Trim('-').Length > 1 ? [.. names.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))] : [];
    }

    /// <summary><c>; did you mean train?</c>, to be added to what is wrong; empty where no name is near.</summary>
    public static string Proposal(string word, IReadOnlyList<string> names) => Of(word, names) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : "";

    /// <summary>The distance of two words in slips (optimal string alignment: no letter is touched twice).</summary>
    internal static int Slips(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var least = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                table[i, j] = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? Math.Min(least, table[i - 2, j - 2] + 1) : least;
            }
        }

        return table[a.Length, b.Length];
    }
}
