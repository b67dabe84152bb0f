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
        new("PyTorch checkpoints from before 1.6", "a.pt", LegacyFiles, Mutation.OfBytes, path => PyTorchFile.Read(path)) { Cases = 1500 },
        new("an index of several files", "model.safetensors.index.json", () => [Index()], TextMutation.OfJson, path => CheckpointFile.Read(path)) { Prepare = WriteShards, Cases = 1000 },
        new("safetensors", "a.safetensors", SafetensorsFiles, Mutation.OfBytes, path => SafetensorsFile.Read(path)) { Cases = 1500 },
        new("safetensors, the header's JSON", "a.safetensors", SafetensorsFiles, MutateHeader, path => SafetensorsFile.Read(path)) { Cases = 1500 },
    ];

    private static byte[][] PyTorchFiles() => [Written("a.pt", PyTorchFile.Write), File.ReadAllBytes(CheckpointFixtures.Fixture("torch_tiny.pt")), File.ReadAllBytes(CheckpointFixtures.Fixture("torch_bare.pt"))];

    private static byte[][] LegacyFiles() => [File.ReadAllBytes(CheckpointFixtures.Fixture("torch_legacy.pt")), File.ReadAllBytes(CheckpointFixtures.Fixture("torch_odd_legacy.pt"))];

    private static byte[] Index() => """{"metadata": {"total_size": 24}, "weight_map": {"a": "one.safetensors", "b": "two.safetensors", "c": "two.safetensors"}}"""u8.ToArray();

    private static void WriteShards(string folder)
    {
        SafetensorsFile.Write(Path.Combine(folder, "one.safetensors"), new Checkpoint { Model = [Small("a")], IsBare = true });
        SafetensorsFile.Write(Path.Combine(folder, "two.safetensors"), new Checkpoint { Model = [Small("b"), Small("c")], IsBare = true });
    }

    private static NamedTensor Small(string name) => NamedTensor.Create<float>(name, ElementType.F32, [1, 2], 2);

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
