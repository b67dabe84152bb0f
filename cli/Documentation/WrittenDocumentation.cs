using System.Text;
using System.Text.RegularExpressions;

namespace Ndt.Cli.Documentation;

/// <summary>What `ndt docs` writes in a checkout, from the library's docstrings and the stored notebooks.</summary>
internal static partial class WrittenDocumentation
{
    /// <summary>The folders that hold nothing else.</summary>
    internal static readonly string[] OwnFolders = [.. PartCatalogue.Pages.Select(page => $"docs/{page.Folder}").Distinct(), "docs/images"];

    /// <summary>Every file as it should be now, by its path in the checkout.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files(string root)
    {
        var pages = new PartPageText(new LibrarySymbols());
        var notebooks = Path.Combine(root, "notebooks");
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["README.md"] = Encoding.UTF8.GetBytes(Readme(root)),
            [$"docs/{IndexPage.Name}"] = Encoding.UTF8.GetBytes(IndexPage.Of(pages, Path.Combine(root, "docs"))),
        };
        foreach (var page in PartCatalogue.Pages)
        {
            files[$"docs/{page.Path}"] = Encoding.UTF8.GetBytes(pages.Of(page, root));
        }

        foreach (var figure in StoredFigure.All)
        {
            files[$"docs/images/{figure.Image}"] = figure.Read(notebooks).WebP;
        }

        return files;
    }

    /// <summary>Files in <see cref="OwnFolders"/> that are none of these: of pages that were renamed.</summary>
    public static IEnumerable<string> Superfluous(string root, IReadOnlyDictionary<string, byte[]> files) =>
        OwnFolders.Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(Directory.GetFiles)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !files.ContainsKey(path));

    private static string Readme(string root)
    {
        var path = Path.Combine(root, "README.md");
        var text = Encoding.UTF8.GetString(InputFile.ReadAllBytes(path));
        return FoundBlock().IsMatch(text)
            ? FoundBlock().Replace(text, match => $"{match.Groups[1].Value}\n\n{FoundText.Of(root)}\n\n{match.Groups[2].Value}", 1)
            : throw new InputException($"{path}: the marks <!-- found … --> and <!-- /found --> are missing; between them stands what was found");
    }

    [GeneratedRegex("(<!-- found[^>]*-->).*?(<!-- /found -->)", RegexOptions.Singleline)]
    private static partial Regex FoundBlock();
}
