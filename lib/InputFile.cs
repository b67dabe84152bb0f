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
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
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
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
