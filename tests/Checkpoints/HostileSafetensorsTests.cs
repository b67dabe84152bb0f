using System.Buffers.Binary;
using System.Text;
using Ndt.Checkpoints;
using Ndt.Tests.Fuzzing;

namespace Ndt.Tests.Checkpoints;

public sealed class HostileSafetensorsTests
{
    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "twice")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "twice")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"v":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begin at")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begin at")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "8 follow")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "8 follow")]
    [InlineData("""{"w":{"dtype":"F32","shape":[250000000],"data_offsets":[0,1000000000]}}""", "8 follow")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[8,0]}}""", "does not fit")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", "does not fit")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "does not fit")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1e3],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}""", "at most 32")]
    [InlineData("""{"w":{"dtype":"c64","shape":[1],"data_offsets":[0,8]}}""", "'c64'; one such as F32")]
    [InlineData("""{"w":{"dtype":"C64","shape":[2],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"w":{"dtype":"F4","shape":[8],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"w":{"dtype":"F8_E8M0","shape":[7],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"w":{"dtype":3,"shape":[1],"data_offsets":[0,8]}}""", "not the JSON")]
    [InlineData("""{"w":{"dtype":"F32","data_offsets":[0,8]}}""", "lacks")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"code":"x"}}""", "'code'")]
    [InlineData("""{"w":[1]}""", "not an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", "not a string")]
    [InlineData("""[]""", "start with '{'")]
    [InlineData("""{"w":""", "not the JSON")]
    [InlineData("""{} {}""", "not the JSON")]
    [InlineData("""{"\ud800":{}}""", "not the JSON")]
    [InlineData("""{"__metadata__":{"ndt.checkpoint":"3"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "'3'; 1 is read")]
    [InlineData("""{"__metadata__":{"ndt.checkpoint":"2","ndt.prefixes":"[]"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not a list of two texts")]
    [InlineData("""{"__metadata__":{"ndt.checkpoint":"1"},"optimizer.state.0.exp_avg":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "no optimizer.param_groups")]
    [InlineData("""{"__metadata__":{"ndt.checkpoint":"1","optimizer.param_groups":"[[]]"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not a group")]
    [InlineData("""{"__metadata__":{"ndt.checkpoint":"1","optimizer.param_groups":"[]"},"optimizer.state.x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "INDEX.NAME")]
    [InlineData("""{"__metadata__":{"ndt.checkpoint":"1","optimizer.param_groups":"[]"},"optimizer.state.0.step":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "count of updates")]
    [InlineData("""{"__metadata__":{"ndt.checkpoint":"1","optimizer.param_groups":"[]"},"optimizer.state.0.step":{"dtype":"C64","shape":[],"data_offsets":[0,8]}}""", "count of updates")]
    [InlineData("""{"__metadata__":{"ndt.checkpoint":"1","optimizer.param_groups":"[]"},"optimizer.state.0.step":{"dtype":"D64","shape":[],"data_offsets":[0,8]}}""", "count of updates")]
    public void A_header_that_is_not_right_is_refused(string header, string message) => AssertRefused(File(header, new byte[8]), message);

    [Fact]
    public void Half_a_character_in_the_JSON_of_a_metadata_text_leaves_it_a_text()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.safetensors", File("""{"__metadata__":{"ndt.checkpoint":"1","x":"\"\\ud800\"","y":"{\"\\udc00\":1}"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]));
        var metadata = SafetensorsFile.Read(path).Metadata;
        Assert.Equal("\"\\ud800\"", Assert.IsType<CheckpointValue.Text>(metadata["x"]).Value);
        Assert.IsType<CheckpointValue.Text>(metadata["y"]);
    }

    [Fact]
    public void A_header_of_deep_nesting_is_refused() =>
        AssertRefused(File("{\"w\":" + new string('[', 100_000), new byte[8]), "not an object");

    [Fact]
    public void A_header_longer_than_the_file_is_refused() => AssertRefused([255, 255, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'], "cut off");

    [Fact]
    public void A_header_that_claims_terabytes_is_refused() => AssertRefused([0, 0, 0, 0, 0, 255, 0, 0, (byte)'{', (byte)'}'], "at most");

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.PathOf("a.safetensors"), Samples.Full());
        foreach (var cut in Mutation.Cuts(System.IO.File.ReadAllBytes(folder.PathOf("a.safetensors")), step: 13))
        {
            Refusal.Of(folder.Write("cut.safetensors", cut), path => SafetensorsFile.Read(path));
        }
    }

    internal static byte[] File(string header, ReadOnlySpan<byte> data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)json.Length);
        json.CopyTo(bytes, 8);
        data.CopyTo(bytes.AsSpan(8 + json.Length));
        return bytes;
    }

    private static void AssertRefused(byte[] bytes, string message)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(message, Refusal.Of(folder.Write("a.safetensors", bytes), path => SafetensorsFile.Read(path)), StringComparison.Ordinal);
    }
}
