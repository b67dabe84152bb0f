using Markdig.Helpers;

namespace Ndt.Cli.Pages;

/// <summary>
/// Where the links of a notebook lead on its page, which may lie in another folder: to the same file, and to another notebook's page
/// where that has one.
/// </summary>
/// <param name="notebook">The notebook's file.</param>
/// <param name="pages">The page of each notebook that has one, this one's among them: full paths.</param>
/// <param name="isQuoted">Whether what is shown stands not on the notebook's page but on another in the same folder.</param>
internal sealed class PageLinks(string notebook, IReadOnlyDictionary<string, string> pages, bool isQuoted = false)
{
    private readonly string from = Path.GetDirectoryName(Path.GetFullPath(notebook))!;
    private readonly string to = Path.GetDirectoryName(pages[Path.GetFullPath(notebook)])!;

    /// <summary>Whether the page stands beside its notebook, so that images beside it are found.</summary>
    public bool IsBeside => from == to;

    /// <summary>A link as it has to stand on the page. What is no relative path to a file stays: an address of the web, a place on the page itself.</summary>
    public string Of(string url)
    {
        if (isQuoted && url.StartsWith('#'))
        {
            return Relative(to, pages[Path.GetFullPath(notebook)]) + url;
        }

        var end = url.IndexOfAny(['?', '#']) is >= 0 and var mark ? mark : url.Length;
        if (end == 0 || url[0] is '/' or '\\' || !Uri.TryCreate(url, UriKind.Relative, out _) || FileOf(url[..end]) is not { } file)
        {
            return url;
        }

        return pages.TryGetValue(file, out var page) ? Relative(to, page) + Section(url[end..])
            : IsBeside ? url
            : Relative(to, file) + url[end..];
    }

    /// <summary>The file that a relative link of the notebook names; null where no file can have such a name.</summary>
    public string? FileOf(string path)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(from, Uri.UnescapeDataString(path)));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The link from a page in a folder to a file.</summary>
    public static string Relative(string folder, string file) =>
        string.Join('/', Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));

    /// <summary>The page of each notebook: in one folder, or beside it where none is given.</summary>
    public static IReadOnlyDictionary<string, string> PagesOf(IEnumerable<string> notebooks, string? folder) => notebooks
        .Select(Path.GetFullPath)
        .ToDictionary(path => path, path => Path.GetFullPath(Path.Combine(folder ?? Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + ".html")));

    /// <summary>Jupyter's anchor of a heading keeps its capitals and marks; a page's is as GitHub has it.</summary>
    private static string Section(string rest) =>
        rest.IndexOf('#', StringComparison.Ordinal) is >= 0 and var mark ? $"{rest[..mark]}#{LinkHelper.UrilizeAsGfm(Uri.UnescapeDataString(rest[(mark + 1)..]))}" : rest;
}
