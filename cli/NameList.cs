namespace Ndt.Cli;

/// <summary>The value of an option that takes names by commas.</summary>
internal static class NameList
{
    /// <summary>What the names stand for, each once; throws <see cref="InputException"/> where there is none, and as <paramref name="find"/> does.</summary>
    /// <param name="option">The option, as messages call it.</param>
    /// <param name="text">Its value.</param>
    /// <param name="find">What a name stands for.</param>
    /// <param name="known">The names there are.</param>
    public static T[] Parse<T>(string option, string text, Func<string, T> find, IEnumerable<string> known)
    {
        T[] found = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(find).Distinct()];
        return found.Length > 0 ? found : throw new InputException($"{option} names none; known: {string.Join(", ", known)}");
    }
}
