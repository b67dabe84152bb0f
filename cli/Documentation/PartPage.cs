namespace Ndt.Cli.Documentation;

/// <summary>One page of the documentation: a type of the library, or one method of it.</summary>
/// <param name="Folder">Folder under docs/: <c>estimators</c>.</param>
/// <param name="Title">The page's heading, of which its file name is made.</param>
/// <param name="Type">The type that is described.</param>
/// <param name="Method">The one method that is described; null for the whole type.</param>
/// <param name="Bench">What the page says under "On the bench", computed from a checkout; null where notebook 04 says it.</param>
internal sealed record PartPage(string Folder, string Title, Type Type, string? Method = null, Func<string, string>? Bench = null)
{
    /// <summary>The page's path under docs/.</summary>
    public string Path => $"{Folder}/{Slug(Title)}.md";

    private static string Slug(string title) =>
        string.Join('-', string.Concat(title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
