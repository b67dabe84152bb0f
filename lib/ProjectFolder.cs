namespace Ndt;

/// <summary>The root of a checkout of this repository: the folder that holds <c>Ndt.Lib.csproj</c> and <c>data/</c>.</summary>
public static class ProjectFolder
{
    private const string Marker = "Ndt.Lib.csproj";

    /// <summary>
    /// The root, looked for upward from the current folder (so that a user may work on another checkout than the one the
    /// command was built from), then upward from the folder of this assembly. Throws <see cref="InputException"/> where neither lies in a checkout.
    /// </summary>
    public static string Root => Find(Environment.CurrentDirectory, AppContext.BaseDirectory);

    /// <summary>The folder of the committed inputs, <c>data/</c> under <see cref="Root"/>.</summary>
    public static string Data => Path.Combine(Root, "data");

    /// <summary>
    /// Where the inputs are read from that packages carry too (<c>samples/</c>, <c>grid.json</c>): <see cref="Data"/>, or
    /// outside of a checkout the copy beside the program. Throws <see cref="InputException"/> where there is neither.
    /// </summary>
    public static string Inputs => InputsFor(Environment.CurrentDirectory, AppContext.BaseDirectory);

    /// <summary><see cref="Inputs"/> for a program in <paramref name="programFolder"/> that is started in <paramref name="currentFolder"/>.</summary>
    internal static string InputsFor(string currentFolder, string programFolder)
    {
        var carried = Path.Combine(programFolder, "data");
        return FindOrNull(currentFolder, programFolder) is { } root ? Path.Combine(root, "data")
            : Directory.Exists(carried) ? carried
            : throw NotFound(currentFolder, programFolder);
    }

    /// <summary>The first root at or above any of <paramref name="starts"/>, tried in their order.</summary>
    public static string Find(params ReadOnlySpan<string> starts) => FindOrNull(starts) ?? throw NotFound(starts);

    private static string? FindOrNull(params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, Marker)) && Directory.Exists(Path.Combine(folder.FullName, "data")))
                {
                    return folder.FullName;
                }
            }
        }

        return null;
    }

    private static InputException NotFound(params ReadOnlySpan<string> starts) => new(
        $"the repository's folder was not found at or above {string.Join(" or ", starts)}; run inside a checkout: the folder that holds {Marker} and data/");
}
