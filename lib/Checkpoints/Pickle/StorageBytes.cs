namespace Ndt.Checkpoints.Pickle;

/// <summary>The bytes of a storage, read once, when the first tensor asks for them.</summary>
internal sealed class StorageBytes(Func<byte[]> read)
{
    private byte[]? bytes;

    public ReadOnlyMemory<byte> Read() => bytes ??= read();
}
