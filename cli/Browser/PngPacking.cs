using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Ndt.Cli.Browser;

/// <summary>
/// Packs a PNG's pixels more tightly: Chromium compresses them for speed, and a notebook keeps them for good. Pixels, filters and
/// all other chunks stay what they are (PNG specification, third edition, sections 5.3 and 10).
/// </summary>
internal static class PngPacking
{
    private const int SignatureLength = 8;

    /// <summary>A chunk's bytes beside its content: length and type before it, checksum after it.</summary>
    private const int Overhead = 12;

    /// <summary>The same image in fewer bytes; <paramref name="png"/> itself where there are none to save.</summary>
    /// <exception cref="InvalidDataException">The chunks do not fill the file, or their content is no zlib stream.</exception>
    public static byte[] Tighten(byte[] png)
    {
        using var before = new MemoryStream();
        using var pixels = new MemoryStream();
        using var after = new MemoryStream();
        before.Write(png.AsSpan(0, Math.Min(SignatureLength, png.Length)));
        for (var rest = png.AsSpan(Math.Min(SignatureLength, png.Length)); rest.Length > 0;)
        {
            var length = rest.Length < Overhead ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - Overhead)
            {
                throw new InvalidDataException("a PNG ends inside a chunk");
            }

            var chunk = rest[..(Overhead + (int)length)];
            if (chunk.Slice(4, 4).SequenceEqual("IDAT"u8))
            {
                pixels.Write(chunk[8..^4]);
            }
            else
            {
                (pixels.Length == 0 ? before : after).Write(chunk);
            }

            rest = rest[chunk.Length..];
        }

        byte[] packed = [.. before.ToArray(), .. Chunk("IDAT"u8, Repacked(pixels)), .. after.ToArray()];
        return packed.Length < png.Length ? packed : png;
    }

    private static byte[] Repacked(MemoryStream pixels)
    {
        pixels.Position = 0;
        using var packed = new MemoryStream();
        using (var unpacking = new ZLibStream(pixels, CompressionMode.Decompress))
        using (var packing = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            unpacking.CopyTo(packing);
        }

        return packed.ToArray();
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[Overhead + content.Length];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }
}
