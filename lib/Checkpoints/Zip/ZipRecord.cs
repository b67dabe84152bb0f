namespace Ndt.Checkpoints.Zip;

/// <summary>The fixed parts of the zip format (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3).</summary>
internal static class ZipRecord
{
    public const uint LocalSignature = 0x04034B50;
    public const int LocalSize = 30;
    public const int LocalNameLengthAt = 26;

    public const uint CentralSignature = 0x02014B50;
    public const int CentralSize = 46;

    public const uint EndSignature = 0x06054B50;
    public const int EndSize = 22;

    public const uint End64Signature = 0x06064B50;
    public const int End64Size = 56;

    public const uint Locator64Signature = 0x07064B50;
    public const int Locator64Size = 20;

    /// <summary>The extra field with the sizes and the offset that do not fit 32 bits.</summary>
    public const ushort Zip64Field = 1;

    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    /// <summary>General-purpose flag: the name is UTF-8.</summary>
    public const ushort Utf8Flag = 1 << 11;

    /// <summary>General-purpose flags: encrypted, patched, strongly encrypted, masked headers.</summary>
    public const ushort EncryptionFlags = 1 | (1 << 5) | (1 << 6) | (1 << 13);
}
