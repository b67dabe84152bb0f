namespace Ndt.Cli.Notebooks;

/// <summary>The notebooks that a command line names: files as they stand, of a folder all that is in it and below.</summary>
internal static class NotebookPaths
{
    /// <summary>What PATH may be, for the commands' help.</summary>
    public const string Help = "Notebooks (.ipynb), or folders of them; hidden folders such as .ipynb_checkpoints are passed over.";

    /// <summary>Each notebook once, a folder's in the order of their names; throws <see cref="InputException"/> for a folder without any.</summary>
    public static string[] Expand(IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? InFolder(path) : [path]).DistinctBy(Path.GetFullPath)];

    private static string[] InFolder(string folder)
    {
        // A link is not followed: it may lead back to a folder above.
        var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };
        string[] found =
        [
            .. Directory.EnumerateFiles(folder, "*.ipynb", all)
                .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal),
        ];
        return found.Length > 0 ? found : throw new InputException($"{folder}: no notebook (.ipynb) is in this folder or below");
    }
}
