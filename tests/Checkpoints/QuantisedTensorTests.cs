using System.Runtime.InteropServices;
using Ndt.Checkpoints;
using Ndt.Checkpoints.Zip;
using static Ndt.Tests.Checkpoints.PickleBytes;

namespace Ndt.Tests.Checkpoints;

/// <summary>Tensors whose bytes are not simply their values; the fixtures are PyTorch's own, with what it makes of them (make_odd.py).</summary>
public sealed class QuantisedTensorTests : IDisposable
{
    private const string FlagsDictionary = "ccollections\nOrderedDict\n)R";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("torch_odd.pt")]
    [InlineData("torch_odd_legacy.pt")]
    public void Quantised_tensors_are_read_as_what_PyTorch_dequantises_them_to(string name)
    {
        var checkpoint = PyTorchFile.Read(CheckpointFixtures.Fixture(name));
        foreach (var quantised in new[] { "int8", "uint8", "int32", "rows", "columns", "float_zero_points" })
        {
            var expected = checkpoint.Tensor($"expected.{quantised}");
            var actual = checkpoint.Tensor(quantised);
            Assert.Equal(expected.Shape, actual.Shape);
            Assert.All(expected.ToDoubles().Zip(actual.ToDoubles()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            Assert.Contains(new LeftOutValue(quantised, "the quantisation; its numbers are read as the real ones that they stand for"), checkpoint.LeftOut);
        }
    }

    [Fact]
    public void Half_bytes_are_left_out_by_name()
    {
        var checkpoint = PyTorchFile.Read(CheckpointFixtures.Fixture("torch_odd.pt"));
        Assert.DoesNotContain(checkpoint.Model, tensor => tensor.Name == "bits4");
        Assert.Equal("a quantised tensor of torch.QUInt4x2Storage", checkpoint.LeftOut.Single(part => part.Name == "bits4").Kind);
    }

    [Fact]
    public void The_packed_weights_of_a_quantised_network_are_read()
    {
        var checkpoint = PyTorchFile.Read(CheckpointFixtures.Fixture("torch_dynamic.pt"));
        Assert.Equal([3L, 4], checkpoint.Tensor("0._packed_params._packed_params.0").Shape);
        Assert.Equal([3L], checkpoint.Tensor("0._packed_params._packed_params.1").Shape);
        Assert.InRange(checkpoint.Tensor("0._packed_params._packed_params.0").ToDoubles().Max(Math.Abs), 0.1, 0.5);
    }

    [Fact]
    public void Weights_that_share_a_storage_share_memory_whatever_stands_between_them()
    {
        var checkpoint = PyTorchFile.Read(CheckpointFixtures.Fixture("torch_odd.pt"));
        Assert.True(MemoryMarshal.TryGetArray(checkpoint.Tensor("weight").Bytes, out var one));
        Assert.True(MemoryMarshal.TryGetArray(checkpoint.Tensor("tied").Bytes, out var other));
        Assert.Same(one.Array, other.Array);
    }

    [Theory]
    [InlineData("neg")]
    [InlineData("conj")]
    public void A_tensor_that_is_stored_as_the_negative_or_the_conjugate_of_another_is_not_taken_for_it(string flag)
    {
        var tensor = $"ctorch._utils\n_rebuild_tensor_v2\n({Storage("0", 4)}{Number(0)}{Tuple(4)}{Tuple(1)}\u0089{FlagsDictionary}}}{Text(flag)}\u0088stR";
        var checkpoint = Read($"}}({Text("w")}{Tensor(Storage("0", 4), Number(0), Tuple(4), Tuple(1))}{Text("x")}{tensor}u");
        Assert.Equal("w", Assert.Single(checkpoint.Model).Name);
        Assert.Equal(new LeftOutValue("x", "a tensor stored negated or conjugated"), Assert.Single(checkpoint.LeftOut));
    }

    [Theory]
    [InlineData("uint16", "U16 [8]")]
    [InlineData("uint32", "U32 [4]")]
    [InlineData("uint64", "U64 [2]")]
    [InlineData("float8_e5m2", "F8_E5M2 [16]")]
    [InlineData("float8_e4m3fn", "F8_E4M3 [16]")]
    [InlineData("complex32", null)]
    [InlineData("bits8", null)]
    [InlineData("float8_e8m0fnu", null)]
    public void The_types_of_PyTorch_2_are_read_or_left_out_by_name(string dtype, string? expected)
    {
        var count = expected is null ? (byte)4 : byte.Parse(expected[(expected.IndexOf('[', StringComparison.Ordinal) + 1)..^1], System.Globalization.CultureInfo.InvariantCulture);
        var storage = Storage("0", 16, "ctorch.storage\nUntypedStorage\n");
        var tensor = $"ctorch._utils\n_rebuild_tensor_v3\n({storage}{Number(0)}{Tuple(count)}{Tuple(1)}\u0089{FlagsDictionary}ctorch\n{dtype}\ntR";
        var checkpoint = Read($"}}({Text("n")}{Number(7)}{Text("x")}{tensor}u");
        if (expected is null)
        {
            Assert.Equal(new LeftOutValue("x", $"a tensor of torch.{dtype}"), Assert.Single(checkpoint.LeftOut));
        }
        else
        {
            var only = Assert.Single(checkpoint.Model);
            Assert.Equal(expected, $"{only.TypeName} [{string.Join(", ", only.Shape)}]");
        }
    }

    private Checkpoint Read(string opcodes)
    {
        using (var stream = File.Create(folder.PathOf("a.pt")))
        using (var zip = new StoredZipWriter(stream))
        {
            zip.Add("archive/data.pkl", Of(opcodes));
            zip.Add("archive/data/0", new byte[16]);
            zip.Add("archive/version", "3\n"u8);
            zip.Finish();
        }

        return PyTorchFile.Read(folder.PathOf("a.pt"));
    }
}
