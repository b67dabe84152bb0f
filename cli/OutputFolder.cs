namespace Ndt.Cli;

/// <summary>The folder that <c>--out</c> names.</summary>
internal static class OutputFolder
{
    /// <summary>Creates the folder, where it is missing, and sees that it can be written to, as <see cref="WritableFolder.Require"/> does.</summary>
    public static void Prepare(string path) => WritableFolder.Require(path, $"--out {path}");

    /// <summary>The folder given, or by default one in the checkout's <c>data/</c>. Throws <see cref="InputException"/> where there is neither.</summary>
    public static string OrData(string? given, string folder)
    {
        try
        {
            return given ?? Path.Combine(ProjectFolder.Data, folder);
        }
        catch (InputException e)
        {
            throw new InputException($"{e.Message}; or name a folder with --out", e);
        }
    }
}
