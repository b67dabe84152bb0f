using Ndt.Records;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class RecordsCollectCommandTests
{
    private static readonly string[] Choice = ["--architectures", "mlp_narrow,mlp_shallow_2", "--datasets", "mnist", "--seeds", "0", "--steps", "10"];

    [Fact]
    public void Parts_of_a_sweep_come_together_and_what_is_missing_or_wrong_is_told()
    {
        using var folder = new TemporaryFolder();
        var (first, second, all) = (folder.PathOf("1"), folder.PathOf("2"), folder.PathOf("all"));
        string[] collect = ["records", "collect", first, second, .. Choice, "--shards", "2", "--out", all];
        Directory.CreateDirectory(second);
        Assert.Equal(0, NdtProcess.Run(["sweep", .. Choice, "--shard", "1/2", "--out", first]).Code);
        var (code, output, _) = NdtProcess.Run(collect);
        Assert.Equal(1, code);
        Assert.Matches("^missing: study mlp_[a-z_0-9]+_mnist_s0: no record\n2 runs: 0 were already there, 1 copied, 1 missing\nrun again: parts 2 of 2\n$", output);

        Assert.Equal(0, NdtProcess.Run(["sweep", .. Choice, "--shard", "2/2", "--out", second]).Code);
        (code, output, _) = NdtProcess.Run(collect);
        Assert.Equal((0, "2 runs: 1 were already there, 1 copied, 0 missing\n"), (code, output));

        // Part of a run, a damaged record, and another run of the name are all not what is wanted.
        var path = Path.Combine(all, "study", "mlp_narrow_mnist_s0.parquet");
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        (code, output, _) = NdtProcess.Run(collect);
        Assert.Equal(1, code);
        Assert.Contains($"missing: study mlp_narrow_mnist_s0: {path}", output, StringComparison.Ordinal);
        var record = RecordParquet.Read(Directory.EnumerateFiles(first, "*.parquet", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(second, "*.parquet", SearchOption.AllDirectories)).Single(file => file.Contains("mlp_narrow", StringComparison.Ordinal)));
        RecordParquet.Write(path, new RunRecord(record.Metadata with { Steps = 20 }, record.Points, record.Layers));
        (code, output, _) = NdtProcess.Run(collect);
        Assert.Equal(1, code);
        Assert.Contains("holds another run: steps was 20 and is 10 now", output, StringComparison.Ordinal);
        RecordParquet.Write(path, new RunRecord(record.Metadata with { FinalAccuracy = 0.125 }, record.Points, record.Layers));
        (code, output, _) = NdtProcess.Run(collect);
        Assert.Equal(1, code);
        Assert.Contains("differ: final_accuracy", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shards", "0")]
    [InlineData("--seeds", "x")]
    [InlineData("/nowhere/at/all")]
    public void Wrong_use_is_one_line_and_code_2(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = NdtProcess.Run(["records", "collect", .. arguments, "--out", folder.PathOf("out")]);
        Assert.Equal((2, ""), (code, output));
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }
}
