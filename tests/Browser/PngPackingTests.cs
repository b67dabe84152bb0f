using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Ndt.Cli.Browser;

namespace Ndt.Tests.Browser;

public sealed class PngPackingTests
{
    private static readonly byte[] Signature = [0x89, .. "PNG\r\n\x1a\n"u8];

    /// <summary>64 × 64 grey pixels, each row after its filter's number.</summary>
    private static readonly byte[] Rows = [.. Enumerable.Range(0, 64 * 65).Select(i => (byte)(i % 65 == 0 ? 0 : 200))];

    [Fact]
    public void The_pixels_stay_and_their_bytes_become_fewer()
    {
        var stored = Stored(Rows);
        byte[] png = [.. Signature, .. Chunk("IHDR", new byte[13]), .. Chunk("IDAT", stored[..1000]), .. Chunk("IDAT", stored[1000..]), .. Chunk("tEXt", [1, 2]), .. Chunk("IEND", [])];
        var packed = PngPacking.Tighten(png);
        Assert.True(packed.Length < png.Length / 10);

        byte[] head = [.. Signature, .. Chunk("IHDR", new byte[13])];
        byte[] tail = [.. Chunk("tEXt", [1, 2]), .. Chunk("IEND", [])];
        Assert.Equal(head, packed[..head.Length]);
        Assert.Equal(tail, packed[^tail.Length..]);
        var content = packed[(head.Length + 8)..^(tail.Length + 4)];
        Assert.Equal(Chunk("IDAT", content), packed[head.Length..^tail.Length]);
        using var pixels = new MemoryStream();
        using var unpacking = new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
        unpacking.CopyTo(pixels);
        Assert.Equal(Rows, pixels.ToArray());
    }

    [Fact]
    public void An_image_that_is_packed_already_stays_as_it_is()
    {
        byte[] png = [.. Signature, .. Chunk("IHDR", new byte[13]), .. Chunk("IDAT", Stored(Rows)), .. Chunk("IEND", [])];
        var packed = PngPacking.Tighten(png);
        Assert.Same(packed, PngPacking.Tighten(packed));
    }

    [Fact]
    public void A_torn_image_is_refused()
    {
        byte[] png = [.. Signature, .. Chunk("IHDR", new byte[13]), .. Chunk("IDAT", Stored(Rows))];
        Assert.Throws<InvalidDataException>(() => PngPacking.Tighten(png[..^5]));
    }

    private static byte[] Stored(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var packing = new ZLibStream(stream, CompressionLevel.NoCompression))
        {
            packing.Write(bytes);
        }

        return stream.ToArray();
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. content];
        var (length, checksum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(checkedPart));
        return [.. length, .. checkedPart, .. checksum];
    }
}
