namespace Ndt.Checkpoints.Zip;

/// <summary>One file of a zip.</summary>
/// <param name="Name">Its name, which no path on disk is made of.</param>
/// <param name="Offset">Where its bytes lie.</param>
/// <param name="StoredLength">How many they are in the file.</param>
/// <param name="Length">How many they become: as many where they are stored as they are.</param>
/// <param name="Crc">Their checksum; 0 where whoever wrote them computed none.</param>
/// <param name="Method">How they are compressed.</param>
internal sealed record ZipEntry(string Name, long Offset, long StoredLength, long Length, uint Crc, ushort Method);
