using Ndt.Checkpoints.Zip;

namespace Ndt.Checkpoints.Pickle;

/// <summary>The storages of a checkpoint's zip, one entry each, beside the pickle.</summary>
internal sealed class ZipStorages(UntrustedFile file, ZipReader zip, string root)
{
    private const int LongestKey = 20;

    private readonly Dictionary<string, StorageBytes> storages = [];

    /// <summary>The storage of that key, whose bytes are exactly those elements.</summary>
    public StorageReference Find(string key, ElementType type, long elements)
    {
        if (key.Length is 0 or > LongestKey || !key.All(char.IsAsciiDigit) || zip.Find($"{root}/data/{key}") is not { } entry)
        {
            throw file.Bad($"the pickle refers to the storage {Printable.Quote(key)}, which the zip does not hold");
        }

        if (elements < 0 || elements > entry.Length || elements * type.Size() != entry.Length)
        {
            throw file.Bad($"the storage {Printable.Quote(key)} claims {elements} elements of {type.Size()} bytes, but has {entry.Length} bytes");
        }

        if (!storages.TryGetValue(key, out var bytes))
        {
            bytes = new StorageBytes(() => zip.Read(entry));
            storages.Add(key, bytes);
        }

        return new StorageReference(bytes, type, elements);
    }
}
