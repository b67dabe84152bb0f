using System.Buffers.Binary;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// PyTorch's format before 1.6 (and with <c>_use_new_zipfile_serialization=False</c> since): a magic number, the format's version, the
/// writer's sizes of types, the value, and the list of storage keys, each a pickle, then for each key eight bytes of length and the elements.
/// </summary>
internal static class LegacyPyTorch
{
    private const long Version = 1001;

    // The pickled number 0x1950a86a20f9469cfc6c, whatever the protocol.
    private static ReadOnlySpan<byte> Magic => [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    /// <summary>Whether the file starts with the format's magic number.</summary>
    public static bool IsLegacy(UntrustedFile file) => file.Start(32).IndexOf(Magic) is >= 2 and <= 11;

    /// <summary>The value, its storages checked to be there whole.</summary>
    public static (object? Value, long PickleLength) Read(UntrustedFile file)
    {
        var pickles = file.Start(PickleMachine.MaximumInflatedLength).ToArray();
        var at = 0;
        var claims = new Dictionary<string, Claim>();
        var vocabulary = new TensorVocabulary(file, (key, type, elements) => Find(file, claims, key, type, elements), pickles.Length);
        PickleMachine.Run(file, vocabulary, pickles, ref at);
        if (PickleMachine.Run(file, vocabulary, pickles, ref at) is not Version || PickleMachine.Run(file, vocabulary, pickles, ref at) is not PickleDictionary writer)
        {
            throw file.Bad($"the format is not that of PyTorch before 1.6 in its version {Version}");
        }

        if (writer.Find("little_endian") is not true)
        {
            throw file.Bad("the file was written on a machine with the other byte order; little endian is expected");
        }

        var value = PickleMachine.Run(file, vocabulary, pickles, ref at);
        if (PickleMachine.Run(file, vocabulary, pickles, ref at) is not List<object?> keys)
        {
            throw file.Bad("the list of storages is not one");
        }

        Locate(file, claims, keys, at);
        return (value, at);
    }

    private static StorageReference Find(UntrustedFile file, Dictionary<string, Claim> claims, string key, ElementType type, long elements)
    {
        if (!claims.TryGetValue(key, out var claim))
        {
            claim = new Claim(type, elements);
            claim.Bytes = new StorageBytes(() => file.Read(claim.Offset, elements * type.Size(), $"the storage {Printable.Quote(key)}"));
            claims.Add(key, claim);
        }

        return claim.Type == type && claim.Elements == elements && elements >= 0 && elements <= file.Length
            ? new StorageReference(claim.Bytes!, type, elements)
            : throw file.Bad($"the storage {Printable.Quote(key)} claims {elements} elements of {type.Name()}, but {claim.Elements} of {claim.Type.Name()} elsewhere, or more than the file has");
    }

    private static void Locate(UntrustedFile file, Dictionary<string, Claim> claims, List<object?> keys, long at)
    {
        var missing = claims.Count;
        foreach (var item in keys)
        {
            if (item is not string key || !claims.TryGetValue(key, out var claim) || claim.Offset > 0)
            {
                throw file.Bad("the list of storages names one that no tensor has, or one twice");
            }

            var length = BinaryPrimitives.ReadInt64LittleEndian(file.Read(at, sizeof(long), "the length of a storage"));
            at += sizeof(long);
            if (length != claim.Elements || at > file.Length - (length * claim.Type.Size()))
            {
                throw file.Bad($"the storage {Printable.Quote(key)} has {length} elements where {claim.Elements} are expected, or more than the file holds");
            }

            claim.Offset = at;
            at += length * claim.Type.Size();
            missing--;
        }

        if (missing > 0)
        {
            throw file.Bad($"{missing} storages are not in the file");
        }
    }

    private sealed class Claim(ElementType type, long elements)
    {
        public ElementType Type => type;

        public long Elements => elements;

        public StorageBytes? Bytes { get; set; }

        /// <summary>Where the bytes are; 0 until that is known.</summary>
        public long Offset { get; set; }
    }
}
