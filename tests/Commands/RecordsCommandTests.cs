using Ndt.Cli;
using Ndt.Records;

namespace Ndt.Tests.Commands;

public sealed class RecordsCommandTests
{
    private static readonly string Records = RepositoryPaths.Fixture("phase1/records");

    [Fact]
    public async Task Exported_as_JSON_the_studys_records_are_what_they_were()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, await NdtCommand.RunAsync(["records", "export", Records, "--format", "json", "--out", folder.Root]));
        foreach (var original in Directory.EnumerateFiles(Records))
        {
            Assert.Equal(File.ReadAllText(original), File.ReadAllText(folder.PathOf(Path.GetFileName(original))));
        }
    }

    [Fact]
    public async Task Exported_as_CSV_every_record_is_a_table_of_its_own()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, await NdtCommand.RunAsync(["records", "export", Records, "--format", "csv", "--out", folder.Root]));
        Assert.Equal(1 + (32 * 4), File.ReadLines(folder.PathOf("transformer_shallow_mnist.csv")).Count());
        Assert.Equal(3, Directory.EnumerateFiles(folder.Root).Count());
    }

    [Fact]
    public async Task Imported_and_exported_again_the_studys_records_are_what_they_were_and_give_the_same_tables()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, await NdtCommand.RunAsync(["records", "import", Records, "--out", folder.PathOf("ours")]));
        Assert.Equal(3, Directory.EnumerateFiles(folder.PathOf("ours"), "*.parquet").Count());
        Assert.Equal(0, await NdtCommand.RunAsync(["records", "export", folder.PathOf("ours"), "--format", "json", "--out", folder.PathOf("again")]));
        foreach (var original in Directory.EnumerateFiles(Records))
        {
            Assert.Equal(File.ReadAllText(original), File.ReadAllText(folder.PathOf("again", Path.GetFileName(original))));
        }

        Assert.Equal(0, await NdtCommand.RunAsync(["analyze", Records, "--out", folder.PathOf("a")]));
        Assert.Equal(0, await NdtCommand.RunAsync(["analyze", folder.PathOf("ours"), "--out", folder.PathOf("b")]));
        foreach (var table in Directory.EnumerateFiles(folder.PathOf("a")))
        {
            Assert.Equal(File.ReadAllText(table), File.ReadAllText(folder.PathOf("b", Path.GetFileName(table))));
        }
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1", 2)]
    [InlineData("1", 2)]
    [InlineData("NaN", 2)]
    public async Task A_tolerance_is_a_number_from_0_to_1(string tolerance, int code)
    {
        var record = Path.Combine(Records, "cnn_shallow_mnist.json");
        Assert.Equal(code, await NdtCommand.RunAsync(["records", "compare", record, record, "--tolerance", tolerance]));
    }

    [Fact]
    public async Task A_record_is_never_written_over_itself_or_another()
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Path.Combine(Records, "cnn_shallow_mnist.json"));
        var record = folder.Write("cnn.json", text);
        var same = folder.Write("deeper/cnn.json", text);
        Assert.Equal(2, await NdtCommand.RunAsync(["records", "export", record, "--format", "json", "--out", folder.Root]));
        Assert.Equal(2, await NdtCommand.RunAsync(["records", "export", record, same, "--format", "json", "--out", folder.PathOf("out")]));
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Records_are_joined_into_a_folder_of_their_own_and_one_without_a_partner_is_named()
    {
        using var folder = new TemporaryFolder();
        var (often, seldom) = (folder.PathOf("often"), folder.PathOf("seldom"));
        RecordParquet.Write(Path.Combine(often, "a.parquet"), TestRecords.WithInitialStateTokensAndAttention());
        RecordParquet.Write(Path.Combine(seldom, "a.parquet"), TestRecords.WithInitialStateTokensAndAttention());
        RecordParquet.Write(Path.Combine(seldom, "b.parquet"), TestRecords.WithInitialStateTokensAndAttention());
        foreach (var input in (string[])[often, seldom, seldom + "/"])
        {
            Assert.Equal(2, await NdtCommand.RunAsync(["records", "join", often, seldom, "--out", input]));
        }

        var (code, output, error) = NdtProcess.Run("records", "join", often, seldom, "--out", folder.PathOf("out"), "--metrics", "stable_rank, participation_ratio");
        Assert.Equal((0, folder.PathOf("out", "a.parquet") + "\n"), (code, output));
        Assert.Equal($"ndt: {seldom}/b.parquet: left out, since {often} holds no record of this name\n", error);
    }

    [Fact]
    public async Task Wrong_use_is_refused()
    {
        Assert.Equal(2, await NdtCommand.RunAsync(["records", "export", Records, "--format", "xml", "--out", "x"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["records", "export", Records, "--format", "csv"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["records"]));
    }
}
