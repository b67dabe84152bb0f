using System.Buffers.Binary;
using System.IO.Hashing;
using Ndt.Checkpoints.Zip;

namespace Ndt.Tests.Checkpoints;

/// <summary>Makes the checksum of a changed file's first entry right again, so that the change reaches the pickle machine.</summary>
internal static class PickleChecksum
{
    public static void Correct(Span<byte> file)
    {
        const int LengthAt = 18, NameLengthAt = 26, ExtraLengthAt = 28, CentralCrcAt = 16;
        if (file.Length < ZipRecord.LocalSize)
        {
            return;
        }

        var start = ZipRecord.LocalSize + BinaryPrimitives.ReadUInt16LittleEndian(file[NameLengthAt..]) + BinaryPrimitives.ReadUInt16LittleEndian(file[ExtraLengthAt..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[LengthAt..]);
        Span<byte> signature = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(signature, ZipRecord.CentralSignature);
        var central = file.IndexOf(signature);
        if (start + length <= file.Length && central >= 0 && central + ZipRecord.CentralSize <= file.Length)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file[(central + CentralCrcAt)..], Crc32.HashToUInt32(file.Slice(start, (int)length)));
        }
    }
}
