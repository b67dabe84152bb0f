namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// Room for one storage of a file: whoever goes through its tensors needs memory for the largest storage, not for all. Tensors of one
/// storage follow each other as a rule; where they do not it is read again, and how often is bounded.
/// </summary>
internal sealed class StorageShelf(UntrustedFile file)
{
    private const int MostReads = 256;
    private const int Spare = 64 << 20;

    private long left = Math.Max(MostReads * file.Length, Spare);
    private byte[]? last;

    public byte[] Hold(byte[] bytes) => last = bytes;

    /// <summary>Reads a storage, the last one given up before.</summary>
    /// <exception cref="InputException">Too much is read in all.</exception>
    public byte[] Read(Func<byte[]> read, long length)
    {
        last = null;
        left -= length;
        return left >= 0 ? read() : throw file.Bad($"the tensors need storages again and again, more than {MostReads} times the file's bytes");
    }
}
