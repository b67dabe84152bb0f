using System.Buffers.Binary;
using Ndt.Records;
using Ndt.Tests.Fuzzing;

namespace Ndt.Tests.Records;

public sealed class HostileParquetTests
{
    // Types of Thrift's compact protocol; a field's header has the step to the field's number above it.
    private const byte Number = 5, Text = 8, List = 9, Structure = 12;

    [Fact]
    public void Unknown_structures_nested_a_million_deep_are_refused_and_do_not_end_the_process()
    {
        AssertRefused([0xFC, .. Enumerable.Repeat<byte>(0x10 | Structure, 1_000_000)]);
        AssertRefused([0xF9, .. Enumerable.Repeat<byte>(0x10 | List, 1_000_000)]);
    }

    [Fact]
    public void A_list_that_claims_two_thousand_million_items_is_refused_and_costs_nothing() => AssertRefused([0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0]);

    [Fact]
    public void A_text_and_a_number_that_claim_more_than_there_is_are_refused()
    {
        AssertRefused([0x68, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]);
        AssertRefused([0x15, .. Enumerable.Repeat<byte>(0xFF, 20)]);
    }

    [Theory]
    [InlineData(0x65, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0)]
    [InlineData(0x6C, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0)]
    [InlineData(0x29, 0x15, 0, 0)]
    [InlineData(0x10)]
    public void Fields_and_lists_of_another_type_are_refused(params int[] metadata) => AssertRefused([.. metadata.Select(each => (byte)each)]);

    [Fact]
    public void A_footer_longer_than_the_file_is_refused()
    {
        var file = WithFooter("PAR1"u8, [0]);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.Length - 8), int.MaxValue);
        RefusalOf(file);
    }

    [Fact]
    public void A_file_without_its_end_is_refused() => RefusalOf("PAR1PAR1"u8.ToArray());

    [Fact]
    public void A_file_of_one_page_is_read_and_refused_where_it_claims_what_it_does_not_hold()
    {
        Assert.Equal([1, 2, 3], Steps(OfOnePage()));
        Assert.Contains("claims 1152921504606846976 rows, which a file of", RefusalOf(OfOnePage(rows: 1L << 60)), StringComparison.Ordinal);
        RefusalOf(OfOnePage(rows: 5));
        Assert.Contains("become 2147483647", RefusalOf(OfOnePage(unpacked: int.MaxValue)), StringComparison.Ordinal);
        Assert.Contains("become 2147483647", RefusalOf(OfOnePage(unpacked: int.MaxValue, codec: 6)), StringComparison.Ordinal);
        Assert.Contains("claims 2147483647 bytes", RefusalOf(OfOnePage(packed: int.MaxValue)), StringComparison.Ordinal);
        Assert.Contains("claims -1 bytes", RefusalOf(OfOnePage(packed: -1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_row_groups_and_a_column_of_another_type_are_refused()
    {
        Assert.Contains("it has 2 row groups", RefusalOf(OfOnePage(groups: 2)), StringComparison.Ordinal);
        Assert.Contains("column step is of type", RefusalOf(ParquetColumns.Write([("step", new[] { 1.0 })], inSeries: true)), StringComparison.Ordinal);
        Assert.Contains("column step has no value in row 1", RefusalOf(ParquetColumns.Write([("step", new int?[] { 1, null })], inSeries: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_megabyte_that_packs_to_nothing_is_refused_before_it_is_unpacked() =>
        Assert.Contains("a page claims", RefusalOf(ParquetColumns.Write([("step", new[] { 1 }), ("layer", new[] { new string('a', 1 << 20) })], inSeries: true)), StringComparison.Ordinal);

    [Fact]
    public void A_column_that_could_lack_values_and_lacks_none_is_read() => Assert.Equal([1, 2], Steps(ParquetColumns.Write([("step", new int?[] { 1, 2 })], inSeries: true)));

    [Theory]
    [InlineData("ndt.steps")]
    [InlineData("ndt.measure_every")]
    public void A_record_whose_run_has_no_steps_or_no_interval_is_refused(string key)
    {
        using var folder = new TemporaryFolder();
        var record = TestRecords.WithInitialStateTokensAndAttention();
        var path = folder.PathOf("a.parquet");
        RecordParquet.Write(path, new RunRecord(record.Metadata with { Steps = 9, MeasureEvery = 9 }, record.Points, record.Layers));

        // Writing refuses it, so that the file is changed: behind the key stand the value's field, its length and its one digit.
        var bytes = File.ReadAllBytes(path);
        var digit = bytes.AsSpan().LastIndexOf(System.Text.Encoding.ASCII.GetBytes(key)) + key.Length + 2;
        Assert.Equal((byte)'9', bytes[digit]);
        bytes[digit] = (byte)'0';
        File.WriteAllBytes(path, bytes);
        Assert.Contains($"{key} is '0'; expected a whole number from 1", Refusal.Of(path, file => RecordParquet.Read(file)), StringComparison.Ordinal);
    }

    /// <summary>A file by hand (parquet.thrift): whole numbers 1, 2, 3 in one page of the column step, and whatever else its metadata are to claim.</summary>
    private static byte[] OfOnePage(long rows = 3, int unpacked = 12, int packed = 12, int codec = 0, int groups = 1)
    {
        byte[] values = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0];
        byte[] pageHeader = Struct((1, Number, Zigzag(0)), (2, Number, Zigzag(unpacked)), (3, Number, Zigzag(packed)), (5, Structure, Struct((1, Number, Zigzag(3)), (2, Number, Zigzag(0)), (3, Number, Zigzag(3)), (4, Number, Zigzag(3)))));
        var size = Zigzag(pageHeader.Length + values.Length);
        var column = Struct((1, Number, Zigzag(1)), (2, List, [0x15, .. Zigzag(0)]), (3, List, [0x18, .. Name("step")]), (4, Number, Zigzag(codec)), (5, 6, Zigzag(rows)), (6, 6, size), (7, 6, size), (9, 6, Zigzag(4)));
        var group = Struct((1, List, [0x1C, .. Struct((2, 6, Zigzag(4)), (3, Structure, column))]), (2, 6, size), (3, 6, Zigzag(rows)));
        byte[] schema = [0x2C, .. Struct((4, Text, Name("r")), (5, Number, Zigzag(1))), .. Struct((1, Number, Zigzag(1)), (3, Number, Zigzag(0)), (4, Text, Name("step")))];
        byte[] all = [(byte)((groups << 4) | Structure), .. Enumerable.Repeat(group, groups).SelectMany(each => each)];
        return WithFooter([.. "PAR1"u8, .. pageHeader, .. values], Struct((1, Number, Zigzag(1)), (2, List, schema), (3, 6, Zigzag(rows * groups)), (4, List, all)));
    }

    private static byte[] Struct(params (int Field, byte Type, byte[] Value)[] fields)
    {
        var (bytes, last) = (new List<byte>(), 0);
        foreach (var (field, type, value) in fields)
        {
            bytes.Add((byte)(((field - last) << 4) | type));
            bytes.AddRange(value);
            last = field;
        }

        return [.. bytes, 0];
    }

    private static byte[] Name(string text) => [(byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];

    private static byte[] Zigzag(long number)
    {
        var bytes = new List<byte>();
        var rest = (ulong)((number << 1) ^ (number >> 63));
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.Add((byte)(rest | 0x80));
        }

        return [.. bytes, (byte)rest];
    }

    private static byte[] WithFooter(ReadOnlySpan<byte> file, byte[] metadata)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, metadata.Length);
        return [.. file, .. metadata, .. length, .. "PAR1"u8];
    }

    private static int[] Steps(byte[] file)
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.parquet");
        File.WriteAllBytes(path, file);
        return ParquetTable.Read(path, "no table", table => table.Wholes("step"));
    }

    private static void AssertRefused(byte[] metadata) => RefusalOf(WithFooter("PAR1"u8, metadata));

    private static string RefusalOf(byte[] file)
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.parquet");
        File.WriteAllBytes(path, file);
        return Refusal.Of(path, each => ParquetTable.Read(each, "no table", table => table.Wholes("step")));
    }
}
