namespace Ndt.Checkpoints.Zip;

/// <summary>The zip format's checksum (ISO 3309, reflected polynomial 0xEDB88320).</summary>
internal static class Crc32
{
    // Eight tables take eight bytes a round (Kounavis and Berry 2005, "slicing-by-8"): a byte at a time is slower than the disk.
    private static readonly uint[] Tables = BuildTables();

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Next(uint.MaxValue, bytes);

    /// <summary>The checksum of what is left of a stream.</summary>
    public static uint Of(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var crc = uint.MaxValue;
        while (stream.Read(buffer) is > 0 and var count)
        {
            crc = Next(crc, buffer.AsSpan(0, count));
        }

        return ~crc;
    }

    private static uint Next(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            var low = crc ^ BitConverter.ToUInt32(bytes);
            var high = BitConverter.ToUInt32(bytes[4..]);
            crc = Tables[1792 + (int)(low & 255)] ^ Tables[1536 + (int)((low >> 8) & 255)]
                ^ Tables[1280 + (int)((low >> 16) & 255)] ^ Tables[1024 + (int)(low >> 24)]
                ^ Tables[768 + (int)(high & 255)] ^ Tables[512 + (int)((high >> 8) & 255)]
                ^ Tables[256 + (int)((high >> 16) & 255)] ^ Tables[(int)(high >> 24)];
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            crc = Tables[(int)((crc ^ value) & 255)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] BuildTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0; i < 256; i++)
        {
            var value = (uint)i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            }

            tables[i] = value;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = (tables[i - 256] >> 8) ^ tables[tables[i - 256] & 255];
        }

        return tables;
    }
}
