using System.Buffers.Binary;
using Ndt.Records;
using Ndt.Tests.Fuzzing;
using Parquet.Meta;

namespace Ndt.Tests.Records;

public sealed class HostileParquetTests
{
    // Field headers of Thrift's compact protocol: the step to the field's number above, the type below.
    private const byte StructField = 0x1C, NumberField = 0x15;

    [Fact]
    public void Unknown_structures_nested_a_million_deep_are_refused_and_do_not_end_the_process()
    {
        // Field 15, which the library would pass over by recursion.
        AssertRefused([0xFC, .. Enumerable.Repeat(StructField, 1_000_000)], "a field 15 of type 12");
        AssertRefused([0xF9, .. Enumerable.Repeat<byte>(0x19, 1_000_000)], "a field 15 of type 9");
    }

    [Fact]
    public void A_list_that_claims_two_thousand_million_items_is_refused_and_costs_nothing() =>
        AssertRefused([0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0], "claims 2147483647 items where 1 bytes follow");

    [Fact]
    public void A_text_and_a_number_that_claim_more_than_there_is_are_refused()
    {
        AssertRefused([0x68, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], "claims 2147483647 bytes where 0 follow");
        AssertRefused([NumberField, .. Enumerable.Repeat<byte>(0xFF, 20)], "more than 64 bits");
    }

    [Theory]
    [InlineData(0x65)]
    [InlineData(0x6C)]
    public void A_field_of_another_type_is_refused_since_the_library_would_take_it_for_what_its_number_says(byte createdBy) =>
        AssertRefused([createdBy, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0], "a field 6 of type");

    [Fact]
    public void An_end_that_has_a_number_is_refused_since_the_library_reads_on() => AssertRefused([0x10], "a field 1 of type 0");

    [Fact]
    public void A_list_of_another_type_is_refused() => AssertRefused([0x29, 0x15, 0, 0], "a list of type 5 where a record's has one of 12");

    [Fact]
    public void A_footer_longer_than_the_file_is_refused()
    {
        var file = Footer([0]);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.Length - 8), int.MaxValue);
        AssertFileRefused(file, "claims 2147483647 bytes");
    }

    [Fact]
    public void A_file_without_its_end_is_refused() => AssertFileRefused("PAR1PAR1"u8.ToArray(), "does not begin and end with PAR1");

    [Fact]
    public void More_rows_than_the_file_can_hold_are_refused()
    {
        var message = Assert.Throws<InvalidDataException>(() => ParquetOutline.CheckPages(new byte[100], new RowGroup { NumRows = 1L << 60, Columns = [] })).Message;
        Assert.Contains("claims 1152921504606846976 rows, which a file of 100 bytes cannot hold", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, int.MaxValue, "become 2147483647")]
    [InlineData(int.MaxValue, 0, "claims 2147483647 bytes")]
    [InlineData(-1, 0, "claims -1 bytes")]
    public void A_page_that_claims_more_than_it_can_hold_is_refused(int packed, int unpacked, string message)
    {
        byte[] header = [NumberField, 0, NumberField, .. Zigzag(unpacked), NumberField, .. Zigzag(packed), 0];
        var column = new ColumnChunk { MetaData = new ColumnMetaData { DataPageOffset = 4, TotalCompressedSize = header.Length, NumValues = 3 } };
        var found = Assert.Throws<InvalidDataException>(() => ParquetOutline.CheckPages([.. "PAR1"u8, .. header], new RowGroup { NumRows = 3, Columns = [column] })).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_of_fewer_values_than_rows_are_refused_since_reading_would_go_on_beyond_them()
    {
        // A header whose field 5 is a structure of which field 1 is 2; no bytes follow it.
        byte[] header = [NumberField, 0, NumberField, 0, NumberField, 0, 0x2C, NumberField, 4, 0, 0];
        var column = new ColumnChunk { MetaData = new ColumnMetaData { DataPageOffset = 4, TotalCompressedSize = header.Length, NumValues = 3 } };
        var found = Assert.Throws<InvalidDataException>(() => ParquetOutline.CheckPages([.. "PAR1"u8, .. header], new RowGroup { NumRows = 3, Columns = [column] })).Message;
        Assert.Contains("pages claim 2 values; it has one for each of 3 rows", found, StringComparison.Ordinal);
    }

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

    private static byte[] Footer(byte[] metadata)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, metadata.Length);
        return [.. "PAR1"u8, .. metadata, .. length, .. "PAR1"u8];
    }

    private static byte[] Zigzag(int number)
    {
        var bytes = new List<byte>();
        var rest = (uint)((number << 1) ^ (number >> 31));
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.Add((byte)(rest | 0x80));
        }

        return [.. bytes, (byte)rest];
    }

    private static void AssertRefused(byte[] metadata, string message) => AssertFileRefused(Footer(metadata), message);

    private static void AssertFileRefused(byte[] file, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.PathOf("a.parquet"), file);
        Assert.Contains(message, Refusal.Of(folder.PathOf("a.parquet"), path => RecordParquet.Read(path)), StringComparison.Ordinal);
    }
}
