using Ndt.Checkpoints;

namespace Ndt.Tests.Checkpoints;

/// <summary>
/// Files as others write them: PyTorch under its optimisers, trainers and options, other programs that pack the same zip, and other
/// writers of safetensors. Each row says what a file has to give.
/// </summary>
public sealed class ForeignCheckpointTests
{
    private const string TwoLayers = "0.weight F32 [3, 4]; 0.bias F32 [3]; 2.weight F32 [2, 3]; 2.bias F32 [2]";

    [Theory]
    [InlineData("2024-01-01T10:00:00.pt")]
    [InlineData("модель.pt")]
    [InlineData("epoch=3 val loss.pt")]
    [InlineData("run..best.pt")]
    [InlineData("bytesio.pt")]
    [InlineData("crc_zero.pt")]
    [InlineData("deflated.pt")]
    [InlineData("dir_entries.pt")]
    [InlineData("last.ckpt")]
    [InlineData("legacy.pt")]
    [InlineData("noextension")]
    [InlineData("orderedmeta.pt")]
    [InlineData("param_objects.pt")]
    [InlineData("plain.pt")]
    [InlineData("protocol3.pt")]
    [InlineData("protocol4.pt")]
    [InlineData("protocol5.pt")]
    [InlineData("pyrepacked_stored.pt")]
    [InlineData("pytorch_model.bin")]
    [InlineData("streamed_datadescriptor.pt")]
    [InlineData("torch2x_entries.pt")]
    [InlineData("zip64forced.pt")]
    [InlineData("torchscript.pt")]
    public void The_same_weights_come_out_of_every_wrapping(string name)
    {
        var checkpoint = Read(name);
        Assert.Equal(TwoLayers, Model(checkpoint));
        Assert.Equal(0.11680365353822708, checkpoint.Tensor("0.weight")[0], 1e-8);
        Assert.Equal(-0.0109168, checkpoint.Tensor("2.bias")[1], 1e-7);
        Assert.True(checkpoint.IsBare);
    }

    [Theory]
    [InlineData("bigint.pt", "n", "1099511627776")]
    [InlineData("bytes.pt", "blob", """{"$bytes":"YWJj"}""")]
    [InlineData("complexnum.pt", "z", "(1+2j)")]
    [InlineData("defaultdict.pt", "history", """{"loss":[1.0,0.5]}""")]
    [InlineData("history_boolkey.pt", "scores", """{"True":1.0,"False":2.0}""")]
    [InlineData("history_floatkeys.pt", "scores", """{"0.1":1.0,"0.5":2.0}""")]
    [InlineData("history_nonekey.pt", "scores", """{"None":1.0}""")]
    [InlineData("history_tuplekeys.pt", "scores", """{"(1, 2)":1.0}""")]
    [InlineData("numpy_scalar.pt", "best_acc", "0.93")]
    [InlineData("seed_u64.pt", "seed", "9223372036854775813")]
    [InlineData("torch_device.pt", "device", "cpu")]
    [InlineData("torch_dtype.pt", "config", """{"dtype":"torch.float32"}""")]
    [InlineData("torch_size.pt", "shape", "[1,2]")]
    [InlineData("extra_state.pt", "model_state_dict._extra_state", """{"scale":2}""")]
    [InlineData("step_float.pt", "loss", "NaN")]
    public void A_value_beside_the_weights_is_read_and_the_weights_are_too(string name, string key, string value)
    {
        var checkpoint = Read(name);
        Assert.Equal(TwoLayers, Model(checkpoint));
        Assert.Equal(value, MetadataText.Format(checkpoint.Metadata[key]));
        Assert.Empty(checkpoint.LeftOut);
    }

    [Theory]
    [InlineData("datetime.pt", "left out: `when` (datetime.datetime)")]
    [InlineData("sparse.pt", "left out: `adj` (a sparse tensor [3, 3])")]
    public void What_has_no_plain_value_is_left_out_by_name_and_the_weights_are_read(string name, string leftOut)
    {
        var checkpoint = Read(name);
        Assert.Equal(TwoLayers, Model(checkpoint));
        Assert.Equal(leftOut, Assert.Single(checkpoint.LeftOut).ToString());
    }

    [Theory]
    [InlineData("bare_tensor.pt", "0 F32 [5, 3]")]
    [InlineData("bare_list.pt", "0 F32 [5, 3]; 1 F32 [5, 2]")]
    [InlineData("int_keys.pt", "0 F32 [5, 3]; 1 F32 [5, 2]")]
    [InlineData("expanded.pt", "w F32 [3]; mask F32 [4, 5]")]
    [InlineData("fullmodule.pt", "0.weight F32 [2, 2]; 0.bias F32 [2]")]
    [InlineData("param_with_attr.pt", "p F32 [2]")]
    [InlineData("tensor_with_attr.pt", "p F32 [2]")]
    [InlineData("complex64.pt", TwoLayers + "; kernel C64 [3]")]
    [InlineData("quantized.pt", TwoLayers + "; q F32 [3]")]
    [InlineData("unicode.pt", "层.权重 F32 [2]; a.b.c F32 [1]; émoji😀 F32 [1];  F32 [1]")]
    public void Tensors_come_out_of_whatever_holds_them(string name, string model) => Assert.Equal(model, Model(Read(name)));

    [Fact]
    public void Tensors_beside_the_weights_are_extra_and_those_of_lists_have_an_index()
    {
        Assert.Equal(["acts.0", "acts.1"], Read("list_of_tensors.pt").Extra.Select(tensor => tensor.Name));
        Assert.Equal([0, 1, 2, 3], Assert.Single(Read("numpy_array.pt").Extra, tensor => tensor.Name == "val_losses").ToDoubles());
        Assert.Contains(Read("two_optims.pt").Extra, tensor => tensor.Name == "optimizer_state_dict.1.state.0.exp_avg");
        Assert.Contains(Read("study_lbfgs.pt").Extra, tensor => tensor.Name == "optimizer_state_dict.state.0.old_dirs.2");
        Assert.Equal(0.001, Assert.IsType<CheckpointValue.Number>(Read("lr_tensor.pt").Optimizer!.Groups[0].Options["lr"]).Value, 1e-9);
        Assert.Equal("left out: `args` (argparse.Namespace)", Assert.Single(Read("torchvision_args.pt").LeftOut).ToString());
        Assert.Equal("""{"10":1,"20":1}""", MetadataText.Json(Assert.IsType<CheckpointValue.Map>(Read("torchvision_refs.pt").Metadata["lr_scheduler"]).Items["milestones"]));
    }

    [Fact]
    public void Tied_weights_share_their_bytes_and_are_still_one_storage_when_written()
    {
        using var folder = new TemporaryFolder();
        var tied = Read("tied4.pt");
        Assert.Equal(4, tied.Model.Length);
        Assert.All(tied.Model, tensor => Assert.True(tensor.Bytes.Equals(tied.Model[0].Bytes)));
        CheckpointFile.Write(folder.PathOf("again.pt"), tied);
        Assert.InRange(new FileInfo(folder.PathOf("again.pt")).Length, 0, tied.Model[0].Bytes.Length + 4000);
    }

    [Theory]
    [InlineData("bigendian.pt", "'big'; little is expected")]
    [InlineData("model_none.pt", "model_state_dict is None")]
    public void What_cannot_be_read_rightly_is_refused(string name, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Read(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("plain", "w F32 [2, 2]")]
    [InlineData("meta_format_pt", "w F32 [4]")]
    [InlineData("meta_null", "w F32 [4]")]
    [InlineData("meta_last", "w F32 [4]")]
    [InlineData("meta_only", "")]
    [InlineData("empty_dict", "")]
    [InlineData("padded", "w F32 [4]")]
    [InlineData("newline_padded", "w F32 [4]")]
    [InlineData("indented", "w F32 [4]")]
    [InlineData("unordered", "b F32 [2]; a F32 [2]")]
    [InlineData("zero_sized", "z F32 [0, 5]; w F32 [4]; z2 I64 [3, 0]")]
    [InlineData("scalar", "s F32 []")]
    [InlineData("unicode_escaped", "层.权重 F32 [4]")]
    [InlineData("extra_named", "extra.weight F32 [4]")]
    [InlineData("many_dims", "w F32 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4]")]
    [InlineData("dtype_U16", "weight F32 [1]; t U16 [8]")]
    [InlineData("dtype_U32", "weight F32 [1]; t U32 [4]")]
    [InlineData("dtype_U64", "weight F32 [1]; t U64 [2]")]
    [InlineData("dtype_F8_E4M3", "weight F32 [1]; t F8_E4M3 [16]")]
    [InlineData("dtype_F8_E5M2", "weight F32 [1]; t F8_E5M2 [16]")]
    [InlineData("dtype_C64", "weight F32 [1]; t C64 [2]")]
    [InlineData("dtype_F4", "weight F32 [1]; t F4 [32]")]
    [InlineData("dtype_BF16", "weight F32 [1]; t BF16 [8]")]
    [InlineData("dtype_BOOL", "weight F32 [1]; t BOOL [16]")]
    public void Safetensors_of_every_header_and_type_are_read(string name, string model)
    {
        var checkpoint = CheckpointFile.Read(Case($"st/{name}.safetensors"));
        Assert.Equal(model, Model(checkpoint));
        if (name.StartsWith("dtype", StringComparison.Ordinal))
        {
            Assert.Equal(1, checkpoint.Tensor("weight")[0]);
        }
    }

    [Fact]
    public void Values_that_are_not_computed_with_are_refused_only_when_they_are_asked_for()
    {
        var tensor = CheckpointFile.Read(Case("st/dtype_F4.safetensors")).Tensor("t");
        Assert.Equal(16, tensor.Bytes.Length);
        Assert.Contains("'F4', which nothing here computes with", Assert.Throws<InputException>(() => tensor.ToDoubles()).Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(TensorSummary.Of(tensor).Norm));
    }

    [Theory]
    [InlineData("bom")]
    [InlineData("dup_key")]
    [InlineData("float_shape")]
    [InlineData("hole")]
    [InlineData("meta_number")]
    [InlineData("nul_padded")]
    [InlineData("tied_same_offsets")]
    [InlineData("trailing_bytes")]
    public void Safetensors_that_the_format_forbids_are_refused(string name) =>
        Assert.Throws<InputException>(() => CheckpointFile.Read(Case($"st/{name}.safetensors")));

    [Fact]
    public void An_index_gives_the_tensors_of_its_files()
    {
        Assert.Equal("w F32 [2, 2]", Model(CheckpointFile.Read(Case("st/model.safetensors.index.json"))));
    }

    [Fact]
    public void Every_file_converts_and_what_convert_wrote_is_read_as_the_same()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in Directory.EnumerateFiles(Case("checkpoints")).Where(path => Path.GetFileName(path) is not ("bigendian.pt" or "model_none.pt")))
        {
            var original = CheckpointFile.Read(path);
            foreach (var name in new[] { "a.safetensors", "b.pt", "c.safetensors" })
            {
                CheckpointFile.Write(folder.PathOf(name), original);
                var again = CheckpointFile.Read(folder.PathOf(name));
                Samples.AssertSame(original, again);
                Assert.Equal(original.IsBare, again.IsBare);
                Assert.Empty(again.LeftOut);
                original = again;
            }
        }
    }

    private static Checkpoint Read(string name) => CheckpointFile.Read(Case($"checkpoints/{name}"));

    private static string Model(Checkpoint checkpoint) =>
        string.Join("; ", checkpoint.Model.Select(tensor => $"{tensor.Name} {tensor.TypeName} [{string.Join(", ", tensor.Shape)}]"));

    private static string Case(string name) => RepositoryPaths.SharedOrSkip("cases", "library", name);
}
