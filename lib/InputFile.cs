namespace Ndt;

/// <summary>Reads files that the user named: one that cannot be read is wrong input, not a crash.</summary>
public static class InputFile
{
    /// <summary>The file, to be read; throws as <see cref="ReadAllBytes"/> does.</summary>
    public static FileStream OpenRead(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
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
