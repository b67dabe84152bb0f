using System.Globalization;
using System.Numerics;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// A Python dictionary in its order, under the texts of its keys. Keys that are numbers are hashed as texts, too: numbers could
/// be chosen to collide in a hash table, hundreds of thousands of them, and texts cannot.
/// </summary>
internal sealed class PickleDictionary
{
    private const int LongestTuple = 16;

    // With the kind beside the text and not before it: one long text may be the key of very many dictionaries, and is not copied for each.
    private readonly OrderedDictionary<(char Kind, string Name), (string Name, object? Value)> items = [];

    public int Count => items.Count;

    /// <summary>The entries, keys as Python prints them; a number and a text may have the same name.</summary>
    public IEnumerable<(string Name, object? Value)> Entries => items.Values;

    /// <summary>The value of a key that is a text, or null.</summary>
    public object? Find(string key) => items.TryGetValue(('s', key), out var item) ? item.Value : null;

    public bool Contains(string key) => items.ContainsKey(('s', key));

    /// <summary>Adds an entry; false where the key is there.</summary>
    public bool TryAdd(object? key, object? value, out string name)
    {
        name = NameOf(key, isNested: false) ?? $"#{items.Count}";
        return items.TryAdd(IdentityOf(key, name), (name, value));
    }

    /// <summary>Whole keys of 1 and 1.0 are one for Python, but stand for two things where somebody wrote both.</summary>
    private (char Kind, string Name) IdentityOf(object? key, string name) => key switch
    {
        string => ('s', name),
        null or bool or long or BigInteger or double => ('p', name),
        object?[] when name[0] != '#' => ('t', name),
        _ => ('o', items.Count.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>The text of a key, or null for one that has none of its own.</summary>
    private static string? NameOf(object? key, bool isNested) => key switch
    {
        null => "None",
        string text => isNested ? $"'{text}'" : text,
        bool flag => flag ? "True" : "False",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        BigInteger large => large.ToString(CultureInfo.InvariantCulture),
        double number => PythonText.Of(number),
        object?[] items when !isNested && items.Length <= LongestTuple && Array.TrueForAll(items, IsPlain) => $"({string.Join(", ", items.Select(item => NameOf(item, isNested: true)))}{(items.Length == 1 ? "," : "")})",
        _ => null,
    };

    private static bool IsPlain(object? value) => value is null or bool or long or double || value is string { Length: < 100 };
}
