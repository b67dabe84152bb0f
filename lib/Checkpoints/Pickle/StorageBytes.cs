namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// The bytes of a storage, read when a tensor asks for them. Tensors of one storage share them as long as one of them holds them; those
/// of the storage that was read last are held in any case.
/// </summary>
internal sealed class StorageBytes
{
    private readonly WeakReference<byte[]?> shared = new(null);
    private readonly Func<byte[]?, byte[]> read;

    private StorageBytes(Func<byte[]?, byte[]> read) => this.read = read;

    /// <summary>Bytes that the pickle itself holds.</summary>
    public static StorageBytes InMemory(byte[] bytes) => new(_ => bytes);

    /// <summary>Bytes of a file.</summary>
    /// <param name="shelf">Holds the file's last storage.</param>
    /// <param name="read">Reads the bytes.</param>
    /// <param name="length">How many they are.</param>
    public static StorageBytes InFile(StorageShelf shelf, Func<byte[]> read, long length) => new(held => shelf.Hold(held ?? shelf.Read(read, length)));

    public ReadOnlyMemory<byte> Read()
    {
        var bytes = read(shared.TryGetTarget(out var held) ? held : null);
        shared.SetTarget(bytes);
        return bytes;
    }
}
