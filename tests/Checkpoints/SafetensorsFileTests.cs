using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Ndt.Checkpoints;

namespace Ndt.Tests.Checkpoints;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void What_is_written_is_read_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.PathOf("a.safetensors"), Samples.Full());
        Samples.AssertSame(Samples.Full(), SafetensorsFile.Read(folder.PathOf("a.safetensors")));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.PathOf("a.safetensors"), new Checkpoint
        {
            Model = [NamedTensor.Create<byte>("b", ElementType.U8, [9], 1), NamedTensor.Create<float>("w", ElementType.F32, [1, 2], 1, 2)],
            Metadata = new OrderedDictionary<string, CheckpointValue> { ["step"] = 100L },
        });
        var bytes = File.ReadAllBytes(folder.PathOf("a.safetensors"));
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"ndt.checkpoint":"1","step":"100"},"b":{"dtype":"U8","shape":[1],"data_offsets":[8,9]},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64, 9], bytes[(8 + length)..]);
    }

    [Fact]
    public void A_file_of_others_keeps_its_names_and_strings()
    {
        using var folder = new TemporaryFolder();
        var header = """{"__metadata__":{"format":"pt","n":"1"},"extra.x":{"dtype":"BF16","shape":[],"data_offsets":[0,2]},"optimizer.state.y":{"dtype":"BOOL","shape":[0],"data_offsets":[2,2]}}""";
        var checkpoint = SafetensorsFile.Read(folder.Write("a.safetensors", HostileSafetensorsTests.File(header, [0x80, 0x3F])));
        Assert.Equal(["extra.x", "optimizer.state.y"], checkpoint.Model.Select(tensor => tensor.Name));
        Assert.Equal(1, checkpoint.Model[0][0]);
        Assert.Equal("1", Assert.IsType<CheckpointValue.Text>(checkpoint.Metadata["n"]).Value);
    }

    [Theory]
    [InlineData("cnn_deep_mnist2/checkpoint_step_02000.pt")]
    [InlineData("mlp_narrow_mnist2/checkpoint_step_00100.pt")]
    public void The_studys_checkpoints_come_back_whole_from_safetensors(string name)
    {
        using var folder = new TemporaryFolder();
        var original = PyTorchFile.Read(CheckpointFixtures.Archive(name));
        CheckpointFile.Write(folder.PathOf("a.safetensors"), original);
        CheckpointFile.Write(folder.PathOf("b.pt"), CheckpointFile.Read(folder.PathOf("a.safetensors")));
        Samples.AssertSame(original, CheckpointFile.Read(folder.PathOf("b.pt")));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("12")]
    [InlineData("NaN")]
    [InlineData("\"quoted\"")]
    [InlineData("[1")]
    [InlineData("")]
    [InlineData("true")]
    public void A_string_in_the_metadata_stays_that_string(string text) =>
        Assert.Equal(text, Assert.IsType<CheckpointValue.Text>(MetadataText.Parse(MetadataText.Format(text))).Value);

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e300)]
    [InlineData(0.1)]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_in_the_metadata_stays_that_number(double number) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(Assert.IsType<CheckpointValue.Number>(MetadataText.Parse(MetadataText.Format(number))).Value));

    [Fact]
    public void An_index_with_a_byte_order_mark_is_read()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.PathOf("part.safetensors"), new Checkpoint { Model = [NamedTensor.Create<float>("w", ElementType.F32, [1, 2], 2)], IsBare = true });
        var path = folder.Write("model.safetensors.index.json", "\uFEFF{\"weight_map\": {\"w\": \"part.safetensors\"}}");
        Assert.Equal("w", Assert.Single(CheckpointFile.Read(path).Model).Name);
    }

    [Fact]
    public void Very_many_tensors_of_one_parameter_are_read_in_time()
    {
        // 30,000 times a copy of those before would be 4 GB to go through.
        using var folder = new TemporaryFolder();
        var tensor = NamedTensor.Create<byte>("x", ElementType.U8, [1], 1);
        var tensors = Enumerable.Range(0, 30_000).Select(i => tensor.Rename($"m{i}")).ToArray();
        SafetensorsFile.Write(folder.PathOf("a.safetensors"), new Checkpoint { Model = [], Optimizer = new OptimizerState([new ParameterState(0, 1, [.. tensors])], []) });
        Assert.Equal(30_000, Assert.Single(SafetensorsFile.Read(folder.PathOf("a.safetensors")).Optimizer!.State).Tensors.Length);
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_written()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.safetensors");
        var longText = new Checkpoint { Model = [], Metadata = new OrderedDictionary<string, CheckpointValue> { ["note"] = new string('a', 17 << 20) } };
        Assert.Contains("16777216 are read back", Assert.Throws<InputException>(() => SafetensorsFile.Write(path, longText)).Message, StringComparison.Ordinal);
        var deep = new Checkpoint { Model = [NamedTensor.Create<float>("w", ElementType.F32, [1], new long[33].Select(_ => 1L).ToArray())] };
        Assert.Contains("33 dimensions; at most 32", Assert.Throws<InputException>(() => SafetensorsFile.Write(path, deep)).Message, StringComparison.Ordinal);
        Assert.Contains("33 dimensions; at most 32", Assert.Throws<InputException>(() => PyTorchFile.Write(folder.PathOf("a.pt"), deep)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_number_that_is_not_finite_within_a_list_stays_that_number() =>
        Assert.Equal(new CheckpointValue.Number(double.NaN), Assert.IsType<CheckpointValue.Sequence>(MetadataText.Parse(MetadataText.Format(new CheckpointValue.Sequence([double.NaN])))).Items[0]);

    [Fact]
    public void What_the_format_holds_in_another_form_is_said() =>
        Assert.Equal(3, CheckpointFile.Notes("a.safetensors", Samples.Full()).Count());

    [Fact]
    public void Another_extension_is_not_written() =>
        Assert.Contains(".safetensors is expected", Assert.Throws<InputException>(() => CheckpointFile.Write("a.zip", Samples.Full())).Message, StringComparison.Ordinal);

    [Fact]
    public void The_header_is_valid_JSON()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.PathOf("a.safetensors"), Samples.Full());
        var bytes = File.ReadAllBytes(folder.PathOf("a.safetensors"));
        using var header = JsonDocument.Parse(bytes.AsMemory(8, (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
        Assert.Equal(9, header.RootElement.EnumerateObject().Count());
    }
}
