namespace Ndt.Data;

/// <summary>A list of files with their SHA-256 in the format of <c>sha256sum</c>, one <c>HASH  NAME</c> a line, so that anyone can check a folder with that tool.</summary>
internal static class HashManifest
{
    private const long LargestBytes = 1 << 20;

    /// <summary>Hashes by file name. Throws <see cref="InputException"/> where the file is missing or a line is not of the format.</summary>
    public static IReadOnlyDictionary<string, Digest> Read(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists || info.Length > LargestBytes)
        {
            throw new InputException(info.Exists
                ? $"{path}: {info.Length} bytes; a list of hashes has at most {LargestBytes}"
                : $"{path}: no such file; a list of the folder's files with their SHA-256 is needed");
        }

        var hashes = new SortedDictionary<string, Digest>(StringComparer.Ordinal);
        var number = 0;
        using var reader = new StreamReader(InputFile.OpenRead(path));
        while (reader.ReadLine() is { } line)
        {
            number++;
            var parts = line.Split("  ", 2);
            if (parts.Length != 2 || parts[0].Length != 64 || !parts[0].All(char.IsAsciiHexDigitLower) || !hashes.TryAdd(parts[1], Digest.Sha256(parts[0])))
            {
                throw new InputException($"{path}: line {number} is {Printable.Quote(line)}; each line is 64 hexadecimal digits, two spaces and a file name that occurs once");
            }
        }

        return hashes;
    }

    /// <summary>Writes the list in ordinal order of the names.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, Digest> hashes) =>
        AtomicFile.WriteText(path, string.Concat(hashes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value.Hex}  {pair.Key}\n")));
}
