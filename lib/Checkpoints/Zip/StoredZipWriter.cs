using System.IO.Hashing;
using System.Text;

namespace Ndt.Checkpoints.Zip;

/// <summary>
/// Writes a zip as PyTorch does: entries stored, their bytes aligned to 64 by padding in the extra field, so that a reader may
/// map them into memory. No times are recorded: equal contents give equal files.
/// </summary>
internal sealed class StoredZipWriter(Stream stream) : IDisposable
{
    private const int Alignment = 64;

    // PyTorch marks its padding with the extra field 'FB'; other readers skip fields they do not know.
    private const ushort PaddingField = 0x4246;
    private const int PaddingHeader = 4;

    private const ushort Version = 20;

    // 1 January 1980, the format's zero.
    private const ushort Date = (1 << 5) | 1;

    private readonly BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
    private readonly List<(byte[] Name, uint Crc, uint Length, uint Offset)> entries = [];

    public void Add(string name, ReadOnlySpan<byte> bytes)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var entry = (nameBytes, Crc32.HashToUInt32(bytes), (uint)bytes.Length, Position());
        var unpadded = stream.Position + ZipRecord.LocalSize + nameBytes.Length + PaddingHeader;
        var padding = (int)((Alignment - (unpadded % Alignment)) % Alignment);

        writer.Write(ZipRecord.LocalSignature);
        WriteCommon(entry);
        writer.Write((ushort)(PaddingHeader + padding));
        writer.Write(nameBytes);
        writer.Write(PaddingField);
        writer.Write((ushort)padding);
        writer.Write(new byte[padding]);
        writer.Write(bytes);
        entries.Add(entry);
    }

    /// <summary>Writes the directory; the zip is complete then.</summary>
    public void Finish()
    {
        var start = Position();
        foreach (var entry in entries)
        {
            writer.Write(ZipRecord.CentralSignature);
            writer.Write(Version);
            WriteCommon(entry);
            writer.Write((ushort)0); // extra field
            writer.Write((ushort)0); // comment
            writer.Write((ushort)0); // disk
            writer.Write((ushort)0); // internal attributes
            writer.Write(0u);        // external attributes
            writer.Write(entry.Offset);
            writer.Write(entry.Name);
        }

        var length = Position() - start;
        writer.Write(ZipRecord.EndSignature);
        writer.Write((ushort)0); // this disk
        writer.Write((ushort)0); // the directory's disk
        writer.Write((ushort)entries.Count);
        writer.Write((ushort)entries.Count);
        writer.Write(length);
        writer.Write(start);
        writer.Write((ushort)0); // comment
        writer.Flush();
    }

    public void Dispose() => writer.Dispose();

    /// <summary>The fields that an entry's own header and the directory share, up to the length of the name.</summary>
    private void WriteCommon((byte[] Name, uint Crc, uint Length, uint Offset) entry)
    {
        writer.Write(Version);
        writer.Write(ZipRecord.Utf8Flag);
        writer.Write((ushort)0); // stored
        writer.Write((ushort)0); // time
        writer.Write(Date);
        writer.Write(entry.Crc);
        writer.Write(entry.Length);
        writer.Write(entry.Length);
        writer.Write((ushort)entry.Name.Length);
    }

    private uint Position()
    {
        writer.Flush();
        return stream.Position < uint.MaxValue && entries.Count < ushort.MaxValue
            ? (uint)stream.Position
            : throw new InputException("A .pt file of 4 GiB or 65,535 entries and more is not written; safetensors holds such a checkpoint.");
    }
}
