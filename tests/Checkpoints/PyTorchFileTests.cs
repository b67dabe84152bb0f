using System.Text.Json;
using Ndt.Checkpoints;
using Ndt.Checkpoints.Zip;

namespace Ndt.Tests.Checkpoints;

public sealed class PyTorchFileTests
{
    [Fact]
    public void Every_type_that_PyTorch_saves_is_read_with_its_values()
    {
        var checkpoint = PyTorchFile.Read(CheckpointFixtures.Fixture("torch_tiny.pt"));
        Assert.Equal([1.5, -2.5], checkpoint.Tensor("f64").ToDoubles());
        Assert.Equal([1, 2, 3, 4, 5, 6], checkpoint.Tensor("f32").ToDoubles());
        Assert.Equal([0.5, 65504], checkpoint.Tensor("f16").ToDoubles());
        Assert.Equal([1, -3], checkpoint.Tensor("bf16").ToDoubles());
        Assert.Equal([1L << 40, -1], checkpoint.Tensor("i64").ToDoubles());
        Assert.Equal([1 << 30, -7], checkpoint.Tensor("i32").ToDoubles());
        Assert.Equal([300, -300], checkpoint.Tensor("i16").ToDoubles());
        Assert.Equal([-128, 127], checkpoint.Tensor("i8").ToDoubles());
        Assert.Equal([0, 255], checkpoint.Tensor("u8").ToDoubles());
        Assert.Equal([1, 0], checkpoint.Tensor("bool").ToDoubles());
        Assert.Equal([7], checkpoint.Tensor("scalar").ToDoubles());
        Assert.Equal([0, 3], checkpoint.Tensor("empty").Shape);
        Assert.Equal([9, 8], checkpoint.Tensor("parameter").ToDoubles());
    }

    [Fact]
    public void Views_of_a_storage_become_row_major()
    {
        var checkpoint = PyTorchFile.Read(CheckpointFixtures.Fixture("torch_tiny.pt"));
        Assert.Equal([4, 3], checkpoint.Tensor("transposed").Shape);
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], checkpoint.Tensor("transposed").ToDoubles());
        Assert.Equal([4, 6, 8, 10, 16, 18, 20, 22], checkpoint.Tensor("strided").ToDoubles());
    }

    [Fact]
    public void Plain_values_become_metadata_and_nested_tensors_are_lifted_out()
    {
        var checkpoint = PyTorchFile.Read(CheckpointFixtures.Fixture("torch_tiny.pt"));
        Assert.Equal(3, checkpoint.Step);
        Assert.Equal(new CheckpointValue.Number(0.25), checkpoint.Metadata["loss"]);
        Assert.Equal("tïny", checkpoint.Experiment);
        Assert.Equal("""{"lr":0.001,"sizes":[1,[2,3]],"big":4611686018427387904,"none":null,"on":true}""", MetadataText.Json(checkpoint.Metadata["config"]));
        Assert.Equal([1, 0], Assert.Single(checkpoint.Extra, tensor => tensor.Name == "config.mask").ToDoubles());
    }

    [Fact]
    public void A_bare_state_dict_is_a_model() =>
        Assert.Equal(["weight", "bias"], PyTorchFile.Read(CheckpointFixtures.Fixture("torch_bare.pt")).Model.Select(tensor => tensor.Name));

    [Fact]
    public void What_is_written_is_read_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        PyTorchFile.Write(folder.PathOf("a.pt"), Samples.Full());
        Samples.AssertSame(Samples.Full(), PyTorchFile.Read(folder.PathOf("a.pt")));
        Assert.Equal(["a.pt"], Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void Equal_checkpoints_give_equal_files()
    {
        using var folder = new TemporaryFolder();
        PyTorchFile.Write(folder.PathOf("a.pt"), Samples.Full());
        PyTorchFile.Write(folder.PathOf("b.pt"), Samples.Full());
        Assert.Equal(File.ReadAllBytes(folder.PathOf("a.pt")), File.ReadAllBytes(folder.PathOf("b.pt")));
    }

    [Fact]
    public void Storages_are_aligned_to_64_bytes()
    {
        using var folder = new TemporaryFolder();
        PyTorchFile.Write(folder.PathOf("a.pt"), Samples.Full());
        using var file = UntrustedFile.Open(folder.PathOf("a.pt"));
        Assert.All(ZipReader.Open(file).Entries, entry => Assert.Equal(0, entry.Offset % 64));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_checkpoint_before_it_whole()
    {
        using var folder = new TemporaryFolder();
        PyTorchFile.Write(folder.PathOf("a.pt"), Samples.Full());
        var before = File.ReadAllBytes(folder.PathOf("a.pt"));
        var twice = Samples.Full() with { Extra = [NamedTensor.Create<byte>("step", ElementType.U8, [1], 1)] };
        Assert.Throws<InputException>(() => PyTorchFile.Write(folder.PathOf("a.pt"), twice));
        Assert.Throws<IOException>(() => AtomicFile.Write(folder.PathOf("a.pt"), stream =>
        {
            stream.Write(before.AsSpan(0, before.Length / 2));
            throw new IOException("the disk is full");
        }));
        Assert.Equal(before, File.ReadAllBytes(folder.PathOf("a.pt")));
        Assert.Equal(["a.pt"], Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public void PyTorch_opens_what_we_write()
    {
        const string Script = """
            import sys, torch
            c = torch.load(sys.argv[1])
            m, o = c['model_state_dict'], c['optimizer_state_dict']
            assert c['step'] == 100 and c['loss'] == 2.0 and c['experiment_name'] == 'mlp_narrow_mnist' and c['large'] == 2**60 and c['nothing'] is None and c['done'] is False
            assert c['nested'] == {'sizes': (1, 2.0, 'x')} and c['rng_state'].tolist() == [1, 2, 3]
            assert m['fc.weight'].tolist() == [[1, 2, 3], [4, 5, 6]] and m['fc.bias'].dtype == torch.float64
            assert o['param_groups'][0]['betas'] == (0.9, 0.999) and o['param_groups'][0]['params'] == [0, 1]
            layer = torch.nn.Linear(3, 2)
            layer.load_state_dict({name[3:]: value for name, value in m.items()})
            adam = torch.optim.Adam(layer.parameters())
            adam.load_state_dict(o)
            layer(torch.ones(1, 3)).sum().backward()
            adam.step()
            assert adam.state_dict()['state'][0]['step'] == 101
            assert adam.state_dict()['state'][1]['exp_avg'].shape == (2,)
            print('opened')
            """;
        using var folder = new TemporaryFolder();
        var full = Samples.Full();
        var second = full.Optimizer!.State[1];
        PyTorchFile.Write(folder.PathOf("a.pt"), full with
        {
            Optimizer = full.Optimizer with { State = [full.Optimizer.State[0], second with { Tensors = second.Tensors.Add(second.Tensors[0].Rename("exp_avg_sq")) }] },
        });
        Assert.Equal("opened", PythonTool.Output(PythonTool.WithModules("torch"), "-c", Script, folder.PathOf("a.pt")).Trim());
    }

    [Theory]
    [InlineData("cnn_deep_mnist2/checkpoint_step_00100.pt")]
    [InlineData("cnn_deep_mnist2/checkpoint_step_01000.pt")]
    [InlineData("cnn_deep_mnist2/checkpoint_step_02000.pt")]
    [InlineData("mlp_narrow_mnist2/checkpoint_step_00100.pt")]
    [InlineData("mlp_narrow_mnist2/checkpoint_step_01000.pt")]
    [InlineData("mlp_narrow_mnist2/checkpoint_step_02000.pt")]
    public void The_studys_checkpoints_hold_what_PyTorch_finds_in_them(string name)
    {
        var checkpoint = PyTorchFile.Read(CheckpointFixtures.Archive(name));
        using var fixture = JsonDocument.Parse(File.ReadAllBytes(CheckpointFixtures.Fixture("archive.json")));
        var expected = fixture.RootElement.GetProperty(name);
        Assert.Equal(expected.GetProperty("step").GetInt64(), checkpoint.Step);
        Assert.Equal(new CheckpointValue.Number(expected.GetProperty("loss").GetDouble()), checkpoint.Metadata["loss"]);
        Assert.Equal(expected.GetProperty("experiment_name").GetString(), checkpoint.Experiment);
        Assert.Equal(new CheckpointValue.Number(expected.GetProperty("lr").GetDouble()), Assert.Single(checkpoint.Optimizer!.Groups).Options["lr"]);

        var tensors = checkpoint.AllTensors().ToDictionary(tensor => tensor.Name);
        var described = expected.GetProperty("tensors").EnumerateObject().ToArray();
        Assert.Equal(described.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(described, item =>
        {
            var values = tensors[item.Name].ToDoubles();
            Assert.Equal(item.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), tensors[item.Name].Shape);
            Assert.Equal(item.Value.GetProperty("first").GetDouble(), values[0]);
            Assert.Equal(item.Value.GetProperty("last").GetDouble(), values[^1]);
            Assert.Equal(item.Value.GetProperty("sum").GetDouble(), values.Sum(), 1e-9 * values.Sum(Math.Abs));
            var norm = item.Value.GetProperty("norm").GetDouble();
            Assert.Equal(norm, TensorSummary.Of(tensors[item.Name]).Norm, 1e-12 * norm);
        });
    }
}
