namespace Ndt.Cli;

/// <summary>The folder that <c>--out</c> names.</summary>
internal static class OutputFolder
{
    /// <summary>Creates the folder, where it is missing, and sees that it can be written to, as <see cref="WritableFolder.Require"/> does.</summary>
    public static void Prepare(string path) => WritableFolder.Require(path, $"--out {path}");
}
