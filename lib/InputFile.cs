using System.IO.Enumeration;

namespace Ndt;

/// <summary>Reads files that the user named: one that cannot be read is wrong input, not a crash.</summary>
public static class InputFile
{
    /// <summary>The file, to be read; throws as <see cref="ReadAllBytes"/> does, and where it has no length and no places to go to, as a pipe.</summary>
    public static FileStream OpenRead(string path)
    {
        FileStream file;
        try
        {
            file = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }

        if (!file.CanSeek)
        {
            file.Dispose();
            throw new InputException($"{path}: is a pipe or a device; a file is expected");
        }

        return file;
    }

    /// <summary>
    /// The files of a folder, in no order. Linked files are among them; folders that are links are not entered: they may lead in a circle. Throws
    /// <see cref="InputException"/> where the folder cannot be listed.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="below">Whether the files of its own folders count, too.</param>
    public static string[] FilesIn(string folder, bool below = false)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = below, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };
        try
        {
            return
            [
                .. new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), options)
                {
                    ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
                    ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
                },
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: cannot be listed: {e.Message}", e);
        }
    }

    /// <summary>Throws <see cref="InputException"/> where the path names a folder; <paramref name="expected"/> says what is wanted in its place.</summary>
    public static void RefuseFolder(string path, string expected)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: is a folder; {expected} is expected");
        }
    }

    /// <summary>The file's bytes; throws <see cref="InputException"/> naming the file when it is missing, a folder, or unreadable.</summary>
    public static byte[] ReadAllBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    private static InputException Unreadable(string path, Exception e) =>
        new(Directory.Exists(path) ? $"{path}: is a folder; a file is expected" : $"{path}: cannot be read: {e.Message}", e);
}
