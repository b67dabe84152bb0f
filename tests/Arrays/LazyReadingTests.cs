using System.IO.Compression;
using Ndt.Arrays;
using Ndt.Checkpoints;

namespace Ndt.Tests.Arrays;

/// <summary>Arrays are read when they are asked for, one at a time: memory is bounded by the largest, not by the file.</summary>
public sealed class LazyReadingTests : IDisposable
{
    private const int Samples = 8;
    private const int Features = 65_536;
    private const int Layers = 48;

    // 92 MiB, less than the file's 96; one array of 2 MiB becomes 4 MiB of doubles, which measuring copies a few times.
    private const string HeapLimit = "5c00000";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("measure", ".npz")]
    [InlineData("measure", ".safetensors")]
    [InlineData("measure", ".pt")]
    [InlineData("similarity", ".safetensors")]
    [InlineData("similarity", ".pt")]
    [Trait("Category", "Integration")]
    public void A_file_larger_than_the_memory_is_read_array_by_array(string command, string ending)
    {
        var path = folder.PathOf("a" + ending);
        WriteLarge(path);
        string[] arguments = command == "measure" ? ["measure", path, "--json"] : ["similarity", path, path, "--measures", "cka", "--draws", "2", "--json"];
        var (code, output, error) = NdtProcess.Run(new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapLimit }, arguments);
        Assert.True(code == 0, error);
        Assert.Equal(Layers, output.Split("\"samples\"").Length - 1);
    }

    [Fact]
    public void An_array_that_is_damaged_is_found_when_it_is_asked_for_and_the_others_are_read()
    {
        var path = folder.PathOf("a.pt");
        CheckpointFile.Write(path, Of([1, 2], [3, 4], [5, 6]));
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(BitConverter.GetBytes(3f))] ^= 1;
        File.WriteAllBytes(path, bytes);

        using var file = ArrayFile.Open(path);
        Assert.Equal(["w0 [1, 2]", "w1 [1, 2]", "w2 [1, 2]"], file.Arrays.Select(array => $"{array.Name} {array.ShapeText}"));
        Assert.Equal([1.0, 2], file.Arrays[0].Read().Values);
        Assert.Contains("checksum", Assert.Throws<InputException>(() => file.Arrays[1].Read()).Message, StringComparison.Ordinal);
        Assert.Equal([5.0, 6], file.Arrays[2].Read().Values);
        Assert.Throws<InputException>(() => CheckpointFile.Read(path));
    }

    [Theory]
    [InlineData("a.pt")]
    [InlineData("a.safetensors")]
    [InlineData("a.npz")]
    public void Names_and_shapes_are_known_before_and_nothing_is_read_after_the_file_is_closed(string name)
    {
        var path = folder.PathOf(name);
        if (name == "a.npz")
        {
            WriteArchive(path, 3, "<f4", "(1, 2)", new byte[8]);
        }
        else
        {
            CheckpointFile.Write(path, Of([1, 2], [3, 4], [5, 6]));
        }

        StoredArray last;
        using (var file = ArrayFile.Open(path))
        {
            Assert.All(file.Arrays, array => Assert.Equal([1L, 2], array.Shape));
            Assert.Equal(2, file.Arrays[0].Read().Values.Length);
            last = file.Arrays[2];
        }

        Assert.Throws<ObjectDisposedException>(() => last.Read());
    }

    [Fact]
    public void What_a_file_holds_beside_its_arrays_is_named()
    {
        using var file = ArrayFile.Open(RepositoryPaths.Fixture("checkpoints/torch_odd.pt"));
        Assert.Contains(file.LeftOut, part => part.Name == "bits4");
        var measured = MeasuredFile.Of(RepositoryPaths.Fixture("checkpoints/torch_odd.pt"), "rows");
        Assert.Equal("rows", Assert.Single(measured.Arrays).Array);
        Assert.Contains(measured.Unread, part => part.Name == "bits4");
    }

    [Fact]
    public void Arrays_of_texts_and_complex_tensors_do_not_make_the_others_unreadable()
    {
        var archive = folder.PathOf("a.npz");
        using (var zip = ZipFile.Open(archive, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in new[] { ("names", NpyBytes.Of("<U3", "(2,)", new byte[24])), ("fc", NpyBytes.Doubles("(2, 1)", 1, 2)), ("objects", NpyBytes.Of("|O", "(1,)", new byte[9])), ("spectrum", NpyBytes.Of("<c16", "(1,)", new byte[16])) })
            {
                using var stream = zip.CreateEntry($"{name}.npy").Open();
                stream.Write(bytes);
            }
        }

        var measured = MeasuredFile.Of(archive);
        Assert.Equal("fc", Assert.Single(measured.Arrays).Array);
        Assert.Equal(["names", "objects", "spectrum"], measured.Unread.Select(part => part.Name));
        Assert.Contains("<U3", measured.Unread[0].Kind, StringComparison.Ordinal);

        var tensors = folder.PathOf("a.safetensors");
        CheckpointFile.Write(tensors, Of([1, 2]) with { Model = [.. Of([1, 2]).Model, new NamedTensor("z", ElementType.C64, [1], new byte[8])] });
        measured = MeasuredFile.Of(tensors);
        Assert.Equal("w0", Assert.Single(measured.Arrays).Array);
        Assert.Equal("left out: `z` (a tensor of C64; real numbers are measured)", Assert.Single(measured.Unread).ToString());
        Assert.Contains("left out: `z`", Assert.Throws<InputException>(() => MeasuredFile.Of(tensors, "z")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.npy")]
    [InlineData("a.npz")]
    public void A_file_that_calls_itself_NumPys_and_is_not_is_refused_as_that(string name)
    {
        var path = folder.Write(name, "a table of numbers, 1,2\n3,4\n1,2\n3,4\n");
        Assert.Contains("NumPy", Assert.Throws<InputException>(() => ArrayFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(1L, 2L)")]
    [InlineData("(1, 2,)")]
    [InlineData("( 1,2 )")]
    public void Shapes_are_read_as_any_version_of_NumPy_writes_them(string shape)
    {
        var path = folder.PathOf("a.npy");
        File.WriteAllBytes(path, NpyBytes.Doubles(shape, 3, 4));
        using var file = ArrayFile.Open(path);
        Assert.Equal([1L, 2], file.Arrays[0].Shape);
    }

    [Fact]
    public void An_entry_that_claims_to_become_far_more_than_its_file_is_refused_before_it_is_read()
    {
        var path = folder.PathOf("a.npz");
        WriteArchive(path, 1, "<f8", "(1, 40000000)", new byte[320_000_000]);
        Assert.Contains("at most 64 times", Assert.Throws<InputException>(() => ArrayFile.Open(path)).Message, StringComparison.Ordinal);
    }

    private static Checkpoint Of(params float[][] rows) => new()
    {
        Model = [.. rows.Select((row, i) => NamedTensor.Create<float>($"w{i}", ElementType.F32, row, 1, row.Length))],
        IsBare = true,
    };

    private static void WriteLarge(string path)
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, Samples * Features).Select(_ => random.NextSingle()).ToArray();
        if (Path.GetExtension(path) == ".npz")
        {
            WriteArchive(path, Layers, "<f4", $"({Samples}, {Features})", System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray());
            return;
        }

        // Bytes of its own for each, since tied tensors are written once.
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray();
        CheckpointFile.Write(path, new Checkpoint
        {
            Model = [.. Enumerable.Range(0, Layers).Select(i => new NamedTensor($"layer{i}", ElementType.F32, [Samples, Features], bytes.ToArray()))],
            IsBare = true,
        });
        Assert.InRange(new FileInfo(path).Length, Layers * (long)bytes.Length, long.MaxValue);
    }

    private static void WriteArchive(string path, int count, string descr, string shape, byte[] elements)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        for (var i = 0; i < count; i++)
        {
            using var stream = zip.CreateEntry($"layer{i}.npy", elements.Length > 100_000_000 ? CompressionLevel.Fastest : CompressionLevel.NoCompression).Open();
            stream.Write(NpyBytes.Of(descr, shape, elements));
        }
    }
}
