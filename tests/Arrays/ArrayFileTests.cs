using System.IO.Compression;
using Ndt.Arrays;

namespace Ndt.Tests.Arrays;

public sealed class ArrayFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_npy_is_one_array_named_as_its_file()
    {
        var array = Assert.Single(ArrayFile.Read(Save("fc1.npy", NpyBytes.Doubles("(2, 3)", 1, 2, 3, 4, 5, 6))));
        Assert.Equal("fc1", array.Name);
        Assert.Equal([2L, 3], array.Shape);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], array.Values);
    }

    [Fact]
    public void Fortran_order_and_big_endian_give_the_same_values()
    {
        var columns = Assert.Single(ArrayFile.Read(Save("f.npy", NpyBytes.Of("<f8", "(2, 3)", NpyBytes.Bytes(1, 4, 2, 5, 3, 6), fortran: true))));
        Assert.Equal([1.0, 2, 3, 4, 5, 6], columns.Values);
        var big = Assert.Single(ArrayFile.Read(Save("b.npy", NpyBytes.Of(">f8", "(2,)", [.. NpyBytes.Bytes(2.5).Reverse(), .. NpyBytes.Bytes(-1).Reverse()]))));
        Assert.Equal([2.5, -1], big.Values);
    }

    [Fact]
    public void Whole_numbers_halves_and_booleans_are_read_as_numbers()
    {
        Assert.Equal([1.0, 65535], ArrayFile.Read(Save("u2.npy", NpyBytes.Of("<u2", "(2,)", [1, 0, 255, 255]))).Single().Values);
        Assert.Equal([1.5], ArrayFile.Read(Save("f2.npy", NpyBytes.Of("<f2", "(1,)", BitConverter.GetBytes((Half)1.5)))).Single().Values);
        Assert.Equal([1.0, 0], ArrayFile.Read(Save("b1.npy", NpyBytes.Of("|b1", "(2,)", [1, 0]))).Single().Values);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void An_npz_gives_its_arrays_by_name_in_its_order(CompressionLevel level)
    {
        var path = folder.PathOf("acts.npz");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(zip, "fc2.npy", NpyBytes.Doubles("(1, 2)", 3, 4), level);
            Add(zip, "block/fc1.npy", NpyBytes.Doubles("(1, 1)", 5), level);
            Add(zip, "loss.npy", NpyBytes.Doubles("()", 0.25), level);
        }

        var arrays = ArrayFile.Read(path).ToArray();
        Assert.Equal(["fc2", "block/fc1", "loss"], arrays.Select(array => array.Name));
        Assert.Equal([0.25], arrays[2].Values);
        Assert.Empty(arrays[2].Shape);
    }

    [Theory]
    [InlineData("acts")]
    [InlineData("acts.npy")]
    [InlineData("acts.bin")]
    public void An_npz_of_another_ending_is_known_by_its_first_file(string name)
    {
        var path = folder.PathOf(name);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(zip, "fc1.npy", NpyBytes.Doubles("(1, 2)", 3, 4), CompressionLevel.NoCompression);
        }

        Assert.Equal("fc1", Assert.Single(ArrayFile.Read(path)).Name);
    }

    [Fact]
    public void What_is_no_array_of_real_numbers_in_an_npz_is_left_out_by_name_and_folders_are_passed_over()
    {
        var path = folder.PathOf("mixed.npz");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("run/");
            Add(zip, "run/readme.txt", "hello"u8.ToArray(), CompressionLevel.NoCompression);
            Add(zip, "run/precise.npy", NpyBytes.Of("<f16", "(1,)", new byte[16]), CompressionLevel.NoCompression);
            Add(zip, "run/fc1.npy", NpyBytes.Doubles("(1,)", 3), CompressionLevel.NoCompression);
        }

        using var file = ArrayFile.Open(path);
        Assert.Equal(["run/fc1"], file.Arrays.Select(array => array.Name));
        Assert.Equal(["run/readme.txt", "run/precise"], file.LeftOut.Select(part => part.Name));
    }

    [Fact]
    public void A_flipped_bit_in_an_npz_is_found_by_its_checksum()
    {
        var path = folder.PathOf("flipped.npz");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(zip, "fc1.npy", NpyBytes.Doubles("(2,)", 3, 4), CompressionLevel.NoCompression);
        }

        // The sign of the first number.
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(BitConverter.GetBytes(3.0)) + 7] ^= 0x80;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(
            $"{path}: 'fc1': cannot be read as a NumPy array: its checksum is wrong; the file is damaged",
            Assert.Throws<InputException>(() => ArrayFile.Read(path).ToArray()).Message);
    }

    [Fact]
    public void What_torch_save_and_safetensors_write_is_read_by_its_content()
    {
        var names = ArrayFile.Read(RepositoryPaths.Fixture("checkpoints/torch_mlp.pt")).Select(array => array.Name);
        Assert.Contains("0.weight", names);
    }

    [Theory]
    [InlineData("<c16", "complex")]
    [InlineData("<U4", "<U4; real numbers are measured")]
    [InlineData("<U1", "<U1; real numbers are measured")]
    [InlineData("|S1", "|S1; real numbers are measured")]
    [InlineData("|O", "|O; real numbers are measured")]
    [InlineData("<M8[s]", "<M8[s]; real numbers are measured")]
    [InlineData("|V2", "bfloat16")]
    [InlineData("<f16", "long doubles")]
    public void Elements_that_are_no_real_numbers_are_refused_by_file_and_array(string descr, string reason)
    {
        var path = Save("odd.npy", NpyBytes.Of(descr, "(1,)", new byte[16]));
        var message = Assert.Throws<InputException>(() => ArrayFile.Read(path).ToArray()).Message;
        Assert.StartsWith($"{path}: 'odd': ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(1000000, 1000000)")]
    [InlineData("(4294967296, 4294967296, 4294967297)")]
    [InlineData("(-5, 3)")]
    [InlineData("(3, 5)")]
    public void Shapes_that_the_file_does_not_hold_are_refused(string shape) =>
        Assert.Throws<InputException>(() => ArrayFile.Read(Save("short.npy", NpyBytes.Of("<f8", shape, new byte[80]))).ToArray());

    [Fact]
    public void Files_that_are_nothing_are_refused()
    {
        Assert.Throws<InputException>(() => ArrayFile.Read(folder.PathOf("missing.npy")).ToArray());
        Assert.Throws<InputException>(() => ArrayFile.Read(Save("empty.npy", [])).ToArray());
        Assert.Throws<InputException>(() => ArrayFile.Read(Save("text.npy", "not an array"u8.ToArray())).ToArray());
        Assert.Throws<InputException>(() => ArrayFile.Read(Save("broken.npz", [.. "PK"u8, 3, 4, 0, 0])).ToArray());
        Assert.Throws<InputException>(() => ArrayFile.Read(Save("cut.npy", NpyBytes.Doubles("(2,)", 1, 2)[..40])).ToArray());
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes, CompressionLevel level)
    {
        using var stream = zip.CreateEntry(name, level).Open();
        stream.Write(bytes);
    }

    private string Save(string name, byte[] bytes)
    {
        var path = folder.PathOf(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
