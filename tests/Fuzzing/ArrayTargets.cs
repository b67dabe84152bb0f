using System.IO.Compression;
using Ndt.Arrays;
using Ndt.Tests.Arrays;

namespace Ndt.Tests.Fuzzing;

/// <summary>NumPy's files: one array, and a zip of several.</summary>
internal static class ArrayTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("NumPy arrays", "a.npy", Arrays, Mutation.OfBytes, Read) { Cases = 1500 },
        new("NumPy arrays, the header's text", "a.npy", Arrays, MutateHeader, Read) { Cases = 1500 },
        new("NumPy archives", "a.npz", Archives, Mutation.OfBytes, Read) { Cases = 1000 },
    ];

    private static byte[][] Arrays() =>
    [
        NpyBytes.Doubles("(2, 3)", 1, 2, 3, 4, 5, 6),
        NpyBytes.Of(">f4", "(2, 2)", new byte[16], fortran: true),
        NpyBytes.Of("|b1", "(3,)", [1, 0, 1]),
    ];

    private static byte[][] Archives() => [Archive(CompressionLevel.NoCompression), Archive(CompressionLevel.Optimal)];

    private static byte[] Archive(CompressionLevel level)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (array, i) in Arrays().Select((array, i) => (array, i)))
            {
                using var entry = zip.CreateEntry($"fc{i}.npy", level).Open();
                entry.Write(array);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Another dictionary in a header whose length is told rightly.</summary>
    private static byte[] MutateHeader(byte[] file, Random random)
    {
        var end = 10 + file[8] + (file[9] << 8);
        var header = TextMutation.OfLines(file[10..end], random);
        return header.Length > ushort.MaxValue ? file : [.. file[..8], (byte)header.Length, (byte)(header.Length >> 8), .. header, .. file[end..]];
    }

    private static void Read(string path)
    {
        foreach (var array in ArrayFile.Read(path))
        {
            GC.KeepAlive(array);
        }
    }
}
