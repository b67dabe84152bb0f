namespace Ndt.Tests.Faults;

/// <summary>What lies in files, byte for byte: what is there before a fault has to be there after it.</summary>
/// <param name="paths">The files.</param>
internal sealed class FolderState(IEnumerable<string> paths)
{
    private readonly Dictionary<string, byte[]> files = paths.ToDictionary(path => path, File.ReadAllBytes);

    /// <summary>All files below a folder but those with names that begin with a dot (locks, and files on their way).</summary>
    public static FolderState Of(string folder) => new(Final(folder));

    /// <summary>Bytes of files that are gone or altered since.</summary>
    public long BytesLost => files.Where(file => !File.Exists(file.Key) || !File.ReadAllBytes(file.Key).AsSpan().SequenceEqual(file.Value)).Sum(file => file.Value.LongLength);

    /// <summary>Bytes of files that are gone; for files that may be replaced by their like, whose content is compared by itself.</summary>
    public long BytesGone => files.Where(file => !File.Exists(file.Key)).Sum(file => file.Value.LongLength);

    /// <summary>The files below a folder that have their final names.</summary>
    public static string[] Final(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))]
        : [];

    /// <summary>Asserts that nothing lies below the folder but files under final names: no temporary file and no lock is left.</summary>
    public static void RequireTidy(string folder) =>
        Assert.Equal(Final(folder).Order(), Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order());
}
