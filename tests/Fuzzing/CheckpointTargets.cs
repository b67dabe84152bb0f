using System.Buffers.Binary;
using Ndt.Checkpoints;
using Ndt.Tests.Checkpoints;

namespace Ndt.Tests.Fuzzing;

/// <summary>Checkpoints: PyTorch's zip of a pickle, and safetensors.</summary>
internal static class CheckpointTargets
{
    private const int HeaderLength = sizeof(ulong);

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("PyTorch checkpoints", "a.pt", PyTorchFiles, Mutation.OfBytes, path => PyTorchFile.Read(path)) { Cases = 1500 },
        new("PyTorch checkpoints, their checksum put right", "a.pt", () => [Written("a.pt", PyTorchFile.Write)], Mutation.OfBytes, path => PyTorchFile.Read(path))
        {
            PutRight = bytes =>
            {
                PickleChecksum.Correct(bytes);
                return bytes;
            },
            Cases = 1500,
        },
        new("safetensors", "a.safetensors", SafetensorsFiles, Mutation.OfBytes, path => SafetensorsFile.Read(path)) { Cases = 1500 },
        new("safetensors, the header's JSON", "a.safetensors", SafetensorsFiles, MutateHeader, path => SafetensorsFile.Read(path)) { Cases = 1500 },
    ];

    private static byte[][] PyTorchFiles() => [Written("a.pt", PyTorchFile.Write), File.ReadAllBytes(CheckpointFixtures.Fixture("torch_tiny.pt")), File.ReadAllBytes(CheckpointFixtures.Fixture("torch_bare.pt"))];

    private static byte[][] SafetensorsFiles() => [Written("a.safetensors", SafetensorsFile.Write)];

    private static byte[] Written(string name, Action<string, Checkpoint> write)
    {
        using var folder = new TemporaryFolder();
        write(folder.PathOf(name), Samples.Full());
        return File.ReadAllBytes(folder.PathOf(name));
    }

    /// <summary>Another header of which the file tells the right length.</summary>
    private static byte[] MutateHeader(byte[] file, Random random)
    {
        var end = HeaderLength + (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var header = TextMutation.OfJson(file[HeaderLength..end], random);
        var length = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. file[end..]];
    }
}
