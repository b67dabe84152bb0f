namespace Ndt.Cli;

/// <summary>The folder that <c>--out</c> names.</summary>
internal static class OutputFolder
{
    /// <summary>Creates the folder, where it is missing, and sees that it can be written to, as <see cref="WritableFolder.Require"/> does.</summary>
    public static void Prepare(string path) => WritableFolder.Require(path, $"--out {path}");

    /// <summary>
    /// Sees before the work that the folder can be made and written to, and makes nothing: wrong input leaves no empty folder behind. Throws as <see cref="Prepare"/> does.
    /// </summary>
    public static void Check(string path) => CheckPlace(Path.GetFullPath(path), path);

    /// <summary>As <see cref="Check"/>, of a file to write; a folder of its name is refused. <paramref name="expected"/> says what is wanted in its place.</summary>
    public static void CheckFile(string path, string expected)
    {
        InputFile.RefuseFolder(path, expected);
        CheckPlace(Path.GetDirectoryName(Path.GetFullPath(path))!, path);
    }

    private static void CheckPlace(string folder, string given)
    {
        // What is missing would be made in the nearest folder above that is there; a file in its place is refused with it.
        var there = folder;
        while (!Path.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }

        WritableFolder.Require(there, $"--out {given}");
    }

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
